package io.kabar.chat.internal.server.room;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.journal.JournalRequests;
import io.kabar.chat.internal.server.journal.PageTaker;
import io.kabar.chat.internal.server.log.Cursor;
import io.kabar.chat.internal.server.log.ReadMarks;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.internal.server.log.RoomLog;
import io.kabar.chat.internal.server.session.ServerControlQueue;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.server.session.User;
import io.kabar.chat.internal.server.session.Users;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.spi.Journal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells people of what waits for them in their conversations of two: as it happens, and when they sign in, on each of
 * their devices, from the first event on that they have not read.
 *
 * <p>A journal keeps no marks of reading. After a start of the server the log of a conversation is looked through once,
 * when somebody signs in who may have to be told: what they have said last there themselves is where they have read to,
 * and what was written before events named accounts is no news.
 */
public final class Conversations {

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

    private final ServerLoop loop;
    private final JournalRequests journal;
    private final LiveRooms liveRooms;
    private final Users users;
    private final ArrayDeque<LiveRoom> waiting = new ArrayDeque<>();
    private int looks;

    Conversations(ServerLoop loop, JournalRequests journal, LiveRooms liveRooms, Users users) {
        this.loop = loop;
        this.journal = journal;
        this.liveRooms = liveRooms;
        this.users = users;
    }

    /** An event is in a room's log: if the room is a conversation, the two hear of it. */
    void committed(LiveRoom liveRoom, ChatEvent event) {
        ReadMarks marks = liveRoom.marks();
        if (marks != null) {
            marks.spoke(event.author());
            marks.said(event.author().account(), event.sequence());
            liveRooms.isActive(liveRoom);
            tell(liveRoom, marks.one(), marks, event.sequence());
            tell(liveRoom, marks.other(), marks, event.sequence());
        }
    }

    /** Tells the devices of somebody that are not there, each of them once, until it has been there. */
    private void tell(LiveRoom liveRoom, long person, ReadMarks marks, long newest) {
        User user = users.of(person);
        if (user == null || !user.isHere()) {
            return;
        }
        if (marks.of(person) == ReadMarks.UNKNOWN) {
            look(liveRoom, marks);
            return;
        }
        long first = Math.min(firstUnread(liveRoom, marks, person), newest);
        for (ServerSession session : user.sessions()) {
            SessionRooms rooms = SessionRooms.of(session);
            if (rooms != null) {
                tell(rooms, liveRoom.room(), marks, first);
            }
        }
    }

    /** Tells a session of a conversation that it is not in, from this event on, unless it knows already. */
    private void tell(SessionRooms rooms, Room room, ReadMarks marks, long first) {
        if (rooms.occupant(room.roomId()) == null && rooms.told().add(room.roomId())) {
            ServerSession session = rooms.session();
            long partner = room.name().partnerOf(session.user().author().account());
            liveRooms.nameOf(
                    marks,
                    partner,
                    name -> session.serve(
                            () -> session.say(new ServerMessage.DirectWaiting(room.name(), first, name))));
        }
    }

    /** Conversations that a session was told of lately and is not in: once is enough, it reads from there on. */
    static final class Told {
        /** How many are remembered. */
        static final int MOST = 1024;

        private final Set<Long> rooms = new LinkedHashSet<>(2);

        /** Tells whether it is another one. */
        boolean add(long room) {
            boolean isNews = rooms.add(room);
            if (rooms.size() > MOST) {
                rooms.remove(rooms.iterator().next());
            }
            return isNews;
        }

        /** It is entered, and may be told of once more when it was left. */
        void forget(long room) {
            rooms.remove(room);
        }
    }

    /** The first event that somebody has not read, perhaps one that is still to come. */
    public long firstUnread(LiveRoom liveRoom, ReadMarks marks, long person) {
        noteRead(liveRoom, marks);
        return Math.max(liveRoom.room().log().firstKept(), marks.of(person) + 1);
    }

    /**
     * Somebody has signed in: tells this device of all conversations with something in them that they have not read.
     */
    void signedIn(SessionRooms rooms) {
        ServerSession session = rooms.session();
        long person = session.user().author().account();
        List<LiveRoom> theirs = liveRooms.conversationsOf(person);
        if (!theirs.isEmpty()) {
            session.controlQueue().list(new Waiting(rooms, person, theirs));
        }
    }

    /** Conversations, those first in which something happened last. */
    private final class Waiting implements ServerControlQueue.Listing {
        private final SessionRooms rooms;
        private final long person;
        private final List<LiveRoom> all;
        private int next;
        private int told;

        Waiting(SessionRooms rooms, long person, List<LiveRoom> all) {
            this.rooms = rooms;
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
                ReadMarks marks = liveRoom.marks();
                if (marks == null
                        || liveRoom.room().log().last() < liveRoom.room().log().firstKept()) {
                    continue;
                }
                if (marks.of(person) == ReadMarks.UNKNOWN) {
                    told++; // it costs as much
                    look(liveRoom, marks);
                    continue;
                }
                long first = firstUnread(liveRoom, marks, person);
                if (first <= liveRoom.room().log().last()) {
                    told++;
                    tell(rooms, liveRoom.room(), marks, first);
                }
            }
            return next < all.size() && told < Told.MOST;
        }
    }

    // What they have read, as far as their words tell

    private void look(LiveRoom liveRoom, ReadMarks marks) {
        if (marks.beginLook()) {
            waiting.add(liveRoom);
            lookOn();
        }
    }

    private void lookOn() {
        while (looks < LOOKS && !waiting.isEmpty()) {
            LiveRoom liveRoom = waiting.remove();
            ReadMarks marks = liveRoom.marks();
            if (marks != null) {
                looks++;
                new Look(liveRoom, marks).read();
            }
        }
    }

    /** The newest events of a conversation, read forwards. */
    private final class Look implements PageTaker {
        private final LiveRoom liveRoom;
        private final ReadMarks marks;
        private final long from;
        private long next;
        private long saidByOne;
        private long saidByOther;

        Look(LiveRoom liveRoom, ReadMarks marks) {
            this.liveRoom = liveRoom;
            this.marks = marks;
            RoomLog log = liveRoom.room().log();
            from = Math.max(log.firstKept(), log.last() - LOOKED_THROUGH + 1);
            next = from;
        }

        void read() {
            journal.readPage(liveRoom.room(), next, this);
        }

        @Override
        public void took(List<Journal.Entry> page) {
            for (Journal.Entry entry : page) {
                ChatEvent event = entry.event();
                long by = event.author().account();
                marks.spoke(event.author());
                saidByOne = by == marks.one() || by == 0 ? event.sequence() : saidByOne;
                saidByOther = by == marks.other() || by == 0 ? event.sequence() : saidByOther;
                next = event.sequence() + 1;
            }
            if (!page.isEmpty() && next <= liveRoom.room().log().last()) {
                read();
                return;
            }
            marks.read(marks.one(), Math.max(saidByOne, from - 1));
            marks.read(marks.other(), Math.max(saidByOther, from - 1));
            over();
            tellAgain(marks.one());
            tellAgain(marks.other());
        }

        private void tellAgain(long person) {
            if (firstUnread(liveRoom, marks, person) <= liveRoom.room().log().last()) {
                tell(liveRoom, person, marks, liveRoom.room().log().last());
            }
        }

        @Override
        public void failed() {
            loop.at(loop.now() + AGAIN, () -> {
                over();
                if (users.of(marks.one()) != null || users.of(marks.other()) != null) {
                    look(liveRoom, marks);
                }
            });
        }

        private void over() {
            marks.endLook();
            looks--;
            lookOn();
        }
    }

    void addHeld(Map<String, Integer> held) {
        held.put("looks", looks + waiting.size());
    }

    /** Notes up to where those of a conversation who are here have read it. */
    private void noteRead(LiveRoom liveRoom, ReadMarks ofTheTwo) {
        for (Occupant occupant : liveRoom.present()) {
            Cursor cursor = occupant.cursor();
            if (cursor != null) {
                ofTheTwo.read(occupant.account(), cursor.delivered());
            }
        }
    }
}
