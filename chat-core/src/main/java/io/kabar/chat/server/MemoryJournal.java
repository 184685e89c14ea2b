package io.kabar.chat.server;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.spi.Journal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A journal that lasts as long as the program: for tests and for rooms that need no memory. Commits at once. */
public final class MemoryJournal implements Journal {

    /** Events kept of each room; older ones are let go. */
    public static final int DEFAULT_KEPT = 100_000;

    private static final class Log {
        private final List<Entry> entries = new ArrayList<>();
        private final Set<UserName> members = new LinkedHashSet<>();
        private final TreeMap<Long, Long> epochs = new TreeMap<>();
        private final List<Snapshot> snapshots = new ArrayList<>();
        private String topic = "";
        private Instant newest = Instant.MIN;
        private long first;

        private Log(long first) {
            this.first = first;
        }

        private long last() {
            return first + entries.size() - 1;
        }

        private void keep(Snapshot snapshot) {
            snapshots.removeIf(other -> other.position() >= snapshot.position());
            snapshots.add(0, snapshot);
            while (snapshots.size() > 2) {
                snapshots.remove(2);
            }
        }

        private boolean covers(int surplus) {
            return !snapshots.isEmpty() && snapshots.get(0).position() >= first + surplus - 1;
        }

        private void behind(long position, Consumer<Entry> taker) {
            int from = (int) Math.min(Math.max(0, position + 1 - first), entries.size());
            entries.subList(from, entries.size()).forEach(taker);
        }

        /** Nobody is given the text of this event any more, nor that of its edits. */
        private void blank(long target) {
            for (int i = (int) Math.max(0, target - first); i < entries.size(); i++) {
                ChatEvent event = entries.get(i).event();
                boolean edits = event.content().kind() == Content.EDITED && event.ref() == target;
                if (event.sequence() == target || edits) {
                    entries.set(i, new Entry(event.withoutText(), entries.get(i).id()));
                }
            }
        }

        private void add(Entry entry) {
            entries.add(entry);
            ChatEvent event = entry.event();
            if (event.content().kind() == Content.DELETED) {
                blank(event.ref());
            }
            newest = event.time();
            if (epochs.isEmpty() || epochs.lastEntry().getValue() != event.epoch()) {
                epochs.put(event.sequence(), event.epoch());
            }
            if (event.isTopic()) {
                topic = event.text();
            } else if (event.isJoined()) {
                members.add(event.from());
            } else if (event.isLeft()) {
                members.remove(event.from());
            } else if (event.content() instanceof RoomChange) {
                members.removeIf(event::endsStayOf);
            }
        }
    }

    private final int kept;
    private final Map<RoomName, Log> logs = new HashMap<>();
    /** The highest number of any room that was dropped: no room that is made later begins below. */
    private long lastDropped;

    private Commits commits = new NoCommits();

    /** A journal that keeps the newest {@value #DEFAULT_KEPT} events of each room. */
    public MemoryJournal() {
        this(DEFAULT_KEPT);
    }

    /** A journal that keeps the newest {@code kept} events of each room. */
    public MemoryJournal(int kept) {
        if (kept < 1) {
            throw new IllegalArgumentException("A journal keeps at least one event.");
        }
        this.kept = kept;
    }

    @Override
    public synchronized Map<RoomName, Kept> open(Commits answers) {
        commits = answers;
        Map<RoomName, Kept> rooms = new HashMap<>();
        logs.forEach((room, log) -> rooms.put(
                room,
                new Kept(log.first, log.last(), log.topic, Set.copyOf(log.members), Map.copyOf(log.epochs))
                        .with(List.copyOf(log.snapshots), log::behind)));
        return rooms;
    }

    @Override
    public synchronized void propose(Proposal proposal) {
        Log log = logs.computeIfAbsent(proposal.draft().room(), room -> new Log(lastDropped + 1));
        ChatEvent draft = proposal.draft();
        ChatEvent dated = draft.time().isBefore(log.newest) ? draft.withTime(log.newest) : draft;
        Entry entry = new Entry(dated.withSequence(log.last() + 1), proposal.id());
        log.add(entry);
        commits.committed(proposal.proposalId(), entry);
        // Let go in one piece now and then, as each removal at the front moves the whole list.
        int surplus = log.entries.size() - kept;
        if (surplus > kept / 4) {
            if (log.covers(surplus)) {
                log.entries.subList(0, surplus).clear();
                log.first += surplus;
            } else if (surplus % (kept / 4 + 1) == 0) {
                commits.snapshotWanted(proposal.draft().room());
            }
        }
    }

    @Override
    public synchronized void snapshot(RoomName room, Snapshot snapshot) {
        Log log = logs.get(room);
        if (log != null) {
            log.keep(snapshot);
        }
    }

    @Override
    public synchronized void read(long readId, RoomName room, long from, int maxEvents, int maxBytes) {
        Log log = logs.getOrDefault(room, new Log(1));
        long start = Math.max(from, log.first);
        int at = (int) Math.min(start - log.first, log.entries.size());
        int end = at;
        long bytes = 0;
        while (end < Math.min(log.entries.size(), at + maxEvents) && (end == at || bytes < maxBytes)) {
            bytes += log.entries.get(end).event().size();
            end++;
        }
        commits.onRead(readId, room, log.first, List.copyOf(log.entries.subList(at, end)));
    }

    @Override
    public synchronized void drop(RoomName room) {
        Log dropped = logs.remove(room);
        lastDropped = dropped == null ? lastDropped : Math.max(lastDropped, dropped.last());
    }

    @Override
    public String retention(RoomName room) {
        return "kept as long as the server runs, the newest " + kept + " events";
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    private static final class NoCommits implements Commits {
        @Override
        public void committed(long proposalId, Entry entry) {}

        @Override
        public void refused(long proposalId, io.kabar.chat.Refusal refusal) {}

        @Override
        public void onRead(long readId, RoomName room, long first, List<Entry> entries) {}

        @Override
        public void readFailed(long readId, RoomName room) {}

        @Override
        public void forgotten(RoomName room, long first) {}

        @Override
        public void warning(String sentence) {}
    }
}
