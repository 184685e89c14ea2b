package io.kabar.chat.internal.server;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.internal.server.log.RoomLog;
import io.kabar.chat.internal.server.room.ReadMarks;
import io.kabar.chat.internal.server.room.RoomRegistry;
import io.kabar.chat.internal.wire.ServerMessage;
import io.kabar.chat.spi.Journal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;

/**
 * Tells people of what waits for them in their conversations of two: as it happens, and when they sign in, on each of
 * their devices, from the first event on that they have not read.
 *
 * <p>A journal keeps no marks of reading. After a start of the server the log of a conversation is looked through once,
 * when somebody signs in who may have to be told: what they have said last there themselves is where they have read to.
 */
final class Conversations {

    /** How far back is looked for what somebody has said: more than that has nobody unread. */
    static final int LOOKED_THROUGH = JournalRequests.PAGE_EVENTS;
    /** Logs that are looked through at a time. */
    private static final int LOOKS = 2;
    /** When it is tried again if the journal could not be read. */
    private static final long AGAIN = Duration.ofSeconds(5).toNanos();
    /** Conversations told in one piece of the list of those that wait. */
    private static final int PER_PIECE = 16;
    /** Conversations looked at for it. */
    private static final int SEEN_PER_PIECE = 512;

    private final ServerCore core;
    private final JournalRequests journal;
    private final LiveRooms liveRooms;
    private final RoomRegistry rooms;
    private final Users users;
    private final ArrayDeque<LiveRoom> waiting = new ArrayDeque<>();
    private int looks;

    Conversations(ServerCore core, JournalRequests journal, LiveRooms liveRooms, RoomRegistry rooms, Users users) {
        this.core = core;
        this.journal = journal;
        this.liveRooms = liveRooms;
        this.rooms = rooms;
        this.users = users;
    }

    /** Something was said in a conversation. */
    void committed(LiveRoom liveRoom, ReadMarks marks, ChatEvent event) {
        marks.said(rooms.person(event.from()), event.sequence());
        liveRooms.isActive(liveRoom);
        tell(liveRoom, marks.one, marks, event.sequence());
        tell(liveRoom, marks.other, marks, event.sequence());
    }

    /** Tells the devices of somebody that are not there, each of them once, until it has been there. */
    private void tell(LiveRoom liveRoom, String person, ReadMarks marks, long newest) {
        User user = users.known(person);
        if (user == null || user.sessions.isEmpty()) {
            return;
        }
        if (marks.of(person) == ReadMarks.UNKNOWN) {
            look(liveRoom, marks);
            return;
        }
        long first = Math.min(firstUnread(liveRoom, marks, person), newest);
        for (ServerSession session : user.sessions) {
            tell(session, liveRoom, first);
        }
    }

    private void tell(ServerSession session, LiveRoom liveRoom, long first) {
        if (!session.byRoom.containsKey(liveRoom.room.number()) && session.directTold.add(liveRoom.room.number())) {
            core.defects.apart(
                    session, () -> session.say(new ServerMessage.DirectWaiting(liveRoom.room.name(), first), core.now));
        }
    }

    /** The first event that somebody has not read, perhaps one that is still to come. */
    private long firstUnread(LiveRoom liveRoom, ReadMarks marks, String person) {
        liveRoom.present.forEach(present -> {
            if (present.cursor != null) {
                marks.read(rooms.person(present.session.name()), present.cursor.delivered());
            }
        });
        return Math.max(liveRoom.room.log().firstKept(), marks.of(person) + 1);
    }

    /**
     * Somebody has signed in: tells this device of all conversations with something in them that they have not read.
     */
    void signedIn(ServerSession session) {
        String person = rooms.person(session.name());
        List<LiveRoom> theirs = liveRooms.conversationsOf(person);
        if (!theirs.isEmpty()) {
            session.outbox().list(new Waiting(person, theirs), core.now);
        }
    }

    /** Conversations, those first in which something happened last. */
    private final class Waiting implements ServerControlQueue.Listing {
        private final String person;
        private final List<LiveRoom> all;
        private int next;
        private int told;

        Waiting(String person, List<LiveRoom> all) {
            this.person = person;
            this.all = all;
        }

        @Override
        public int taken() {
            return all.size();
        }

        @Override
        public boolean sayNext(ServerSession session) {
            int enough = told + PER_PIECE;
            int end = Math.min(all.size(), next + SEEN_PER_PIECE);
            while (next < end && told < enough) {
                LiveRoom liveRoom = all.get(next++);
                ReadMarks marks = liveRoom.marks;
                if (marks == null
                        || liveRoom.room.log().last() < liveRoom.room.log().firstKept()) {
                    continue;
                }
                if (marks.of(person) == ReadMarks.UNKNOWN) {
                    told++; // it costs as much
                    look(liveRoom, marks);
                } else if (firstUnread(liveRoom, marks, person)
                        <= liveRoom.room.log().last()) {
                    told++;
                    tell(session, liveRoom, firstUnread(liveRoom, marks, person));
                }
            }
            return next < all.size() && told < ServerSession.DIRECT_TOLD;
        }
    }

    // What they have read, as far as their words tell

    private void look(LiveRoom liveRoom, ReadMarks marks) {
        if (!marks.looking) {
            marks.looking = true;
            waiting.add(liveRoom);
            lookOn();
        }
    }

    private void lookOn() {
        while (looks < LOOKS && !waiting.isEmpty()) {
            LiveRoom liveRoom = waiting.remove();
            ReadMarks marks = liveRoom.marks;
            if (marks != null) {
                looks++;
                new Look(liveRoom, marks).read();
            }
        }
    }

    /** The newest events of a conversation, read forwards. */
    private final class Look implements JournalRequests.PageTaker {
        private final LiveRoom liveRoom;
        private final ReadMarks marks;
        private final long from;
        private long next;
        private long saidByOne;
        private long saidByOther;

        Look(LiveRoom liveRoom, ReadMarks marks) {
            this.liveRoom = liveRoom;
            this.marks = marks;
            RoomLog log = liveRoom.room.log();
            from = Math.max(log.firstKept(), log.last() - LOOKED_THROUGH + 1);
            next = from;
        }

        void read() {
            journal.readPage(liveRoom.room, next, this);
        }

        @Override
        public void took(List<Journal.Entry> page) {
            for (Journal.Entry entry : page) {
                ChatEvent event = entry.event();
                String person = rooms.person(event.from());
                saidByOne = person.equals(marks.one) ? event.sequence() : saidByOne;
                saidByOther = person.equals(marks.other) ? event.sequence() : saidByOther;
                next = event.sequence() + 1;
            }
            if (!page.isEmpty() && next <= liveRoom.room.log().last()) {
                read();
                return;
            }
            marks.read(marks.one, Math.max(saidByOne, from - 1));
            marks.read(marks.other, Math.max(saidByOther, from - 1));
            over();
            tellAgain(marks.one);
            tellAgain(marks.other);
        }

        private void tellAgain(String person) {
            if (firstUnread(liveRoom, marks, person) <= liveRoom.room.log().last()) {
                tell(liveRoom, person, marks, liveRoom.room.log().last());
            }
        }

        @Override
        public void failed() {
            core.delayedTasks.at(core.now + AGAIN, () -> {
                over();
                if (users.known(marks.one) != null || users.known(marks.other) != null) {
                    look(liveRoom, marks);
                }
            });
        }

        private void over() {
            marks.looking = false;
            looks--;
            lookOn();
        }
    }

    void addHeld(Map<String, Integer> held) {
        held.put("looks", looks + waiting.size());
    }
}
