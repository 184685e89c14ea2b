package io.kabar.chat.simulation;

import java.time.Duration;

/** Notices a timer that fires in a storm: somebody who wakes far more often than there is anything to do. */
final class Storm {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    /** Timeouts in a second that need no datagram: of acknowledgements, pacing, presence, for each client. */
    private static final int CALM = 50;
    /** Timeouts for each datagram sent or received: one that paces it, one that acknowledges it, one that misses it. */
    private static final int FOR_DATAGRAM = 3;

    private final World world;
    private final String who;
    private long second;
    private long wakes;
    private long datagrams;

    Storm(World world, String who) {
        this.world = world;
        this.who = who;
        second = world.now;
    }

    void woken() {
        if (world.now - second >= SECOND) {
            second = world.now;
            wakes = 0;
            datagrams = 0;
        }
        wakes++;
        if (wakes > CALM * (1L + world.clients.size()) + FOR_DATAGRAM * datagrams) {
            throw new AssertionError(who + " woke " + wakes + " times within a second for " + datagrams + " datagrams");
        }
    }

    void datagram() {
        datagrams++;
    }
}
