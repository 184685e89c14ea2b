package io.kabar.chat.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The line between a machine and the network, the same in both directions: what is sent goes through the lines of both
 * machines. As it is made, everything arrives, once, in order, and after 10 milliseconds. Chances are from 0 to 1, and
 * what comes of them is decided by the network's seed.
 *
 * <p>Not for several threads: change it between two calls of {@link TestNetwork}, or in one of its actions.
 */
public final class TestLink {

    private long delay = Duration.ofMillis(10).toNanos();
    private long jitter;
    private double loss;
    private double duplication;
    private double reordering;
    private double corruption;
    private boolean isCut;

    TestLink() {}

    /** How long every datagram takes at least. */
    public TestLink delay(Duration time) {
        delay = nanos(time);
        return this;
    }

    /** How much longer one may take, by chance; later ones may overtake it. */
    public TestLink jitter(Duration most) {
        jitter = nanos(most);
        return this;
    }

    /** How likely a datagram is lost; with 1 the line is as good as cut. */
    public TestLink loss(double chance) {
        loss = chance(chance);
        return this;
    }

    /** How likely a datagram arrives twice. */
    public TestLink duplication(double chance) {
        duplication = chance(chance);
        return this;
    }

    /** How likely a datagram takes up to three times as long, so that later ones overtake it. */
    public TestLink reordering(double chance) {
        reordering = chance(chance);
        return this;
    }

    /** How likely a bit of a datagram is flipped. */
    public TestLink corruption(double chance) {
        corruption = chance(chance);
        return this;
    }

    /** From now on nothing gets through, what is on its way included. */
    public TestLink cut() {
        isCut = true;
        return this;
    }

    /** Ends a {@link #cut}. */
    public TestLink restore() {
        isCut = false;
        return this;
    }

    /** Makes it as it was made: nothing is lost, doubled or late. */
    public TestLink clear() {
        return delay(Duration.ofMillis(10))
                .jitter(Duration.ZERO)
                .loss(0)
                .duplication(0)
                .reordering(0)
                .corruption(0)
                .restore();
    }

    private static long nanos(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("Time does not go back.");
        }
        return time.toNanos();
    }

    private static double chance(double chance) {
        if (!(chance >= 0 && chance <= 1)) {
            throw new IllegalArgumentException("A chance is from 0 to 1.");
        }
        return chance;
    }

    /** Whether anything gets through. */
    boolean carries() {
        return !isCut && loss < 1;
    }

    boolean isCut() {
        return isCut;
    }

    /** How long each copy of a datagram takes; empty if it is lost. */
    List<Long> copies(Random random) {
        List<Long> copies = new ArrayList<>(1);
        if (isCut || random.nextDouble() < loss) {
            return copies;
        }
        copies.add(time(random));
        if (random.nextDouble() < duplication) {
            copies.add(time(random));
        }
        return copies;
    }

    private long time(Random random) {
        long time = delay + (jitter == 0 ? 0 : random.nextLong(jitter + 1));
        return random.nextDouble() < reordering ? time + random.nextLong(2 * delay + 1) : time;
    }

    /** The datagram as it comes out: itself, or damaged. */
    byte[] damaged(byte[] datagram, Random random) {
        if (random.nextDouble() >= corruption || datagram.length == 0) {
            return datagram;
        }
        byte[] bytes = datagram.clone();
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return bytes;
    }
}
