package io.kabar.daemon.control;

import io.kabar.chat.RoomChange;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.Durations;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomRole;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Modes and their values, as people type them. */
final class ModeWord {

    private ModeWord() {}

    /**
     * The mode of a word.
     *
     * @throws IllegalArgumentException with a sentence that lists them, if there is none
     */
    static RoomMode mode(String word) {
        return RoomMode.of(word)
                .orElseThrow(() -> new IllegalArgumentException("The modes are "
                        + Arrays.stream(RoomMode.values()).map(RoomMode::word).collect(Collectors.joining(", "))
                        + "."));
    }

    /**
     * The role of a word.
     *
     * @throws IllegalArgumentException with a sentence that lists them, if there is none
     */
    static RoomRole role(String word) {
        return RoomRole.of(word)
                .orElseThrow(() -> new IllegalArgumentException("The roles in a room are "
                        + Arrays.stream(RoomRole.values()).map(RoomRole::word).collect(Collectors.joining(", "))
                        + "."));
    }

    /**
     * The change of a mode to the value of a word: on or off, a role, a number, or how long.
     *
     * @throws IllegalArgumentException with a sentence, if the mode cannot have it
     */
    static RoomChange change(RoomMode mode, String word) {
        return RoomChange.mode(mode, value(mode, word.toLowerCase(Locale.ROOT)));
    }

    private static long value(RoomMode mode, String word) {
        if (word.equals("off")) {
            return 0;
        }
        if (mode.isFlag()) {
            if (!word.equals("on")) {
                throw new IllegalArgumentException(mode.word() + " is on or off.");
            }
            return 1;
        }
        if (mode.isRole()) {
            return role(word).number();
        }
        boolean hasUnit = !word.isEmpty() && Character.isLetter(word.charAt(word.length() - 1));
        return mode == RoomMode.SLOW && hasUnit
                ? Durations.parse(word).map(Duration::toSeconds).orElse(Long.MAX_VALUE)
                : Digits.parseLong(word);
    }
}
