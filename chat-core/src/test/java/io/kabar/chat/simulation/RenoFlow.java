package io.kabar.chat.simulation;

import java.time.Duration;

/**
 * Somebody else on the line: a flow that always has something to send and does as TCP Reno does, with an
 * acknowledgement of every second datagram and nothing lost on the way back.
 */
final class RenoFlow {
    private static final int LENGTH = 1200;
    private static final int PER_ACK = 2;
    private static final Duration ACK_DELAY = Duration.ofMillis(40);
    /** What it takes until three later ones have arrived behind a full queue. */
    private static final Duration NOTICED = Duration.ofMillis(27);

    private final World world;
    private final Bottleneck bottleneck;
    private final Duration oneWay;
    private double window = 10;
    private double slowStartUntil = Double.MAX_VALUE;
    private int inFlight;
    private long number;
    /** Losses of what was sent before belong to one congestion. */
    private long recoverUntil = -1;

    private int unacknowledged;
    private long acks;

    /** Bytes that have passed the bottleneck, headers included. */
    long sent;

    RenoFlow(World world, Bottleneck bottleneck, Duration oneWay) {
        this.world = world;
        this.bottleneck = bottleneck;
        this.oneWay = oneWay;
    }

    void send() {
        while (inFlight < (int) window) {
            inFlight++;
            long datagram = number++;
            long before = bottleneck.bytes;
            long queued = bottleneck.pass(LENGTH, world.now);
            sent += bottleneck.bytes - before;
            if (queued >= 0) {
                world.in(oneWay.plusNanos(queued), () -> arrives(datagram));
            } else {
                world.in(oneWay.plus(oneWay).plus(NOTICED), () -> lost(datagram));
            }
        }
    }

    private void arrives(long datagram) {
        unacknowledged++;
        if (unacknowledged == PER_ACK) {
            acknowledge(datagram);
        } else {
            long before = acks;
            world.in(ACK_DELAY, () -> {
                if (acks == before) {
                    acknowledge(datagram);
                }
            });
        }
    }

    private void acknowledge(long latest) {
        int count = unacknowledged;
        unacknowledged = 0;
        acks++;
        world.in(oneWay, () -> acknowledged(count, latest));
    }

    private void acknowledged(int count, long latest) {
        inFlight -= count;
        for (int i = 0; i < count && latest > recoverUntil; i++) { // no growth during recovery
            window += window < slowStartUntil ? 1 : 1 / window;
        }
        send();
    }

    private void lost(long datagram) {
        inFlight--;
        if (datagram > recoverUntil) {
            recoverUntil = number;
            window = Math.max(2, window / 2);
            slowStartUntil = window;
        }
        send();
    }
}
