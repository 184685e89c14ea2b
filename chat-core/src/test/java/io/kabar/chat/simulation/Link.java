package io.kabar.chat.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What one direction between a client and the server does to datagrams. Chances are out of 1, times nanoseconds. */
final class Link {
    double loss;
    /** Chance that a run of losses begins; it ends with a chance of a third at each datagram (quic-interop: burst 3). */
    double bursts;

    double duplication;
    /** Chance of being held back long enough for later ones to overtake. */
    double reordering;

    double corruption;
    double truncation;
    long delay = Duration.ofMillis(15).toNanos();
    long jitter;
    boolean blackHole;
    private boolean inBurst;

    /** When the copies of a datagram sent now arrive after it was sent; empty if it is lost. */
    List<Long> delays(Random random) {
        List<Long> delays = new ArrayList<>(1);
        inBurst = random.nextDouble() < (inBurst ? 0.67 : bursts);
        if (blackHole || inBurst || random.nextDouble() < loss) {
            return delays;
        }
        delays.add(delay(random));
        if (random.nextDouble() < duplication) {
            delays.add(delay(random));
        }
        return delays;
    }

    private long delay(Random random) {
        long time = delay + (jitter == 0 ? 0 : random.nextLong(jitter));
        return random.nextDouble() < reordering ? time + random.nextLong(2 * delay + 1) : time;
    }

    /** The datagram as it arrives: itself, or damaged. */
    byte[] damaged(byte[] datagram, Random random) {
        byte[] bytes = datagram;
        if (random.nextDouble() < corruption) {
            bytes = bytes.clone();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        if (random.nextDouble() < truncation) {
            bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
        }
        return bytes;
    }
}
