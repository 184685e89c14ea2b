package io.kabar.chat.internal.connection.lane;

/**
 * The part of an endless stream of bytes that is still needed, addressed by offset in the stream. A ring that grows to
 * the next power of two and is given back once nothing is left in it.
 */
final class ByteWindow {
    private static final byte[] EMPTY = {};

    /** Not given back: an idle lane with a small message now and then should not allocate each time. */
    private static final int KEPT = 256;

    private byte[] ring = EMPTY;
    private long start;
    private long end;

    long start() {
        return start;
    }

    /** One past the highest byte ever put. */
    long end() {
        return end;
    }

    int length() {
        return (int) (end - start);
    }

    byte get(long at) {
        return ring[index(at)];
    }

    /** Puts bytes anywhere from {@link #start} on. */
    void put(long at, byte[] source, int from, int length) {
        reserve((int) (Math.max(end, at + length) - start));
        end = Math.max(end, at + length);
        int index = index(at);
        int first = Math.min(length, ring.length - index);
        System.arraycopy(source, from, ring, index, first);
        System.arraycopy(source, from + first, ring, 0, length - first);
    }

    void get(long at, byte[] to, int offset, int length) {
        int index = index(at);
        int first = Math.min(length, ring.length - index);
        System.arraycopy(ring, index, to, offset, first);
        System.arraycopy(ring, 0, to, offset + first, length - first);
    }

    /** The array {@code at} lies in, for reading; see {@link #contiguous}. */
    byte[] array() {
        return ring;
    }

    int index(long at) {
        return (int) at & (ring.length - 1);
    }

    /** How many of {@code length} bytes stand in a row in {@link #array} from {@link #index} on. */
    int contiguous(long at, int length) {
        return Math.min(length, ring.length - index(at));
    }

    /** Bytes before {@code at} are not needed any more. */
    void dropBefore(long at) {
        start = at;
        end = Math.max(end, at);
        if (start == end && ring.length > KEPT) {
            ring = EMPTY;
        }
    }

    private void reserve(int length) {
        if (length <= ring.length) {
            return;
        }
        byte[] grown = new byte[Math.max(64, Integer.highestOneBit(length - 1) << 1)];
        int held = length();
        for (int copied = 0; copied < held; ) {
            long at = start + copied;
            int run = contiguous(at, held - copied); // as well in the larger one: it is some times this one
            System.arraycopy(ring, index(at), grown, (int) at & (grown.length - 1), run);
            copied += run;
        }
        ring = grown;
    }
}
