package io.kabar.chat.internal.server;

import io.kabar.chat.LogPosition;
import io.kabar.chat.internal.server.core.Deadlines;
import io.kabar.chat.internal.server.core.DelayedTasks;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.ServerSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.random.RandomGenerator;

/** What the parts of a server endpoint share: settings, time, randomness, and what is to be told. */
final class ServerCore {
    final ServerSettings settings;
    final RandomGenerator random;
    private final InstantSource wallClock;
    final AddressRates addressRates;
    final ServerCounters counters = new ServerCounters();
    final ArrayDeque<ServerEvent> events = new ArrayDeque<>();
    final Deadlines deadlines = new Deadlines();
    final Defects defects = new Defects(this);
    final DelayedTasks delayedTasks = new DelayedTasks(deadlines, e -> defects.met("An errand of the server", e));
    /** Monotonic nanoseconds of the present input. */
    long now;

    /** Whether the server is about to end: nobody is let in, and nobody leaves. */
    boolean stopping;

    /** What this run of the server writes, it writes in this epoch. */
    final long epoch;

    private long tickets;

    ServerCore(ServerSettings settings, RandomGenerator random, InstantSource wallClock) {
        this.settings = settings;
        addressRates = new AddressRates(settings);
        this.random = random;
        this.wallClock = wallClock;
        epoch = random.nextLong(1, LogPosition.MAX_EPOCH + 1);
    }

    /** Wall time in milliseconds, which is what is kept and sent: finer, an event would change when it is read back. */
    Instant time() {
        return Instant.ofEpochMilli(wallClock.millis());
    }

    void tell(ServerEvent event) {
        events.add(event);
    }

    long ticket() {
        return ++tickets;
    }
}
