package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.log.Epochs;
import io.kabar.chat.internal.server.log.LogEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is true: the events of each room. What is proposed gets its number when it is committed, in order. */
final class SimJournal {

    /** Events of a room, the oldest perhaps let go. */
    static final class Log {
        final List<LogEntry> entries = new ArrayList<>();
        private final List<Long> times = new ArrayList<>();
        long first = 1;
        /** The highest number that was ever let go of: a server that was put back since may have told of it. */
        long mostForgotten;
        /** What was here once. Datagrams that tell of it may still be under way. */
        final Set<ChatEvent> tornOff = new HashSet<>();

        long last() {
            return entries.size();
        }

        /** Who has joined and not left. */
        Set<UserName> members() {
            Set<UserName> members = new LinkedHashSet<>();
            for (LogEntry entry : entries) {
                if (entry.event() instanceof ChatEvent.Joined joined) {
                    members.add(joined.from());
                } else if (entry.event() instanceof ChatEvent.Left left) {
                    members.remove(left.from());
                }
            }
            return members;
        }

        /** Whose writing it is. */
        Epochs epochs() {
            Map<Long, Long> known = new LinkedHashMap<>();
            long newest = 0;
            for (LogEntry entry : entries) {
                if (entry.epoch() != newest) {
                    newest = entry.epoch();
                    known.put(entry.event().sequence(), newest);
                }
            }
            return new Epochs(known);
        }

        LogEntry entry(long seq) {
            return entries.get((int) seq - 1);
        }

        long count(Class<? extends ChatEvent> kind) {
            return entries.stream()
                    .filter(entry -> kind.isInstance(entry.event()))
                    .count();
        }
    }

    /** Proposals whose commit has not been answered, oldest first. */
    final ArrayDeque<ServerEvent.Propose> waiting = new ArrayDeque<>();
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
    LogEntry commit(ServerEvent.Propose proposal, long now) {
        Log log = log(proposal.draft().room());
        log.times.add(now);
        LogEntry entry = new LogEntry(numbered(proposal.draft(), log.last() + 1), proposal.id(), proposal.epoch());
        log.entries.add(entry);
        return entry;
    }

    /** A page as a real journal reads it. */
    List<LogEntry> read(RoomName room, long from, int maxEvents, int maxBytes) {
        Log log = log(room);
        List<LogEntry> page = new ArrayList<>();
        long bytes = 0;
        for (long seq = Math.max(from, log.first); seq <= log.last() && page.size() < maxEvents; seq++) {
            LogEntry entry = log.entry(seq);
            bytes += entry.event() instanceof ChatEvent.Said said ? said.text().length() : 0;
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
            List<LogEntry> end = log.entries.subList((int) last, log.entries.size());
            end.forEach(entry -> log.tornOff.add(entry.event()));
            end.clear();
            log.times.subList((int) last, log.times.size()).clear();
            log.first = Math.min(log.first, last + 1);
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

    /** Lets go of everything before {@code first}. */
    void forgetBefore(RoomName room, long first) {
        Log log = log(room);
        assertThat(first).isBetween(log.first, log.last() + 1);
        log.first = first;
        log.mostForgotten = Math.max(log.mostForgotten, first - 1);
    }

    static ChatEvent numbered(ChatEvent draft, long seq) {
        // Time is kept in milliseconds, as on disk and on the wire.
        java.time.Instant time = java.time.Instant.ofEpochMilli(draft.time().toEpochMilli());
        if (draft instanceof ChatEvent.Said e) {
            return new ChatEvent.Said(e.room(), seq, time, e.from(), e.text(), e.action());
        } else if (draft instanceof ChatEvent.Joined e) {
            return new ChatEvent.Joined(e.room(), seq, time, e.from());
        } else if (draft instanceof ChatEvent.Left e) {
            return new ChatEvent.Left(e.room(), seq, time, e.from(), e.reason());
        } else if (draft instanceof ChatEvent.Topic e) {
            return new ChatEvent.Topic(e.room(), seq, time, e.from(), e.topic());
        }
        throw new AssertionError(draft);
    }
}
