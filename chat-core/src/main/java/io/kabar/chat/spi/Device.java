package io.kabar.chat.spi;

import io.kabar.chat.Limits;
import io.kabar.chat.internal.text.Parts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A device that an account signs in from: whoever knows its claim is let in without a password.
 *
 * @param number within its account: 1 is the device that registered the name, further ones count from 2; 0 for one that
 *     is to be added. Never used again for another device
 * @param claim SHA-256, in hexadecimal, of the claim by which the device proves itself
 * @param label what the client calls itself; perhaps empty, at most {@value #LABEL_BYTES} bytes
 * @param created when it was recorded
 * @param seen the day on which it last signed in, as its first moment in UTC
 * @param revoked when it was shut out for good; empty if it is let in
 */
public record Device(int number, String claim, String label, Instant created, Instant seen, Optional<Instant> revoked) {

    /** The device that registered the name. */
    public static final int FIRST = 1;

    /** The highest number of a device. */
    public static final int LAST_NUMBER = 65_535;

    /** Longest label in UTF-8 bytes. */
    public static final int LABEL_BYTES = 64;

    private static final int CLAIM_DIGITS = 64;

    /** Checks the number and the form of the claim, cuts the label and takes what is no text out of it. */
    public Device {
        if (number < 0 || number > LAST_NUMBER) {
            throw new IllegalArgumentException("A device has a number from 1 to " + LAST_NUMBER + ".");
        }
        if (!isClaim(claim)) {
            throw new IllegalArgumentException("A claim is kept as 64 hexadecimal digits in small letters.");
        }
        label = clean(label);
        seen = day(seen);
    }

    /** A device to be recorded, which signs in at this moment. */
    public static Device of(String claim, String label, Instant now) {
        return new Device(0, claim, label, now, now, Optional.empty());
    }

    /** Whether it is let in. */
    public boolean isGood() {
        return revoked.isEmpty();
    }

    /** The same under this number. */
    public Device withNumber(int given) {
        return new Device(given, claim, label, created, seen, revoked);
    }

    /** The same, seen on this day, if that is later. */
    public Device seenAt(Instant now) {
        return now.isAfter(seen) ? new Device(number, claim, label, created, now, revoked) : this;
    }

    /** The same with another label, unless that is empty. */
    public Device labelled(String name) {
        return clean(name).isEmpty() ? this : new Device(number, claim, name, created, seen, revoked);
    }

    /** The same, shut out since this moment, if it was not before. */
    public Device revokedAt(Instant now) {
        return isGood() ? new Device(number, claim, label, created, seen, Optional.of(now)) : this;
    }

    /** Whether a text has the form of what is kept of a claim. */
    public static boolean isClaim(String text) {
        return text.length() == CLAIM_DIGITS && Parts.areAll(text, c -> Parts.isDigit(c) || (c >= 'a' && c <= 'f'));
    }

    /** The first moment of a day in UTC; times that have no such day stay as they are. */
    private static Instant day(Instant time) {
        return time.equals(Instant.MAX) || time.equals(Instant.MIN) ? time : time.truncatedTo(ChronoUnit.DAYS);
    }

    private static String clean(String label) {
        StringBuilder text = new StringBuilder(label.length());
        label.codePoints().forEach(c -> text.appendCodePoint(isShown(c) ? c : ' '));
        return Limits.cut(text.toString().strip(), LABEL_BYTES).strip();
    }

    private static boolean isShown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** Leaves the claim out, so that no log ever holds it. */
    @Override
    public String toString() {
        return "Device[" + number + ", " + label + ", " + (isGood() ? "seen " + seen : "revoked") + "]";
    }
}
