package io.kabar.chat.internal.server.log;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Bodies of events that a cursor has read from the journal, until they are delivered. */
final class HeldEvents {

    private final TreeMap<Long, byte[]> bodies = new TreeMap<>();
    private int bytes;
    /** Of these, bytes of events that no part of was sent yet. */
    private int aheadBytes;

    boolean isEmpty() {
        return bodies.isEmpty();
    }

    /** The number of the oldest one. */
    long first() {
        return bodies.firstKey();
    }

    /** The number of the newest one. */
    long last() {
        return bodies.lastKey();
    }

    byte @Nullable [] body(long seq) {
        return bodies.get(seq);
    }

    int bytes() {
        return bytes;
    }

    /** Bytes of those that no part of was sent yet, as far as {@link #count} and {@link #sent} have been told. */
    int aheadBytes() {
        return aheadBytes;
    }

    void add(long seq, byte[] body) {
        byte[] before = bodies.put(seq, body);
        bytes += body.length - (before == null ? 0 : before.length);
    }

    /** Counts what is ahead anew, where {@code firstUnsent} is the first event that no part of was sent. */
    void count(long firstUnsent) {
        aheadBytes = bytes(bodies.tailMap(firstUnsent));
    }

    /** Events of which nothing was sent before have begun to be. */
    void sent(long from, long to) {
        aheadBytes -= bodies.isEmpty() ? 0 : bytes(bodies.subMap(from, to + 1));
    }

    private static int bytes(Map<Long, byte[]> some) {
        int sum = 0;
        for (byte[] body : some.values()) {
            sum += body.length;
        }
        return sum;
    }

    /**
     * Lets go of those up to this number, which have arrived.
     *
     * @return whether there were any
     */
    boolean delivered(long upTo) {
        boolean any = false;
        while (!bodies.isEmpty() && bodies.firstKey() <= upTo) {
            bytes -= bodies.pollFirstEntry().getValue().length;
            any = true;
        }
        return any;
    }

    void clear() {
        bodies.clear();
        bytes = 0;
        aheadBytes = 0;
    }
}
