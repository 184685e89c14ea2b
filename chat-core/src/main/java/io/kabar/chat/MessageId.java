package io.kabar.chat;

/**
 * The name a client gives to what it sends, 128 random bits: sent again under the same id, a message is still one
 * message.
 *
 * @param high upper 64 bits
 * @param low lower 64 bits
 */
public record MessageId(long high, long low) {

    /** The id of events nobody sent, such as a join. */
    public static final MessageId NONE = new MessageId(0, 0);

    /**
     * Parses the 32 hexadecimal digits that {@link #toString()} prints.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static MessageId parse(String text) {
        if (text.length() != 32) {
            throw new IllegalArgumentException("A message id has 32 hexadecimal digits.");
        }
        return new MessageId(
                Long.parseUnsignedLong(text.substring(0, 16), 16), Long.parseUnsignedLong(text.substring(16), 16));
    }

    @Override
    public String toString() {
        return String.format("%016x%016x", high, low);
    }
}
