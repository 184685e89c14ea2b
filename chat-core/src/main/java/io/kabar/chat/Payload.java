package io.kabar.chat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Bytes of a program and what they are, by a media type: what {@link ProgramContent} carries through a room. Kabar
 * never looks into the bytes.
 *
 * <p>A media type is as RFC 6838 section 4.2 has it, {@code type/subtype} without parameters, at most
 * {@value #MEDIA_TYPE_CHARACTERS} characters; capital letters are made small ones, as they mean the same. The bytes are
 * copied on the way in and out. Immutable; any thread.
 *
 * @param mediaType such as {@code image/png}
 * @param bytes at most {@link Limits#TEXT_BYTES}, as a message has; servers may allow less
 */
@SuppressWarnings("ArrayRecordComponent") // copied, and compared by what they hold
public record Payload(String mediaType, byte[] bytes) {

    /** The longest media type. */
    public static final int MEDIA_TYPE_CHARACTERS = 127;

    /** The media type of bytes of which nothing is said (RFC 2046 section 4.5.1). */
    public static final String OCTETS = "application/octet-stream";

    /** No bytes. */
    public static final Payload NONE = new Payload(OCTETS, new byte[0]);

    private static final String PUNCTUATION = "!#$&-^_.+";

    /**
     * Checks the bounds, and copies the bytes.
     *
     * @throws IllegalArgumentException with a sentence if that is no media type, or there are too many bytes
     */
    public Payload {
        mediaType = mediaType.toLowerCase(Locale.ROOT);
        if (!isMediaType(mediaType)) {
            throw new IllegalArgumentException("A media type is like image/png, without parameters, and has at most "
                    + MEDIA_TYPE_CHARACTERS + " characters.");
        }
        Limits.requireBytes(bytes, Limits.TEXT_BYTES);
        bytes = bytes.clone();
    }

    /** Bytes of which nothing is said. */
    public static Payload of(byte[] bytes) {
        return new Payload(OCTETS, bytes);
    }

    /** Text as UTF-8, of the media type {@code text/plain}. */
    public static Payload text(String text) {
        return new Payload("text/plain", text.getBytes(StandardCharsets.UTF_8));
    }

    /** JSON as UTF-8, of the media type {@code application/json}. Nobody looks whether it is. */
    public static Payload json(String json) {
        return new Payload("application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    /** How many bytes there are. */
    public int length() {
        return bytes.length;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /** The bytes read as UTF-8; what is none is replaced by U+FFFD. */
    public String asText() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static boolean isMediaType(String text) {
        int slash = text.indexOf('/');
        return slash > 0
                && text.length() <= MEDIA_TYPE_CHARACTERS
                && isName(text.substring(0, slash))
                && isName(text.substring(slash + 1));
    }

    /** Whether this is a restricted name of RFC 6838 section 4.2, in small letters. */
    private static boolean isName(String text) {
        return !text.isEmpty()
                && isLetterOrDigit(text.charAt(0))
                && text.chars().allMatch(c -> isLetterOrDigit(c) || PUNCTUATION.indexOf(c) >= 0);
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload that && mediaType.equals(that.mediaType) && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * mediaType.hashCode() + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Payload[" + mediaType + ", " + bytes.length + " bytes]";
    }
}
