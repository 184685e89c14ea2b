package io.kabar.daemon.control;

import io.kabar.chat.internal.text.Parts;
import io.kabar.chat.view.words.VisibleText;
import io.kabar.daemon.control.Outcome.Row;
import io.kabar.daemon.control.Parameter.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The table of commands to a running server. How many words a command takes, its help, the prompt's completion and the
 * fields of a dialog are all made from it.
 */
public final class ControlTable {

    private static final List<ControlCommand> ROWS = Stream.of(
                    RoomRows.rows(),
                    RoomOrderRows.rows(),
                    PeopleRows.rows(),
                    AccountRows.rows(),
                    ServerOrderRows.rows(),
                    ServerRows.rows())
            .flatMap(List::stream)
            .toList();

    private ControlTable() {}

    /** All commands, in the order in which help lists them. */
    public static List<ControlCommand> rows() {
        return ROWS;
    }

    /** The command of a name, in any case, with or without the slash of the clients' commands. */
    public static Optional<ControlCommand> find(String word) {
        String name = (word.startsWith("/") ? word.substring(1) : word).toLowerCase(Locale.ROOT);
        return ROWS.stream().filter(row -> row.word().equals(name)).findFirst();
    }

    /**
     * The command of a name.
     *
     * @throws IllegalArgumentException with a sentence, if there is none
     */
    static ControlCommand named(String word) {
        return find(word)
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no command " + VisibleText.onOneLine(word) + "; help lists them."));
    }

    /** A line for each command, for people. */
    public static List<String> help() {
        int width = ROWS.stream().mapToInt(row -> row.usage().length()).max().orElse(0);
        return ROWS.stream()
                .map(row -> row.usage() + " ".repeat(width + 2 - row.usage().length()) + row.help())
                .toList();
    }

    /**
     * The words of a line that somebody typed, for {@link ControlRunner#run}: as many as its command takes, the last
     * one with the blanks that stand in it.
     */
    public static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        String left = line.strip();
        int most = Parts.words(left).stream()
                .findFirst()
                .flatMap(ControlTable::find)
                .map(row -> row.parameters().size() + 1)
                .orElse(Integer.MAX_VALUE);
        while (!left.isEmpty()) {
            int end = words.size() == most - 1 ? left.length() : endOfWord(left);
            words.add(left.substring(0, end));
            left = left.substring(end).strip();
        }
        return words;
    }

    private static int endOfWord(String text) {
        int end = 0;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /**
     * Whether a command lacks nothing but a secret at its end, which is to be asked for where nobody sees what is
     * typed.
     *
     * @param words as for {@link ControlRunner#run}
     */
    public static boolean lacksSecret(List<String> words) {
        return !words.isEmpty()
                && find(words.get(0))
                        .map(ControlCommand::parameters)
                        .filter(takes -> takes.size() == words.size()
                                && takes.get(takes.size() - 1).kind() == Kind.PASSWORD)
                        .isPresent();
    }

    /** The command that explains the others. */
    static CompletableFuture<Outcome> help(ControlHost host, Arguments arguments) {
        List<ControlCommand> wanted =
                arguments.given(Kind.COMMAND).map(word -> List.of(named(word))).orElse(ROWS);
        return CompletableFuture.completedFuture(Outcome.list(
                "",
                wanted.stream()
                        .map(row -> new Row().with("command", row.usage()).with("help", row.help()))
                        .toList()));
    }
}
