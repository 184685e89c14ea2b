package io.kabar.chat.simulation;

import java.util.ArrayDeque;

/**
 * The slowest router on the way: sends datagrams on one after the other at its rate, keeps some waiting, and drops what
 * finds the queue full. Links that go through the same one compete for it.
 */
public final class Bottleneck {
    /** Headers of IP and UDP, in bytes: they take their time on the line. */
    private static final int HEADERS = 28;

    private static final double NANOS = 1e9;

    private double nanosPerByte;
    private final int queue;
    /** Bytes that may wait. */
    private final long queueBytes;

    private final ArrayDeque<Long> departures = new ArrayDeque<>();
    private long freeAt = Long.MIN_VALUE;
    long dropped;
    /** All that went through, headers included. */
    long bytes;

    long datagrams;

    /** So many bits a second, and so many datagrams waiting; quic-interop-runner has 10 Mbit/s and 25. */
    public Bottleneck(double megabits, int queue) {
        this(megabits, queue, Long.MAX_VALUE);
    }

    private Bottleneck(double megabits, int queue, long queueBytes) {
        this.queue = queue;
        this.queueBytes = queueBytes;
        becomes(megabits);
    }

    /** One that counts what waits in bytes: as much as passes in {@code nanos}. */
    static Bottleneck holding(double megabits, long nanos) {
        return new Bottleneck(megabits, Integer.MAX_VALUE, (long) (nanos * megabits * 1e6 / 8 / NANOS));
    }

    /** From now on it passes so many bits a second; what waits already goes as it was told. */
    void becomes(double megabits) {
        nanosPerByte = 8 * NANOS / (megabits * 1e6);
    }

    /** How long a datagram that comes now is under way here, in nanoseconds; -1 if it is dropped. */
    long pass(int length, long now) {
        while (!departures.isEmpty() && departures.peekFirst() <= now) {
            departures.removeFirst();
        }
        long waiting = (long) ((Math.max(freeAt, now) - now) / nanosPerByte);
        if (departures.size() > queue || waiting > queueBytes) { // one is being sent, the others wait
            dropped++;
            return -1;
        }
        freeAt = Math.max(freeAt, now) + (long) (nanosPerByte * (length + HEADERS));
        departures.addLast(freeAt);
        bytes += length + HEADERS;
        datagrams++;
        return freeAt - now;
    }
}
