package io.kabar.chat.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What one direction between a client and the server does to datagrams, here and in tests over real sockets. Chances
 * are out of 1, times nanoseconds.
 */
public final class Link {
    private static final double STAYS_BAD = 2.0 / 3;

    public double loss;
    /**
     * Chance that a run of losses begins (Gilbert's model); it ends with a chance of a third at each datagram, as in
     * quic-interop-runner, where it is three long.
     */
    public double bursts;

    public double duplication;
    /** Chance of being held back long enough for later ones to overtake. */
    public double reordering;

    public double corruption;
    public double truncation;
    public long delay = Duration.ofMillis(15).toNanos();
    public long jitter;
    /** Longer datagrams vanish. */
    int mtu = Integer.MAX_VALUE;
    /** And for a while, those that are longer than this. */
    int cut = Integer.MAX_VALUE;
    /** Nothing gets through. On one link of a client only, the network works in one direction. */
    public boolean blackHole;
    /** Where rate and queue are; null for a line without limits. */
    @Nullable
    public Bottleneck bottleneck;

    /** Of the datagrams sent from now on, by their place from 1 on, which vanish. */
    private IntPredicate vanish = place -> false;

    private int sent;
    private boolean inBurst;

    /** The line of quic-interop-runner: 15 ms, 10 Mbit/s, 25 datagrams waiting. */
    static void interop(Link link) {
        link.delay = Duration.ofMillis(15).toNanos();
        link.bottleneck = new Bottleneck(10, 25);
    }

    /** Lets the datagrams vanish that come at these places, the next one being 1. */
    void loses(IntPredicate places) {
        sent = 0;
        vanish = places;
    }

    /** When the copies of a datagram sent now arrive after it was sent; empty if it is lost. */
    public List<Long> delays(int length, long now, Random random) {
        List<Long> delays = new ArrayList<>(1);
        inBurst = random.nextDouble() < (inBurst ? STAYS_BAD : bursts);
        sent++;
        if (vanish.test(sent) || blackHole || inBurst || length > Math.min(mtu, cut) || random.nextDouble() < loss) {
            return delays;
        }
        long queued = bottleneck == null ? 0 : bottleneck.pass(length, now);
        if (queued < 0) {
            return delays;
        }
        delays.add(queued + delay(random));
        if (random.nextDouble() < duplication) {
            delays.add(queued + delay(random));
        }
        return delays;
    }

    private long delay(Random random) {
        long time = delay + (jitter == 0 ? 0 : random.nextLong(jitter));
        return random.nextDouble() < reordering ? time + random.nextLong(2 * delay + 1) : time;
    }

    /** The datagram as it arrives: itself, or damaged. */
    public byte[] damaged(byte[] datagram, Random random) {
        byte[] bytes = datagram;
        if (random.nextDouble() < corruption) {
            bytes = bytes.clone();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        if (random.nextDouble() < truncation) {
            bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
        }
        return bytes;
    }

    /** Good weather: everything arrives, in its time and at the link's rate. */
    public void clear() {
        loss = 0;
        bursts = 0;
        duplication = 0;
        reordering = 0;
        corruption = 0;
        truncation = 0;
        mtu = Integer.MAX_VALUE;
        cut = Integer.MAX_VALUE;
        blackHole = false;
        vanish = place -> false;
    }
}
