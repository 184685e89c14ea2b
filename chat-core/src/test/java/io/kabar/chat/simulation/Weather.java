package io.kabar.chat.simulation;

import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;

/** How bad all links are, made up once: each kind of trouble is there or not, more or less of it. */
final class Weather implements Consumer<Link> {
    private static final int[] MTUS = {1200, 1400, 1452, 4000, Integer.MAX_VALUE};
    private static final double[] DELAYS = {1, 15, 15, 50, 200, 750};

    private final Random random;
    private final double loss;
    private final double bursts;
    private final double duplication;
    private final double reordering;
    private final double corruption;
    private final double truncation;
    private final double delayMillis;
    private final double jitterMillis;
    private final boolean narrow;
    private final int mtu;

    Weather(Random random) {
        this.random = random;
        loss = perhaps(0.25);
        bursts = perhaps(0.1);
        duplication = perhaps(0.3);
        reordering = perhaps(0.3);
        corruption = perhaps(0.1);
        truncation = perhaps(0.05);
        delayMillis = DELAYS[random.nextInt(DELAYS.length)];
        jitterMillis = perhaps(2 * delayMillis);
        narrow = random.nextInt(4) == 0;
        mtu = MTUS[random.nextInt(MTUS.length)];
    }

    private double perhaps(double most) {
        return random.nextInt(3) == 0 ? random.nextDouble() * most : 0;
    }

    @Override
    public void accept(Link link) {
        link.loss = loss;
        link.bursts = bursts;
        link.duplication = duplication;
        link.reordering = reordering;
        link.corruption = corruption;
        link.truncation = truncation;
        link.delay = nanos(delayMillis);
        link.jitter = nanos(jitterMillis);
        link.mtu = mtu;
        link.bottleneck = narrow ? new Bottleneck(0.2 + 10 * random.nextDouble(), 10 + random.nextInt(40)) : null;
    }

    private static long nanos(double millis) {
        return (long) (millis * Duration.ofMillis(1).toNanos());
    }
}
