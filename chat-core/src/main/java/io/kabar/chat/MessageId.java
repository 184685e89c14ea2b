package io.kabar.chat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The name a client gives to what it sends: sent again by the same user under the same id, a message is still one
 * message. It also says where the message stands in the order of its sender: what one run says in one room has rising
 * numbers, and once a number was accepted, none at or below it ever comes in. A client draws its run at random when it
 * starts; {@link #of} and {@link #numbered} make ids that another process can make again.
 *
 * @param run whose order it is: any 64 bits
 * @param number its place in that order, unsigned; gaps are no loss
 */
public record MessageId(long run, long number) {

    /** The id of events nobody sent, such as a join. */
    public static final MessageId NONE = new MessageId(0, 0);

    /**
     * The id that belongs to these words, always the same: message 1 of a run of its own, which is the first 64 bits of
     * their SHA-256. Two messages that are not the same one must not get the same words, so put in whatever tells them
     * apart. Ids made so have no order among each other.
     */
    public static MessageId of(String... words) {
        return numbered(1, words);
    }

    /**
     * The id of message {@code number} of the run that belongs to these words: for what has an order, as the lines of a
     * file. Whoever says it all once more, after a crash, has only the end of it said again.
     *
     * @throws IllegalArgumentException if the number is below 1
     */
    public static MessageId numbered(long number, String... words) {
        if (number < 1) {
            throw new IllegalArgumentException("Messages are numbered from 1.");
        }
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
        return new MessageId(digest.getLong(), number);
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
        return hex.toHexDigits(run) + hex.toHexDigits(number);
    }
}
