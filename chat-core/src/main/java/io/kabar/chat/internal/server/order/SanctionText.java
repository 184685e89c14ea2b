package io.kabar.chat.internal.server.order;

import io.kabar.chat.Author;
import io.kabar.chat.Limits;
import io.kabar.chat.Sanction;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.Parts;
import java.time.Instant;
import java.util.List;

/**
 * The value of a record of a sanction: {@code since until account name whom reason}, the times in milliseconds; whom is
 * the name of an account or a network, and the reason the rest.
 */
final class SanctionText {

    private static final int FIELDS = 5;

    /** What a record says; whom it is about stands in its key as well. */
    record Parsed(Instant since, Instant until, Author by, String whom, String reason) {

        Sanction sanction(Sanction.Kind kind, Sanction.Target target) {
            return new Sanction(kind, target, since, until, by, reason);
        }
    }

    private SanctionText() {}

    static String of(Sanction sanction, String whom) {
        return sanction.since().toEpochMilli() + " " + sanction.until().toEpochMilli() + " "
                + sanction.by().account() + " " + sanction.by().name().text() + " " + whom + " "
                + line(sanction.reason());
    }

    /** A record is one line. */
    private static String line(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().map(c -> Character.isISOControl(c) ? ' ' : c).forEach(out::appendCodePoint);
        return Limits.cutLine(out.toString().strip());
    }

    /**
     * Reads such a value.
     *
     * @throws IllegalArgumentException or {@link IndexOutOfBoundsException}, if it is none
     */
    static Parsed parse(String value) {
        List<String> parts = Parts.of(value, ' ');
        return new Parsed(
                Instant.ofEpochMilli(Digits.parseLong(parts.get(0))),
                Limits.nearestTime(Instant.ofEpochMilli(Digits.parseLong(parts.get(1)))),
                new Author(Digits.parseLong(parts.get(2)), new UserName(parts.get(3))),
                parts.get(4),
                String.join(" ", parts.subList(FIELDS, parts.size())));
    }
}
