package io.kabar.chat.internal.endpoint;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.random.RandomGenerator;

/** What the parts of a server endpoint share: settings, time, randomness, and what is to be told. */
final class ServerCore {
    final ServerSettings settings;
    final RandomGenerator random;
    final InstantSource wallClock;
    final ServerCounters counters = new ServerCounters();
    final ArrayDeque<ServerEvent> events = new ArrayDeque<>();
    /** Monotonic nanoseconds of the present input. */
    long now;

    private long tickets;

    ServerCore(ServerSettings settings, RandomGenerator random, InstantSource wallClock) {
        this.settings = settings;
        this.random = random;
        this.wallClock = wallClock;
    }

    void tell(ServerEvent event) {
        events.add(event);
    }

    long ticket() {
        return ++tickets;
    }
}
