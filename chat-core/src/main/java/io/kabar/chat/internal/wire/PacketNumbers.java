package io.kabar.chat.internal.wire;

/**
 * Packet numbers on the wire: a packet carries only the low 1 to 4 bytes of its 62-bit number, and its receiver finds
 * the rest from the largest number it knows (RFC 9000 section 17.1, appendices A.2 and A.3).
 */
public final class PacketNumbers {
    public static final int MAX_LENGTH = 4;

    private PacketNumbers() {}

    /**
     * Bytes {@code number} needs so that a peer can tell it from its neighbours; {@code largestAcked} is -1 before the
     * first acknowledgement (appendix A.2).
     */
    public static int length(long number, long largestAcked) {
        long unacked = number - largestAcked;
        // One bit more than the range itself: the window is centred on the expected number.
        int bits = Long.SIZE - Long.numberOfLeadingZeros(unacked - 1) + 1;
        return Math.min(MAX_LENGTH, Math.max(1, (bits + 7) / 8));
    }

    /** The number whose low {@code length} bytes are {@code truncated}, closest to the one after {@code largest}. */
    public static long decode(long largest, long truncated, int length) {
        long expected = largest + 1;
        long window = 1L << (8 * length);
        long half = window / 2;
        long candidate = (expected & -window) | truncated;
        if (candidate <= expected - half && candidate < (1L << 62) - window) {
            return candidate + window;
        }
        // The second half is ours: after the last number of all there is none to be expected.
        if ((candidate > expected + half && candidate >= window) || candidate > VarInt.MAX) {
            return candidate - window;
        }
        return candidate;
    }
}
