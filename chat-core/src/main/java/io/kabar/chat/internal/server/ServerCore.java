package io.kabar.chat.internal.server;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.LogPosition;
import io.kabar.chat.RoomName;
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

    private long calls;

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

    /** An event as this server would write it now. */
    ChatEvent draft(RoomName room, Author author, Content content) {
        return draft(room, author, 0, content);
    }

    /** The same of an event that answers another one. */
    ChatEvent draft(RoomName room, Author author, long ref, Content content) {
        return new ChatEvent(room, epoch, 0, time(), author, ref, content);
    }

    void tell(ServerEvent event) {
        events.add(event);
    }

    /** Something that is asked for by this number was never asked for by it before. */
    long callId() {
        return ++calls;
    }
}
