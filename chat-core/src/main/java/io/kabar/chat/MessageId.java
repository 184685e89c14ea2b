package io.kabar.chat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The name a client gives to what it sends, 128 bits: sent again by the same user under the same id, a message is still
 * one message. Usually random; {@link #of} makes one that another process can make again.
 *
 * @param high upper 64 bits
 * @param low lower 64 bits
 */
public record MessageId(long high, long low) {

    /** The id of events nobody sent, such as a join. */
    public static final MessageId NONE = new MessageId(0, 0);

    /**
     * The id that belongs to these words, always the same: the first 128 bits of their SHA-256. Two messages that are not
     * the same one must not get the same words, so put in whatever tells them apart.
     */
    public static MessageId of(String... words) {
        MessageDigest sha256;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
        for (String word : words) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            // The length in front: "ab", "c" is not "a", "bc".
            sha256.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            sha256.update(bytes);
        }
        ByteBuffer digest = ByteBuffer.wrap(sha256.digest());
        return new MessageId(digest.getLong(), digest.getLong());
    }

    /**
     * Parses the 32 hexadecimal digits that {@link #toString()} prints.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static MessageId parse(String text) {
        if (text.length() != 32) {
            throw new IllegalArgumentException("A message id has 32 hexadecimal digits.");
        }
        return new MessageId(HexFormat.fromHexDigitsToLong(text, 0, 16), HexFormat.fromHexDigitsToLong(text, 16, 32));
    }

    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
