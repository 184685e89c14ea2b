package io.kabar.chat.view.commands;

import io.kabar.chat.Member;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.Durations;
import io.kabar.chat.internal.text.Parts;
import io.kabar.chat.rules.Obstacle;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomModes;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.rules.RoomSettings;
import io.kabar.chat.view.words.ModeWording;
import io.kabar.chat.view.words.VisibleText;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Commands about what is set for a room as a whole, and what one may not do in it. */
public final class ModeCommands {

    private ModeCommands() {}

    /** {@code /mode [MODE] [VALUE]}: shows all modes or one, or sets one. */
    public static CompletableFuture<Void> mode(CommandContext context, List<String> arguments) {
        return context.inRoom(room -> {
            RoomModes modes = settings(context, room).modes();
            if (arguments.isEmpty()) {
                return context.answer("Modes of " + context.place().title(room) + ":\n" + ModeWording.all(modes));
            }
            return context.parsed(() -> mode(arguments.get(0)), mode -> {
                if (mode == RoomMode.PASSWORD && arguments.size() > 1) {
                    return password(context, room, arguments.get(1));
                }
                if (arguments.size() == 1) {
                    return context.answer(mode.word() + " is " + mode.word(modes.value(mode)) + " in "
                            + context.place().title(room) + ": " + ModeWording.meaning(mode) + ".");
                }
                return context.parsed(
                        () -> RoomChange.mode(mode, value(mode, arguments.get(1))),
                        change -> change.turnsOn(RoomMode.CLOSED)
                                ? closeRoom(context, List.of())
                                : context.change(room, change));
            });
        });
    }

    /** The password itself is in no event, and in no line that is typed. */
    private static CompletableFuture<Void> password(CommandContext context, RoomName room, String word) {
        return context.parsed(
                () -> value(RoomMode.PASSWORD, word),
                value -> value == 0
                        ? context.request(() -> context.client().setRoomPassword(room, ""), nothing -> null)
                        : context.secret(
                                "New password of " + context.place().title(room) + ": ",
                                given -> given.isEmpty()
                                        ? context.answer("Nothing was changed.")
                                        : context.request(
                                                () -> context.client().setRoomPassword(room, given), nothing -> null)));
    }

    /** {@code /slow [PAUSE]}: shows or sets the pause between two messages of one person. */
    public static CompletableFuture<Void> slow(CommandContext context, List<String> arguments) {
        return context.inRoom(room -> {
            if (arguments.isEmpty()) {
                RoomModes modes = settings(context, room).modes();
                return context.answer(context.place().title(room) + " is "
                        + ModeWording.brief(RoomMode.SLOW, modes.value(RoomMode.SLOW)) + ".");
            }
            return context.parsed(
                    () -> RoomChange.mode(RoomMode.SLOW, value(RoomMode.SLOW, arguments.get(0))),
                    change -> context.change(room, change));
        });
    }

    private static RoomMode mode(String word) {
        return RoomMode.of(word)
                .orElseThrow(() -> new IllegalArgumentException("A mode is one of "
                        + Arrays.stream(RoomMode.values()).map(RoomMode::word).collect(Collectors.joining(", "))
                        + "."));
    }

    private static long value(RoomMode mode, String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (lower.equals("off")) {
            return 0;
        } else if (mode.isFlag()) {
            if (lower.equals("on")) {
                return 1;
            }
            throw new IllegalArgumentException(mode.word() + " is on or off, as /mode " + mode.word() + " on.");
        } else if (mode.isRole()) {
            return RoomRole.of(lower)
                    .orElseThrow(() -> new IllegalArgumentException(mode.word() + " is a role, as /mode " + mode.word()
                            + " moderator; guest is for everybody."))
                    .number();
        }
        return number(mode, lower);
    }

    private static long number(RoomMode mode, String word) {
        boolean unit = mode == RoomMode.SLOW && !word.isEmpty() && !Parts.isDigit(word.charAt(word.length() - 1));
        long value;
        try {
            value = unit ? Durations.parse(word).orElseThrow().toSeconds() : Digits.parseLong(word);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    mode == RoomMode.SLOW
                            ? "How slow is a number of seconds, as /slow 10, or off."
                            : mode.word() + " is a number, as /mode " + mode.word() + " 20, or off.",
                    e);
        }
        mode.require(value);
        return value;
    }

    /** {@code /describe [TEXT...]}: shows or sets what the room is for; {@code -} clears it. */
    public static CompletableFuture<Void> describe(CommandContext context, List<String> arguments) {
        return context.inRoom(room -> {
            if (!arguments.isEmpty()) {
                String text = arguments.get(0).equals("-") ? "" : arguments.get(0);
                return context.submit(() -> context.client().describe(room, text));
            }
            String description = VisibleText.onOneLine(settings(context, room).description());
            return context.answer(
                    description.isEmpty()
                            ? context.place().title(room) + " has no description."
                            : context.place().title(room) + ": " + description);
        });
    }

    /** {@code /close-room [yes]}: puts everybody out but the owners, and lets nobody in. */
    public static CompletableFuture<Void> closeRoom(CommandContext context, List<String> arguments) {
        return context.inRoom(room -> OrderCommands.sure(
                context,
                arguments,
                0,
                "Close " + context.place().title(room) + "? Everybody but its owners is put out, and nobody enters.",
                "/close-room yes",
                () -> context.change(room, RoomChange.mode(RoomMode.CLOSED, 1))));
    }

    /** {@code /why [DEED] [NAME]}: what one may not do here, and who can change that. */
    public static CompletableFuture<Void> why(CommandContext context, List<String> arguments) {
        return context.inRoom(room -> {
            if (arguments.isEmpty()) {
                return context.answer(all(context, room));
            }
            return context.parsed(() -> deed(arguments.get(0)), deed -> {
                RoomSettings settings = settings(context, room);
                Instant now = context.place().now();
                Optional<Obstacle> obstacle = other(context, room, arguments)
                        .map(other ->
                                deed.against(settings, now, context.place().self(), other))
                        .orElseGet(() -> deed.against(settings, now));
                return context.answer(obstacle.map(Obstacle::sentence)
                        .orElse("Nothing speaks against it in "
                                + context.place().title(room) + "."));
            });
        });
    }

    /** Whom the question is about, if they are named and are there. */
    private static Optional<Member> other(CommandContext context, RoomName room, List<String> arguments) {
        return context.place().members(room).stream()
                .filter(member -> arguments.size() > 1 && member.name().text().equalsIgnoreCase(arguments.get(1)))
                .findFirst();
    }

    private static String all(CommandContext context, RoomName room) {
        RoomSettings settings = settings(context, room);
        Map<String, String> closed = new LinkedHashMap<>();
        for (Deed deed : Deed.values()) {
            deed.against(settings, context.place().now())
                    .ifPresent(obstacle ->
                            closed.merge(obstacle.sentence(), deed.word(), (before, next) -> before + ", " + next));
        }
        String title = context.place().title(room);
        String role = settings.standing().role().withArticle();
        if (closed.isEmpty()) {
            return "You are " + role + " in " + title + ", and nothing is closed to you.";
        }
        return closed.entrySet().stream()
                .map(each -> each.getValue() + ": " + each.getKey())
                .collect(Collectors.joining("\n", "You are " + role + " in " + title + ". Closed to you:\n", ""));
    }

    private static Deed deed(String word) {
        return Deed.of(word)
                .orElseThrow(() -> new IllegalArgumentException("Ask about one of "
                        + Arrays.stream(Deed.values()).map(Deed::word).collect(Collectors.joining(", ")) + "."));
    }

    private static RoomSettings settings(CommandContext context, RoomName room) {
        return context.client().settings(room).orElse(RoomSettings.NONE);
    }
}
