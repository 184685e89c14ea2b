package io.kabar.chat;

import io.kabar.chat.internal.names.NameTable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * The bounds of every value that an event holds, in one place. Whoever makes an event passes through here: what comes
 * over the wire, out of a file or an import, from a journal, or from a program. So nothing exists that some part of
 * Kabar could not carry, and a room cannot come to hold what its readers would choke on.
 */
public final class Limits {

    /**
     * The largest number of an event, 2<sup>53</sup> - 1: the largest whole number that JSON keeps exactly in every
     * language (RFC 8259 section 6). It is far below what a varint holds, and more than a room comes to: a million
     * events a second for 285 years.
     */
    public static final long LAST_NUMBER = (1L << 53) - 1;

    /**
     * The largest number that an event may bring along from elsewhere, as by an import: as many again are left to go on
     * with, so that nobody can use a room's numbers up by a file.
     */
    public static final long LAST_FOREIGN_NUMBER = 1L << 52;

    /** The earliest time of an event: times are counted from here. */
    public static final Instant EARLIEST = Instant.EPOCH;

    /** The latest time of an event: beyond the year 9999 dates have no agreed text form, and the wire has 48 bits. */
    public static final Instant LATEST = Instant.ofEpochMilli(253_402_300_799_999L);

    /** The longest text of a message in bytes of UTF-8; servers may allow less. */
    public static final int TEXT_BYTES = 16 * 1024;

    /** The longest topic or reason in characters. */
    public static final int LINE_CHARACTERS = 390;

    /** The longest topic or reason in bytes of UTF-8: as many characters of four bytes. */
    public static final int LINE_BYTES = 4 * LINE_CHARACTERS;

    /**
     * As many members of a room are told in a list: more than is read on a screen. How many there are tells {@link
     * RoomSummary#members()}.
     */
    public static final int MEMBERS_TOLD = 4096;

    /** The longest emoji of a reaction in bytes of UTF-8: those of a family of four with their skin have fewer. */
    public static final int EMOJI_BYTES = 32;

    /** The most bytes that the facts of an event have. */
    public static final int FACTS_BYTES = 1024;

    /** The most bytes that the extras of an event have. */
    public static final int EXTRAS_BYTES = 4 * 1024;

    /** The most bytes that a signal of a program has: with names and key it fits one datagram. */
    public static final int SIGNAL_BYTES = 1024;

    /** The longest key of a signal in bytes of UTF-8. */
    public static final int SIGNAL_KEY_BYTES = 32;

    /** A sign without a dot. */
    private static final int BLANK_BRAILLE = 0x2800;

    private static final String NOT_WHOLE = "A text has no half characters, as a lone surrogate is.";

    private Limits() {}

    /** Whether an event can have happened then. */
    public static boolean isTime(Instant time) {
        return !time.isBefore(EARLIEST) && time.getEpochSecond() <= LATEST.getEpochSecond();
    }

    /** The nearest time at which an event can have happened. */
    public static Instant nearestTime(Instant time) {
        return isTime(time) ? time : time.isBefore(EARLIEST) ? EARLIEST : LATEST;
    }

    /** The beginning of a text that has at most so many bytes of UTF-8; no character is cut in half. */
    public static String cut(String text, int maxBytes) {
        if (fits(text, maxBytes)) {
            return text;
        }
        int bytes = 0;
        int at = 0;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            bytes += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
            if (bytes > maxBytes) {
                break;
            }
            at += Character.charCount(character);
        }
        return text.substring(0, at);
    }

    /** The beginning of a topic or a reason that is too long; no character is cut in half. */
    public static String cutLine(String text) {
        return text.codePointCount(0, text.length()) <= LINE_CHARACTERS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LINE_CHARACTERS));
    }

    /**
     * Whether a text consists of whole characters: half of one, a lone surrogate, is nothing that could be written
     * down.
     */
    public static boolean isWhole(String text) {
        for (int at = 0; at < text.length(); at++) {
            char unit = text.charAt(at);
            if (Character.isHighSurrogate(unit)
                    && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1))) {
                at++;
            } else if (Character.isSurrogate(unit)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether nothing of a text can be seen: it is empty, or of spaces, control and format characters, fillers and
     * joiners only. The table is that of names, so it is the same on every machine.
     */
    public static boolean isInvisible(String text) {
        return text.codePoints().allMatch(c -> NameTable.kind(c) == NameTable.Kind.INVISIBLE || c == BLANK_BRAILLE);
    }

    /** Whether a text has at most so many bytes of UTF-8. */
    static boolean fits(String text, int maxBytes) {
        // A char takes three bytes at most, so short texts need not be counted.
        return text.length() <= maxBytes / 3
                || (text.length() <= maxBytes && text.getBytes(StandardCharsets.UTF_8).length <= maxBytes);
    }

    /** @throws IllegalArgumentException if no event can have this number; 0 is that of one that has none yet */
    static void requireNumber(long sequence) {
        if (sequence < 0 || sequence > LAST_NUMBER) {
            throw new IllegalArgumentException(
                    "An event has a number from 1 to " + LAST_NUMBER + ", not " + sequence + ".");
        }
    }

    /** @throws IllegalArgumentException if no account can have this number; 0 is nobody's */
    static void requireAccount(long account) {
        if (account < 0 || account > LAST_NUMBER) {
            throw new IllegalArgumentException(
                    "An account has a number from 1 to " + LAST_NUMBER + ", not " + account + ".");
        }
    }

    static void requireEpoch(long epoch) {
        if (epoch < 0 || epoch > LogPosition.MAX_EPOCH) {
            throw new IllegalArgumentException("An epoch is below 2^32, not " + epoch + ".");
        }
    }

    static void requireBytes(byte[] bytes, int most) {
        if (bytes.length > most) {
            throw new IllegalArgumentException("A part of an event has at most " + most + " bytes.");
        }
    }

    /**
     * Checks what is signalled.
     *
     * @throws IllegalArgumentException with a sentence if that is no key, or there are too many bytes
     */
    public static void requireSignal(String key, byte[] bytes) {
        if (!fits(key, SIGNAL_KEY_BYTES) || !isWhole(key) || key.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("The key of a signal has at most " + SIGNAL_KEY_BYTES
                    + " bytes of UTF-8, and no control characters.");
        }
        if (bytes.length > SIGNAL_BYTES) {
            throw new IllegalArgumentException("A signal has at most " + SIGNAL_BYTES + " bytes.");
        }
    }

    static void requireTime(Instant time) {
        if (!isTime(time)) {
            throw new IllegalArgumentException("An event happens in the years 1970 to 9999, not at " + time + ".");
        }
    }

    static void requireText(String text) {
        if (!fits(text, TEXT_BYTES)) {
            throw new IllegalArgumentException("A text has at most " + TEXT_BYTES + " bytes.");
        }
        if (!isWhole(text)) {
            throw new IllegalArgumentException(NOT_WHOLE);
        }
    }

    static void requireEmoji(String emoji) {
        if (!fits(emoji, EMOJI_BYTES)
                || !isWhole(emoji)
                || emoji.codePoints()
                        .anyMatch(c ->
                                Character.isISOControl(c) || Character.isWhitespace(c) || Character.isSpaceChar(c))) {
            throw new IllegalArgumentException(
                    "A reaction is an emoji, or a word: at most " + EMOJI_BYTES + " bytes without a space.");
        }
    }

    static void requireLine(String text) {
        if (!fits(text, LINE_BYTES)) {
            throw new IllegalArgumentException("A topic or a reason has at most " + LINE_BYTES + " bytes.");
        }
        if (!isWhole(text)) {
            throw new IllegalArgumentException(NOT_WHOLE);
        }
    }
}
