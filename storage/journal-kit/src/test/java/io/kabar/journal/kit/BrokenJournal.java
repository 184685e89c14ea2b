package io.kabar.journal.kit;

import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.server.MemoryJournal;
import io.kabar.chat.spi.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A journal with a defect. */
class BrokenJournal implements Journal {

    final Journal whole = new MemoryJournal();

    @Override
    public Map<RoomName, Kept> open(Commits commits) {
        return whole.open(commits);
    }

    @Override
    public void propose(Proposal proposal) {
        whole.propose(proposal);
    }

    @Override
    public void read(long number, RoomName room, long from, int maxEvents, int maxBytes) {
        whole.read(number, room, from, maxEvents, maxBytes);
    }

    @Override
    public void drop(RoomName room) {
        whole.drop(room);
    }

    @Override
    public String retention(RoomName room) {
        return whole.retention(room);
    }

    @Override
    public void close() {
        whole.close();
    }

    /** Hands answers on. */
    static class Between implements Commits {

        final Commits commits;

        Between(Commits commits) {
            this.commits = commits;
        }

        @Override
        public void committed(long number, Entry entry) {
            commits.committed(number, entry);
        }

        @Override
        public void refused(long number, Refusal refusal) {
            commits.refused(number, refusal);
        }

        @Override
        public void onRead(long number, RoomName room, long first, List<Entry> entries) {
            commits.onRead(number, room, first, entries);
        }

        @Override
        public void readFailed(long number, RoomName room) {
            commits.readFailed(number, room);
        }

        @Override
        public void forgotten(RoomName room, long first) {
            commits.forgotten(room, first);
        }

        @Override
        public void warning(String sentence) {
            commits.warning(sentence);
        }
    }

    /** Leaves out a number now and then. */
    static final class Holes extends BrokenJournal {
        @Override
        public Map<RoomName, Kept> open(Commits commits) {
            return whole.open(new Between(commits) {
                @Override
                public void committed(long number, Entry entry) {
                    long place = entry.event().sequence();
                    super.committed(number, new Entry(entry.event().withSequence(place + place / 10), entry.id()));
                }
            });
        }
    }

    /** Keeps no ids. */
    static final class NoIds extends BrokenJournal {
        @Override
        public Map<RoomName, Kept> open(Commits commits) {
            return whole.open(new Between(commits) {
                @Override
                public void onRead(long number, RoomName room, long first, List<Entry> entries) {
                    super.onRead(
                            number,
                            room,
                            first,
                            entries.stream()
                                    .map(entry -> new Entry(entry.event(), MessageId.NONE))
                                    .toList());
                }
            });
        }
    }

    /** Takes over whatever time an event has. */
    static final class AnyTime extends BrokenJournal {
        @Override
        public void propose(Proposal proposal) {
            whole.propose(proposal);
        }

        @Override
        public Map<RoomName, Kept> open(Commits commits) {
            return whole.open(new Between(commits) {
                @Override
                public void committed(long number, Entry entry) {
                    boolean early = entry.event().text().startsWith("before");
                    super.committed(
                            number,
                            early
                                    ? new Entry(entry.event().withTime(Drafts.NOON.minusSeconds(60)), entry.id())
                                    : entry);
                }
            });
        }
    }

    /** Gives one event less than there is. */
    static final class ReadsShort extends BrokenJournal {
        @Override
        public void read(long number, RoomName room, long from, int maxEvents, int maxBytes) {
            whole.read(number, room, from + 1, maxEvents, maxBytes);
        }
    }

    /** Answers each second proposal before the first. */
    static final class OutOfOrder extends BrokenJournal {

        private final List<Proposal> held = new ArrayList<>();

        @Override
        public void propose(Proposal proposal) {
            held.add(0, proposal);
            if (held.size() == 2) {
                held.forEach(whole::propose);
                held.clear();
            }
        }
    }

    /** Forgets at the close what it has not answered. */
    static final class Silent extends BrokenJournal {
        @Override
        public void propose(Proposal proposal) {
            if (!proposal.draft().text().equals("text 150")) {
                whole.propose(proposal);
            }
        }
    }
}
