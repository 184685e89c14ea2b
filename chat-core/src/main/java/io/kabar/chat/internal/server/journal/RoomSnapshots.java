package io.kabar.chat.internal.server.journal;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.internal.server.log.RoomFold;
import io.kabar.chat.spi.Journal;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The states of rooms, from the journal and to it: when the server starts, a room's state is folded from the newest
 * good snapshot and the entries behind it; now and then the journal is given the next snapshot.
 */
public final class RoomSnapshots {

    /** Events after which a room has its next snapshot: a start reads about as many. */
    static final long EVERY = 1024;

    /**
     * And so many for each run of a client in it, and for each amendment, so that a large snapshot is a small part of
     * what is written.
     */
    private static final int EVENTS_FOR_A_RUN = 4;

    private static final long WANTED_AGAIN = Duration.ofSeconds(1).toNanos();

    private final ServerLoop loop;
    /** Rooms whose state is to be kept anew: what the journal has is damaged, or has a hole behind it. */
    private final Set<RoomName> uncertain = new HashSet<>();

    /** Rooms of which the journal is not given the state before this time, as it has had it just now. */
    private final Map<RoomName, Long> wantedAgain = new HashMap<>(0);
    /** Those of them of which it wants it again. */
    private final Map<RoomName, Room> wanted = new LinkedHashMap<>(0);

    private boolean stopping;

    /** No rooms yet. */
    public RoomSnapshots(ServerLoop loop) {
        this.loop = loop;
    }

    // When the server starts
    // -------------------------------------------------------------------------------------------------------

    /** The state of a room the journal keeps. */
    public RoomFold restore(RoomName name, Journal.Kept kept) {
        RoomFold good = newestGood(name, kept);
        RoomFold state = good == null ? new RoomFold() : good;
        if (good == null) {
            kept.log().behind(0, entry -> foldNext(name, state, entry));
        }
        boolean seen = good != null || (kept.first() == 1 && state.last() > 0);
        if (seen && state.last() <= kept.last()) {
            state.skipTo(kept.last()); // numbers of events that are not kept, or cannot be read
        } else {
            state.adopt(kept);
        }
        if (!kept.worthKeeping()) {
            state.nothingSaid();
        }
        return state;
    }

    private void foldNext(RoomName name, RoomFold state, Journal.Entry entry) {
        long number = entry.event().sequence();
        if (number > state.last() + 1) {
            if (state.last() > 0) {
                uncertain.add(name);
                warn("The log of " + name + " has lost events " + (state.last() + 1) + " to " + (number - 1)
                        + ": its topic, roles and bans are those of before.");
            }
            state.skipTo(number - 1);
        }
        state.fold(entry);
    }

    /** The newest snapshot of this log, and what stands behind it; null if there is none. */
    private @Nullable RoomFold newestGood(RoomName name, Journal.Kept kept) {
        RoomFold ahead = null;
        for (Journal.Snapshot snapshot : kept.snapshots()) {
            RoomFold fold = RoomFold.of(snapshot);
            if (fold == null) {
                uncertain.add(name);
                warn("A snapshot of " + name + " at event " + snapshot.position()
                        + " is damaged; the one before it is used.");
            } else if (fold.last() > kept.last()) {
                uncertain.add(name); // the log has lost its end, or is an older copy, and goes on another way
                ahead = fold;
            } else if (foldsOn(name, fold, kept.log())) {
                return fold;
            } else {
                uncertain.add(name);
            }
        }
        if (ahead == null || kept.first() == 1) {
            return null; // all of the log is there
        }
        ahead.endAt(kept.last(), kept.log());
        return ahead;
    }

    /**
     * Folds what stands behind a state, unless the log has gone on another way meanwhile: then the event that the state
     * ends with is of another epoch there. Of an event that is not kept, or has none, that cannot be seen.
     *
     * @return whether the state is of this log
     */
    private boolean foldsOn(RoomName name, RoomFold state, Journal.Replay log) {
        long position = state.position();
        long epoch = state.epochs().newest();
        boolean[] isAnother = new boolean[1];
        log.behind(Math.max(0, position - 1), entry -> {
            ChatEvent event = entry.event();
            if (event.sequence() <= position) {
                isAnother[0] = event.epoch() != 0 && event.epoch() != epoch;
            } else if (!isAnother[0]) {
                foldNext(name, state, entry);
            }
        });
        return !isAnother[0];
    }

    /**
     * A room was restored: if what the journal has of its state does not cover what is let go of, or many events stand
     * behind it, it is given the present one.
     */
    public void opened(Room room, Journal.Kept kept) {
        long covered = kept.snapshots().isEmpty() ? 0 : kept.snapshots().get(0).position();
        boolean gap = kept.first() > covered + 1 && kept.log() != Journal.Replay.NONE;
        if (uncertain.remove(room.name()) || gap || isDue(room.fold())) {
            take(room);
        }
    }

    private void warn(String sentence) {
        loop.tell(new ServerEvent.Warning(sentence));
    }

    // While it runs
    // -------------------------------------------------------------------------------------------------------

    /** An event was folded into the state of a room. */
    public void committed(Room room, ChatEvent event) {
        if (event.content() instanceof RoomChange || isDue(room.fold())) {
            take(room);
        }
    }

    private static boolean isDue(RoomFold fold) {
        long large = (long) fold.runCount() + fold.amendments().size();
        return fold.sinceSnapshot() >= Math.max(EVERY, EVENTS_FOR_A_RUN * large);
    }

    /** The journal wants the present state of a room, and is given it; once a second, if it asks more often. */
    public void wanted(Room room) {
        long now = loop.now();
        long next = wantedAgain.getOrDefault(room.name(), now);
        if (next <= now || stopping) {
            wantedAgain.values().removeIf(again -> again <= now);
            wantedAgain.put(room.name(), now + WANTED_AGAIN);
            take(room);
        } else if (wanted.put(room.name(), room) == null) {
            loop.at(next, () -> giveWanted(room.name()));
        }
    }

    private void giveWanted(RoomName name) {
        Room room = wanted.remove(name);
        if (room != null) {
            take(room);
        }
    }

    /** The server stops: what the journal wants it is given at once. */
    public void stop() {
        stopping = true;
        List.copyOf(wanted.keySet()).forEach(this::giveWanted);
    }

    /** Gives the journal the present state of a room. */
    public void take(Room room) {
        loop.tell(new ServerEvent.Snapshot(room.name(), room.fold().snapshot()));
    }
}
