package io.kabar.chat.view;

import io.kabar.chat.view.words.VisibleText;
import java.util.ArrayList;
import java.util.List;

/** What somebody typed, understood. */
public sealed interface UserInput {

    /** Nothing that can be seen. */
    record Nothing() implements UserInput {}

    /** Something to say. */
    record Say(String text) implements UserInput {}

    /**
     * A command.
     *
     * @param arguments as many as the command takes; the last one may be the rest of the line
     */
    record Invocation(Command command, List<String> arguments) implements UserInput {

        /** Keeps the list unmodifiable. */
        public Invocation {
            arguments = List.copyOf(arguments);
        }
    }

    /** Something that is neither sent nor done, with the reason in a sentence. */
    record Invalid(String sentence) implements UserInput {}

    /**
     * Understands what was typed. A line that begins with a slash is a command or invalid, never something to say; two
     * slashes say one. {@code QUIT} and {@code exit} alone leave, in any case. What cannot be seen before all that, as
     * it comes along when something is copied, does not make words to say of a command.
     */
    static UserInput parse(String typed) {
        String line = typed.substring(Invisible.end(typed)).strip();
        if (line.isEmpty()) {
            return new Nothing();
        }
        if (line.equalsIgnoreCase("QUIT") || line.equalsIgnoreCase("exit")) {
            return new Invocation(Command.QUIT, List.of());
        }
        if (!line.startsWith("/")) {
            return new Say(typed.stripTrailing());
        }
        if (line.startsWith("//")) {
            return new Say(line.substring(1));
        }
        int end = endOfWord(line, 0);
        String word = line.substring(0, end);
        return Command.find(word.substring(1))
                .map(command -> invocation(command, line.substring(end).strip()))
                .orElseGet(() -> new Invalid("Unknown command " + VisibleText.onOneLine(word) + "; /help lists them."));
    }

    private static UserInput invocation(Command command, String rest) {
        List<String> arguments = new ArrayList<>();
        String left = rest;
        while (!left.isEmpty()) {
            boolean takesRest = command.takesText() && arguments.size() == command.maxArguments() - 1;
            int end = takesRest ? left.length() : endOfWord(left, 0);
            arguments.add(left.substring(0, end));
            left = left.substring(end).strip();
        }
        return arguments.size() < command.minArguments() || arguments.size() > command.maxArguments()
                ? new Invalid("Usage: " + command.usage())
                : new Invocation(command, arguments);
    }

    /** Where the word ends that begins at {@code from}. */
    static int endOfWord(String text, int from) {
        int end = from;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
