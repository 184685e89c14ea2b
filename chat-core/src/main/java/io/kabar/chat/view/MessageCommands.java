package io.kabar.chat.view;

import io.kabar.chat.Amendment;
import io.kabar.chat.Limits;
import io.kabar.chat.Receipt;
import io.kabar.chat.internal.text.ForPeople;
import io.kabar.chat.view.commands.CommandContext;
import io.kabar.chat.view.words.AmendmentWording;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/** Commands that answer messages, and that do something to those that were said before. */
final class MessageCommands {

    /** How a message is named: {@code #12}. */
    private static final String NUMBER = "#";

    /** Messages that are listed with their numbers unless it is said how many. */
    private static final int NUMBERED = 10;

    private static final int MOST_NUMBERED = 100;

    private MessageCommands() {}

    static CompletableFuture<Void> reply(CommandRunner runner, List<String> arguments) {
        return runner.inRoom(room -> about(runner, arguments, newest(room, false), words -> number -> {
            String text = String.join(" ", words);
            return text.isEmpty()
                    ? runner.context().fail("Usage: " + Command.REPLY.usage())
                    : runner.reply(room, number, text);
        }));
    }

    static CompletableFuture<Void> edit(CommandRunner runner, List<String> arguments) {
        return runner.inRoom(room -> about(runner, arguments, newest(room, true), words -> number -> {
            String text = String.join(" ", words);
            return text.isEmpty()
                    ? runner.context().fail("Usage: " + Command.EDIT.usage())
                    : submit(runner, () -> runner.context().client().edit(room.name(), number, text));
        }));
    }

    static CompletableFuture<Void> delete(CommandRunner runner, List<String> arguments) {
        return runner.inRoom(room -> about(runner, arguments, newest(room, true), words -> number -> {
            String rest = String.join(" ", words);
            int end = UserInput.endOfWord(rest, 0);
            boolean sure = rest.substring(0, end).toLowerCase(Locale.ROOT).equals("yes");
            String reason = sure ? rest.substring(end).strip() : rest;
            return runner.context()
                    .sure(
                            sure,
                            "Delete #" + number + words(room, number) + "? Nobody is given its text any more.",
                            "/delete #" + number + " yes" + (reason.isEmpty() ? "" : " " + reason),
                            () -> submit(runner, () -> runner.context().client().delete(room.name(), number, reason)));
        }));
    }

    static CompletableFuture<Void> react(CommandRunner runner, List<String> arguments) {
        return react(runner, arguments, Command.REACT, false);
    }

    static CompletableFuture<Void> unreact(CommandRunner runner, List<String> arguments) {
        return react(runner, arguments, Command.UNREACT, true);
    }

    private static CompletableFuture<Void> react(
            CommandRunner runner, List<String> arguments, Command command, boolean takenBack) {
        return runner.inRoom(room -> about(runner, arguments, newest(room, false), words -> number -> {
            if (words.size() != 1) {
                return runner.context().fail("Usage: " + command.usage());
            }
            return runner.context()
                    .parsed(
                            () -> new Amendment.Reacted(words.get(0), takenBack),
                            reacted -> submit(
                                    runner, () -> runner.context().client().amend(room.name(), number, reacted)));
        }));
    }

    /** The newest messages with the numbers by which commands name them. */
    static CompletableFuture<Void> numbers(CommandRunner runner, List<String> arguments) {
        return runner.inRoom(room -> runner.context()
                .parsed(
                        () -> arguments.isEmpty() ? NUMBERED : count(arguments.get(0)),
                        count -> runner.context().answer(numbered(room.transcript(), count))));
    }

    private static String numbered(Transcript transcript, int count) {
        List<String> lines = new ArrayList<>();
        for (int i = transcript.size() - 1; i >= 0 && lines.size() < count; i--) {
            if (transcript.line(i) instanceof TranscriptLine.Said said
                    && said.state().sequence() > 0) {
                lines.add(NUMBER + said.state().sequence() + " " + said.from() + ": "
                        + AmendmentWording.shortly(said.reading().text()));
            }
        }
        Collections.reverse(lines);
        return lines.isEmpty() ? "Nothing was said here that has a number." : String.join("\n", lines);
    }

    @ForPeople("a number that a person types, in the digits of their keyboard")
    private static int count(String text) {
        try {
            int count = Integer.parseInt(text);
            if (count >= 1 && count <= MOST_NUMBERED) {
                return count;
            }
        } catch (NumberFormatException e) {
            // the same as too many
        }
        throw new IllegalArgumentException(
                "Say how many messages, from 1 to " + MOST_NUMBERED + ": " + Command.NUMBERS.usage());
    }

    /** Number of the newest message of this user, or of somebody else, that stands in a room. */
    static OptionalLong newest(RoomModel room, boolean own) {
        Transcript transcript = room.transcript();
        for (int i = transcript.size() - 1; i >= 0; i--) {
            if (transcript.line(i) instanceof TranscriptLine.Said said
                    && said.own() == own
                    && said.state().sequence() > 0) {
                return OptionalLong.of(said.state().sequence());
            }
        }
        return OptionalLong.empty();
    }

    /** The words of a message that stands there, short and behind a colon; nothing if it does not. */
    private static String words(RoomModel room, long sequence) {
        TranscriptLine.Said line = room.transcript().said(sequence);
        return line == null
                ? ""
                : ": " + AmendmentWording.shortly(line.reading().text());
    }

    private static CompletableFuture<Void> submit(CommandRunner runner, Supplier<CompletableFuture<Receipt>> words) {
        return runner.context().submit(words);
    }

    /** What is to be done with a message, given the words behind its number. */
    @FunctionalInterface
    private interface Deed {
        LongFunction<CompletableFuture<Void>> with(List<String> words);
    }

    /** Does something with the message that is named first, or with another one if none is. */
    private static CompletableFuture<Void> about(
            CommandRunner runner, List<String> arguments, OptionalLong otherwise, Deed deed) {
        boolean named = !arguments.isEmpty() && isNumber(arguments.get(0));
        CommandContext context = runner.context();
        if (!named && otherwise.isEmpty()) {
            return context.fail("There is no message here that could be meant; name one by its number, as #12.");
        }
        List<String> words = new ArrayList<>(named ? arguments.subList(1, arguments.size()) : arguments);
        return context.parsed(
                () -> named ? number(arguments.get(0)) : otherwise.orElseThrow(),
                number -> deed.with(words).apply(number));
    }

    @ForPeople("a number that a person types, in the digits of their keyboard")
    private static boolean isNumber(String word) {
        boolean digits = word.length() > 1;
        for (int i = 1; i < word.length(); i++) {
            digits &= Character.isDigit(word.charAt(i));
        }
        return digits && word.startsWith(NUMBER);
    }

    @ForPeople("a number that a person types, in the digits of their keyboard")
    private static long number(String text) {
        try {
            long number = Long.parseLong(text.substring(1));
            if (number >= 1 && number <= Limits.LAST_NUMBER) {
                return number;
            }
        } catch (NumberFormatException e) {
            // no event has it
        }
        throw new IllegalArgumentException("There is no message " + text + ".");
    }
}
