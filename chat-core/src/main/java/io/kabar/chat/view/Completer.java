package io.kabar.chat.view;

import io.kabar.chat.Member;
import io.kabar.chat.Name;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.text.Parts;
import io.kabar.chat.view.commands.Argument;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the word before the cursor may become. Confined to the model's executor. */
public final class Completer {

    private static final String OPENING = "([{\"'\u00ab\u201c\u2018\u300c";

    private final ChatModel model;

    /** Completes from what {@code model} knows. */
    public Completer(ChatModel model) {
        this.model = model;
    }

    /**
     * What may stand instead of the text from {@code from} to the cursor, the likeliest first.
     *
     * @param from where the word begins
     * @param candidates whole words, with what follows them: a space, or {@code ": "} after a name that begins a line
     */
    public record Completions(int from, List<String> candidates) {

        /** Keeps the list unmodifiable. */
        public Completions {
            candidates = List.copyOf(candidates);
        }
    }

    /** Completes the word that ends at {@code cursor}. */
    public Completions complete(String line, int cursor) {
        String before = line.substring(0, cursor);
        int from = before.length();
        while (from > 0 && !Character.isWhitespace(before.charAt(from - 1))) {
            from--;
        }
        String word = before.substring(from);
        if (from == 0 && word.startsWith("/") && !word.startsWith("//")) {
            return matching(0, word, commands());
        }
        Argument argument = argumentAt(before, from);
        if (argument == Argument.TEXT) {
            // A name may stand in brackets or quotes.
            while (from < before.length() && OPENING.indexOf(before.charAt(from)) >= 0) {
                from++;
            }
            word = before.substring(from);
        }
        return switch (argument) {
            case COMMAND -> matching(from, word, Arrays.stream(Command.values()).map(command -> command.word() + " "));
            case ROOM -> matching(from, word.startsWith("#") ? word : "#" + word, rooms());
            case NAME ->
                matching(
                        from, word, Stream.concat(waiting(), names()).distinct().map(name -> name + " "));
            case NONE -> new Completions(from, List.of());
            case TEXT -> inText(from, word);
            case DURATION, ROLE, MODE, VALUE, PAUSE, DEED, ACT, YES ->
                matching(from, word, argument.words().map(candidate -> candidate + " "));
        };
    }

    private Completions inText(int from, String word) {
        if (word.startsWith("#")) {
            return matching(from, word, rooms());
        }
        if (word.startsWith("@")) {
            return matching(from, word, names().map(name -> "@" + name + " "));
        }
        // Every name at an empty word would be noise, not help.
        return word.isEmpty()
                ? new Completions(from, List.of())
                : matching(from, word, names().map(name -> name + (from == 0 ? ": " : " ")));
    }

    /** What stands at the word that begins at {@code from}: an argument of a command, or something to say. */
    private static Argument argumentAt(String before, int from) {
        String line = before.substring(0, from);
        if (!line.startsWith("/") || line.startsWith("//")) {
            return Argument.TEXT;
        }
        List<String> words = Parts.words(line.substring(1));
        return Command.find(words.isEmpty() ? "" : words.get(0))
                .map(command -> command.argument(words.size() - 1))
                .orElse(Argument.TEXT);
    }

    private static Stream<String> commands() {
        return Arrays.stream(Command.values()).map(command -> "/" + command.word() + " ");
    }

    private Stream<String> rooms() {
        return model.rooms().stream()
                .map(RoomModel::name)
                .filter(name -> !name.isDirect())
                .map(name -> name + " ");
    }

    /** Whose conversation waits to be opened. */
    private Stream<String> waiting() {
        return model.waiting().stream().map(conversation -> conversation.with().text());
    }

    /** Who spoke last comes first, then everybody else who is in the room. */
    private Stream<String> names() {
        Set<UserName> names = new LinkedHashSet<>();
        model.current().ifPresent(room -> {
            names.addAll(room.talkers());
            room.roster().stream().map(Member::name).sorted().forEach(names::add);
        });
        names.remove(model.self());
        return names.stream().map(UserName::text);
    }

    private static Completions matching(int from, String word, Stream<String> candidates) {
        String start = Name.folded(word);
        return new Completions(
                from,
                candidates
                        .filter(candidate -> Name.folded(candidate).startsWith(start))
                        .toList());
    }
}
