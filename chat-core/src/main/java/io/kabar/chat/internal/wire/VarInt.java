package io.kabar.chat.internal.wire;

/**
 * Integers of 1, 2, 4 or 8 bytes; the first two bits tell which (RFC 9000 section 16). A reader takes any of the
 * lengths for any value, a writer takes the shortest.
 */
public final class VarInt {
    /** The largest value that fits. */
    public static final long MAX = (1L << 62) - 1;

    private VarInt() {}

    /** Bytes that {@link #write} will take for {@code value}. */
    public static int size(long value) {
        if (value < 0 || value > MAX) {
            throw new IllegalArgumentException("no varint holds " + value);
        }
        if (value < 1 << 6) {
            return 1;
        }
        if (value < 1 << 14) {
            return 2;
        }
        return value < 1 << 30 ? 4 : 8;
    }

    /** Writes {@code value} at {@code offset} and returns the offset after it. */
    public static int write(byte[] out, int offset, long value) {
        int size = size(value);
        int lengthBits = Integer.numberOfTrailingZeros(size) << 6;
        for (int i = size - 1; i >= 0; i--) {
            out[offset + i] = (byte) (value >>> (8 * (size - 1 - i)));
        }
        out[offset] |= (byte) lengthBits;
        return offset + size;
    }

    /** Bytes of the integer that begins with {@code first}. */
    public static int sizeFrom(byte first) {
        return 1 << ((first & 0xff) >>> 6);
    }

    /** The integer at {@code offset}; the caller has checked that {@link #sizeFrom} bytes are there. */
    public static long read(byte[] data, int offset) {
        int size = sizeFrom(data[offset]);
        long value = data[offset] & 0x3f;
        for (int i = 1; i < size; i++) {
            value = value << 8 | (data[offset + i] & 0xff);
        }
        return value;
    }
}
