package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Amended;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.HistoryPage;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.log.RoomFold;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.spi.Journal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is true: the events of each room. What is proposed gets its number when it is committed, in order. */
final class SimJournal {

    /** Events of a room, the oldest perhaps let go. */
    static final class Log {
        final List<Journal.Entry> entries = new ArrayList<>();
        private final List<Long> times = new ArrayList<>();
        private final List<Journal.Snapshot> snapshots = new ArrayList<>();
        private boolean dropped;
        long first = 1;
        /** The highest number that was ever let go of: a server that was put back since may have told of it. */
        long mostForgotten;
        /** What was here once. Datagrams that tell of it may still be under way. */
        final Set<ChatEvent> tornOff = new HashSet<>();
        /** What was deleted once, also by what is torn off. */
        private final Set<Long> everDeleted = new HashSet<>();

        long last() {
            return entries.size();
        }

        /** Up to where some may not read, as they came later. */
        long mostHidden() {
            boolean some = entries.stream()
                    .anyMatch(entry -> entry.event().content() instanceof RoomChange.ModesSet set
                            && set.changes().containsKey(RoomMode.HISTORY_FOR));
            return some ? last() : 0;
        }

        /** Whether nothing of it was ever lost: what was let go of was let go of behind a snapshot. */
        boolean isWhole() {
            return tornOff.isEmpty() && !dropped;
        }

        /** Who has joined and not left. */
        Set<UserName> members() {
            Set<UserName> members = new LinkedHashSet<>();
            for (Journal.Entry entry : entries) {
                if (entry.event().isJoined()) {
                    members.add(entry.event().from());
                } else if (entry.event().isLeft()) {
                    members.remove(entry.event().from());
                } else if (entry.event().content() instanceof RoomChange) {
                    members.removeIf(entry.event()::endsStayOf);
                }
            }
            return members;
        }

        /** Whose writing it is. */
        Map<Long, Long> epochs() {
            Map<Long, Long> known = new LinkedHashMap<>();
            long newest = 0;
            for (Journal.Entry entry : entries) {
                if (entry.event().epoch() != newest) {
                    newest = entry.event().epoch();
                    known.put(entry.event().sequence(), newest);
                }
            }
            return known;
        }

        private String topic() {
            String topic = "";
            for (Journal.Entry entry : entries) {
                topic = entry.event().isTopic() ? entry.event().text() : topic;
            }
            return topic;
        }

        /** Keeps two snapshots, and none behind the newest. */
        void snapshot(Journal.Snapshot snapshot) {
            snapshots.removeIf(other -> other.position() >= snapshot.position());
            snapshots.add(0, snapshot);
            while (snapshots.size() > 2) {
                snapshots.remove(2);
            }
        }

        /** Up to where a snapshot covers the log: no more of it may go. */
        long covered() {
            return snapshots.stream()
                    .mapToLong(Journal.Snapshot::position)
                    .filter(position -> position <= last())
                    .max()
                    .orElse(0);
        }

        /** What a server is told of it when it starts. */
        Journal.Kept kept() {
            return new Journal.Kept(first, last(), topic(), members(), epochs(), true)
                    .with(List.copyOf(snapshots), (position, taker) -> {
                        for (long seq = Math.max(first, position + 1); seq <= last(); seq++) {
                            taker.accept(entry(seq));
                        }
                    });
        }

        /** The state of a room that a server has made of this is the one that all of the log makes. */
        void assertRestored(RoomFold restored) {
            if (dropped) {
                return; // of what was let go of with the room nobody knows any more
            }
            RoomFold all = new RoomFold();
            entries.forEach(all::fold);
            assertThat(restored.last()).isEqualTo(all.last());
            assertThat(restored.epochs().newest()).isEqualTo(all.epochs().newest());
            if (tornOff.isEmpty()) { // else there may be snapshots of what was torn off only
                assertThat(restored.topic()).isEqualTo(all.topic());
                assertThat(restored.values().events()).isEqualTo(all.values().events());
                assertThat(restored.inside()).containsExactlyInAnyOrderElementsOf(all.inside());
            }
        }

        Journal.Entry entry(long seq) {
            return entries.get((int) seq - 1);
        }

        /** Whether this is what stands in its place; a client knows nothing of the epochs of older events. */
        boolean has(ChatEvent event) {
            return isAs(entry(event.sequence()).event(), event);
        }

        /** Whether what a client has seen is an event of a log: of what was deleted the text may be gone. */
        boolean isAs(ChatEvent there, ChatEvent seen) {
            ChatEvent event = there.withEpoch(0);
            long target = event.content().kind() == Content.EDITED ? event.ref() : event.sequence();
            return event.equals(seen.withEpoch(0))
                    || (everDeleted.contains(target) && event.withoutText().equals(seen.withEpoch(0)));
        }

        /** Whether this was here once, and is not any more. */
        boolean wasTornOff(ChatEvent seen) {
            return tornOff.contains(seen.withEpoch(0)) || tornOff.stream().anyMatch(event -> isAs(event, seen));
        }

        /** The entry that has taken away the text of this one by then; null if none has. */
        @Nullable
        ChatEvent deletionOf(ChatEvent event, long upTo) {
            long target = event.content().kind() == Content.EDITED ? event.ref() : event.sequence();
            for (long seq = target + 1; everDeleted.contains(target) && seq <= Math.min(upTo, last()); seq++) {
                ChatEvent each = entry(seq).event();
                if (each.content().kind() == Content.DELETED && each.ref() == target) {
                    return each;
                }
            }
            return null;
        }

        /** What is read of a room has no text that was deleted before, and tells what became of each event. */
        void check(HistoryPage page, long begunAt) {
            for (ChatEvent event : page.events()) {
                requireShown(event, begunAt);
            }
            if (!tornOff.isEmpty() || dropped || page.events().isEmpty()) {
                return; // what became of those in another log is not what stands here
            }
            Map<Long, Amended> told =
                    page.amended().stream().collect(Collectors.toMap(Amended::sequence, amended -> amended));
            AmendLedger then = upTo(page.lastSequence());
            for (ChatEvent event : page.events()) {
                Amended amended = told.get(event.sequence());
                if (amended != null) {
                    upTo(amended.asOf()).requireTold(event.sequence(), amended);
                } else {
                    World.require(
                            !then.isAmended(event.sequence()), () -> event + " is told as if nothing became of it");
                }
            }
        }

        AmendLedger upTo(long last) {
            return AmendLedger.of(entries.subList(0, (int) Math.min(last, last())).stream()
                    .map(Journal.Entry::event)
                    .toList());
        }

        /** Nobody reads the text of an event that was deleted before they began to read. */
        void requireShown(ChatEvent event, long begunAt) {
            ChatEvent deletion = deletionOf(event, last());
            boolean before = deletion != null && times.get((int) deletion.sequence() - 1) < begunAt;
            World.require(
                    !before || event.equals(event.withoutText()),
                    () -> event + " is read after it was deleted by " + deletion);
        }

        long count(Class<? extends Content> kind) {
            return entries.stream()
                    .filter(entry -> kind.isInstance(entry.event().content()))
                    .count();
        }
    }

    /** Proposals whose commit has not been answered, oldest first. */
    final ArrayDeque<Journal.Proposal> waiting = new ArrayDeque<>();
    /** Time from a proposal to its commit, and from a read to its answer, in nanoseconds. */
    long delay;
    /** Whether everything is refused at present. */
    boolean failing;
    /** Proposals that will be refused: they were lost. */
    final Set<Long> lost = new HashSet<>();

    private final Map<RoomName, Log> logs = new LinkedHashMap<>();

    Map<RoomName, Log> logs() {
        return logs;
    }

    Log log(RoomName room) {
        return logs.computeIfAbsent(room, name -> new Log());
    }

    /** The time when an event was committed. */
    long committedAt(RoomName room, long seq) {
        return log(room).times.get((int) seq - 1);
    }

    /** Stores a proposal as the next event of its room. */
    Journal.Entry commit(Journal.Proposal proposal, long now) {
        Log log = log(proposal.draft().room());
        log.times.add(now);
        Journal.Entry entry = new Journal.Entry(numbered(proposal.draft(), log.last() + 1), proposal.id());
        log.entries.add(entry);
        if (entry.event().content().kind() == Content.DELETED) {
            log.everDeleted.add(entry.event().ref());
        }
        return entry;
    }

    /** A page as a real journal reads it. */
    List<Journal.Entry> read(RoomName room, long from, int maxEvents, int maxBytes) {
        Log log = log(room);
        List<Journal.Entry> page = new ArrayList<>();
        long bytes = 0;
        for (long seq = Math.max(from, log.first); seq <= log.last() && page.size() < maxEvents; seq++) {
            Journal.Entry entry = log.entry(seq);
            bytes += entry.event().size();
            if (bytes > maxBytes && !page.isEmpty()) {
                break;
            }
            page.add(entry);
        }
        return page;
    }

    /** Loses the end of a room's log, behind event {@code last}. */
    void tearOff(RoomName room, long last) {
        Log log = log(room);
        if (last < log.last()) {
            List<Journal.Entry> end = log.entries.subList((int) last, log.entries.size());
            end.forEach(entry -> log.tornOff.add(entry.event().withEpoch(0)));
            end.clear();
            log.times.subList((int) last, log.times.size()).clear();
            // A copy that is older than a snapshot is from before anything was let go of that only that one covers.
            log.first = Math.min(log.first, log.covered() + 1);
            if (last == 0) {
                log.snapshots.clear(); // a copy from before the room, of which no server would know
            }
        }
    }

    /** The newest event of a room that was there at a time. */
    long lastAt(RoomName room, long time) {
        List<Long> times = log(room).times;
        int last = times.size();
        while (last > 0 && times.get(last - 1) > time) {
            last--;
        }
        return last;
    }

    /** Lets go of a room. */
    void drop(RoomName room) {
        Log log = log(room);
        forgetBefore(room, log.last() + 1);
        log.snapshots.clear();
        log.dropped = true;
    }

    /** Lets go of everything before {@code first}. */
    void forgetBefore(RoomName room, long first) {
        Log log = log(room);
        assertThat(first).isBetween(log.first, log.last() + 1);
        log.first = first;
        log.mostForgotten = Math.max(log.mostForgotten, first - 1);
    }

    static ChatEvent numbered(ChatEvent draft, long seq) {
        // Time is kept in milliseconds, as on disk and on the wire.
        return draft.withTime(Instant.ofEpochMilli(draft.time().toEpochMilli())).withSequence(seq);
    }
}
