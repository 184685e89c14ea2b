package io.kabar.examples;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.spi.Deletions;
import io.kabar.chat.spi.Journal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A journal of one's own: a list for each room, as a game has whose rooms last as long as the program. It commits at
 * once and keeps everything. The tests hold it to the contract of journals.
 */
public final class ListJournal implements Journal {

    private final Map<RoomName, List<Entry>> rooms = new HashMap<>();
    private Commits commits = new Nobody();

    /** A journal without rooms. */
    public ListJournal() {}

    private final Map<RoomName, Deletions> deletions = new HashMap<>();

    @Override
    public synchronized Map<RoomName, Kept> open(Commits answers) {
        commits = answers;
        Map<RoomName, Kept> kept = new HashMap<>();
        rooms.forEach((room, entries) -> kept.put(room, kept(entries)));
        return kept;
    }

    /** What the log says of its room. */
    private static Kept kept(List<Entry> entries) {
        String topic = "";
        Set<UserName> members = new HashSet<>();
        Map<Long, Long> epochs = new TreeMap<>();
        long epoch = -1;
        for (Entry entry : entries) {
            ChatEvent event = entry.event();
            if (event.epoch() != epoch) {
                epoch = event.epoch();
                epochs.put(event.sequence(), epoch);
            }
            if (event.isJoined()) {
                members.add(event.from());
            } else if (event.isTopic()) {
                topic = event.text();
            }
            members.removeIf(event::endsStayOf);
        }
        return new Kept(1, entries.size(), topic, members, epochs);
    }

    @Override
    public synchronized void propose(Proposal proposal) {
        List<Entry> entries = rooms.computeIfAbsent(proposal.draft().room(), room -> new ArrayList<>());
        ChatEvent event = proposal.draft().withSequence(entries.size() + 1L);
        Instant newest = entries.isEmpty()
                ? event.time()
                : entries.get(entries.size() - 1).event().time();
        Entry entry = new Entry(event.time().isBefore(newest) ? event.withTime(newest) : event, proposal.id());
        entries.add(entry);
        deletions(event.room()).note(event);
        commits.committed(proposal.proposalId(), entry);
    }

    /** What of a room nobody is given any more. */
    private Deletions deletions(RoomName room) {
        return deletions.computeIfAbsent(room, none -> new Deletions());
    }

    @Override
    public synchronized void read(long readId, RoomName room, long from, int maxEvents, int maxBytes) {
        List<Entry> page = new ArrayList<>();
        List<Entry> entries = rooms.getOrDefault(room, List.of());
        long bytes = 0;
        for (long at = from - 1; at < entries.size() && page.size() < maxEvents && bytes < maxBytes; at++) {
            Entry entry = entries.get((int) at);
            page.add(deletions(room).shown(entry));
            bytes += entry.event().size();
        }
        commits.onRead(readId, room, 1, page);
    }

    @Override
    public String retention(RoomName room) {
        return "kept until the program ends";
    }

    @Override
    public void close() {}

    /** Before it is open. */
    private static final class Nobody implements Commits {
        @Override
        public void committed(long proposalId, Entry entry) {}

        @Override
        public void refused(long proposalId, Refusal refusal) {}

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
