package io.kabar.chat.view;

import io.kabar.chat.Limits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * How long what is written is, as a server counts it, and whether that is too long: told before it is sent.
 *
 * @param length of what would be said
 * @param most as much as the server takes
 * @param unit what is counted
 */
public record TextLength(int length, int most, Unit unit) {

    /** What a server counts. */
    public enum Unit {
        /** Bytes of UTF-8, of messages. */
        BYTES,
        /** Characters, of topics. */
        CHARACTERS;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Of what was typed; of a command, of the words that it brings to a room.
     *
     * @param mostBytes as many as the server takes in a message
     */
    public static TextLength of(String typed, int mostBytes) {
        UserInput input = UserInput.parse(typed);
        if (input instanceof UserInput.Say say) {
            return message(say.text(), mostBytes);
        }
        if (input instanceof UserInput.Invocation invocation
                && !invocation.arguments().isEmpty()) {
            List<String> arguments = invocation.arguments();
            String last = arguments.get(arguments.size() - 1);
            if (invocation.command() == Command.ME || invocation.command() == Command.MSG) {
                return message(last, mostBytes);
            }
            if (invocation.command() == Command.TOPIC) {
                int characters = last.codePointCount(0, last.length());
                return new TextLength(characters, Limits.LINE_CHARACTERS, Unit.CHARACTERS);
            }
        }
        return message("", mostBytes);
    }

    private static TextLength message(String text, int most) {
        return new TextLength(text.getBytes(StandardCharsets.UTF_8).length, most, Unit.BYTES);
    }

    /** Whether the server would refuse it. */
    public boolean isTooLong() {
        return length > most;
    }

    /** What to tell of it; empty as long as there is much room left. */
    public String words() {
        if (isTooLong()) {
            return String.format(Locale.ROOT, "Too long to send: %,d of at most %,d %s.", length, most, unit.word());
        }
        return length > most - most / 4 ? String.format(Locale.ROOT, "%,d of %,d %s", length, most, unit.word()) : "";
    }
}
