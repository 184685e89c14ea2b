package io.kabar.chat.internal.server.room;

import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.Lookups;
import io.kabar.chat.internal.server.core.Questions;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.core.ServerSettings;
import io.kabar.chat.internal.server.journal.JournalRequests;
import io.kabar.chat.internal.server.log.ReadMarks;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.internal.server.log.RoomRegistry;
import io.kabar.chat.internal.server.order.Order;
import io.kabar.chat.internal.server.session.SignalBeat;
import io.kabar.chat.internal.server.session.User;
import io.kabar.chat.internal.server.session.Users;
import io.kabar.chat.spi.Journal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The rooms of a server, each with who is in it. */
public final class LiveRooms {

    /** Rooms looked at for one that may go, when one more is asked for: a moment's work. */
    private static final int LOOKED_AT = 16;

    private final ServerLoop loop;
    private final ServerSettings settings;
    private final JournalRequests journal;
    private final Users users;
    private final Lookups lookups;
    private final Questions questions;
    private final RoomRegistry rooms;
    private final SignalBeat signalBeat;
    private final Map<Room, LiveRoom> liveRooms = new HashMap<>();
    /** Conversations of two by each of the two, the one in which something happened last at the end. */
    private final Map<Long, Set<LiveRoom>> conversations = new HashMap<>();

    /** Who is in a conversation with somebody of this name. */
    private final Map<UserName, Set<Occupant>> partners = new HashMap<>();

    /** Rooms of which nothing was kept any more when they were looked at last. */
    private final Set<Room> aged = new LinkedHashSet<>();

    LiveRooms(
            ServerLoop loop,
            ServerSettings settings,
            JournalRequests journal,
            Users users,
            Questions questions,
            Lookups lookups) {
        this.loop = loop;
        this.settings = settings;
        this.journal = journal;
        this.users = users;
        this.lookups = lookups;
        this.questions = questions;
        signalBeat = new SignalBeat(loop);
        rooms = new RoomRegistry(settings.historyInMemory(), settings.quotas().maxRooms());
    }

    /** The rooms by their names. */
    RoomRegistry registry() {
        return rooms;
    }

    ServerLoop loop() {
        return loop;
    }

    ServerSettings settings() {
        return settings;
    }

    JournalRequests journal() {
        return journal;
    }

    /** What the host program is asked. */
    Questions questions() {
        return questions;
    }

    /** When signals are sent. */
    SignalBeat signalBeat() {
        return signalBeat;
    }

    /** Who is signed in. */
    Users users() {
        return users;
    }

    /** Who may come in and speak on the whole server. */
    public Order order() {
        return users.order();
    }

    /** Who is asked whether there is somebody. */
    Lookups lookups() {
        return lookups;
    }

    @Nullable
    public Room find(RoomName name) {
        return rooms.find(name);
    }

    /** The room of this name, made if there is none; null if there are too many rooms. */
    @Nullable
    LiveRoom findOrMake(RoomName name) {
        if (!rooms.hasPlace() && rooms.exact(name) == null) {
            letGoOfAged();
        }
        boolean isNew = rooms.exact(name) == null;
        Room room = rooms.findOrMake(name);
        if (isNew && room != null) {
            order().forgetRoom(name); // what there is of one was another room's, which is gone
        }
        return room == null ? null : of(room);
    }

    /**
     * What a room has kept is less than before, perhaps nothing: then it gives its place to another room, if need be.
     */
    void noteKept(Room room) {
        // Of a conversation that went nobody would know any more what was said before: nobody joins it, as one joins a
        // room.
        if (room.isAgedOut() && !room.name().isDirect()) {
            aged.add(room);
        }
    }

    /**
     * Lets go of rooms in which nobody is and of which nothing is kept, to make place for one. The journal knows their
     * numbers: when such a room is entered again, it goes on behind them.
     */
    private void letGoOfAged() {
        for (int i = 0; i < LOOKED_AT && !aged.isEmpty() && !rooms.hasPlace(); i++) {
            Room room = aged.iterator().next();
            aged.remove(room);
            if (room.isAgedOut() && rooms.exact(room.name()) == room) { // else it comes again when it has aged anew
                if (isDeserted(of(room))) {
                    remove(of(room));
                } else {
                    aged.add(room);
                }
            }
        }
    }

    /**
     * Forgets a room nobody is in, if nothing has happened there beside people coming and going: an empty room costs
     * nothing, and what the journal has of it may go as well. The lobby, which everybody enters unless they say
     * otherwise, always stays. Called whenever a room may have been left empty.
     */
    void releaseIfEmpty(LiveRoom liveRoom) {
        Room room = liveRoom.room();
        if (!room.isWorthKeeping() && isDeserted(liveRoom) && rooms.exact(room.name()) == room) {
            remove(liveRoom);
            if (room.log().last() > 0) {
                loop.tell(new ServerEvent.Drop(room.name()));
            }
        }
    }

    private static boolean isDeserted(LiveRoom liveRoom) {
        return !liveRoom.room().name().equals(RoomName.LOBBY) && liveRoom.room().isDeserted() && liveRoom.isDeserted();
    }

    private void remove(LiveRoom liveRoom) {
        rooms.remove(liveRoom.room());
        liveRooms.remove(liveRoom.room());
        aged.remove(liveRoom.room());
        order().forgetRoom(liveRoom.room().name());
        ReadMarks marks = liveRoom.marks();
        if (marks != null) {
            forget(marks.one(), liveRoom);
            forget(marks.other(), liveRoom);
        }
    }

    public LiveRoom of(Room room) {
        LiveRoom liveRoom = liveRooms.get(room);
        return liveRoom == null ? make(room) : liveRoom;
    }

    private LiveRoom make(Room room) {
        ReadMarks marks = null;
        if (room.name().isDirect()) {
            boolean isNew = room.log().last() < room.log().firstKept();
            List<Long> two = room.name().accounts();
            marks = new ReadMarks(two.get(0), two.get(1), isNew);
        }
        LiveRoom liveRoom = new LiveRoom(this, room, marks);
        liveRooms.put(room, liveRoom);
        noteKept(room);
        if (marks != null) {
            for (long account : room.name().accounts()) {
                long read = liveRoom.readUpTo(account);
                marks.read(account, read == 0 ? ReadMarks.UNKNOWN : read);
            }
            conversations
                    .computeIfAbsent(marks.one(), key -> new LinkedHashSet<>(2))
                    .add(liveRoom);
            conversations
                    .computeIfAbsent(marks.other(), key -> new LinkedHashSet<>(2))
                    .add(liveRoom);
        }
        return liveRoom;
    }

    private void forget(long person, LiveRoom liveRoom) {
        conversations.computeIfPresent(person, (key, theirs) -> {
            theirs.remove(liveRoom);
            return theirs.isEmpty() ? null : theirs;
        });
    }

    /** Something has happened in a conversation: it is the last of each of the two. */
    void isActive(LiveRoom liveRoom) {
        ReadMarks marks = liveRoom.marks();
        if (marks != null) {
            for (long person : List.of(marks.one(), marks.other())) {
                Set<LiveRoom> theirs = conversations.get(person);
                if (theirs != null && theirs.remove(liveRoom)) {
                    theirs.add(liveRoom);
                }
            }
        }
    }

    /** The conversations of somebody, those first in which something happened last. */
    public List<LiveRoom> conversationsOf(long account) {
        List<LiveRoom> theirs = new ArrayList<>(conversations.getOrDefault(account, Set.of()));
        Collections.reverse(theirs);
        return theirs;
    }

    /** Tells how one of the two of a conversation is called now, or was when they spoke last; null if nobody knows. */
    public void nameOf(ReadMarks conversation, long account, Consumer<@Nullable UserName> then) {
        User user = users.of(account);
        if (user == null) {
            lookups.find(
                    account,
                    found -> then.accept(found == null ? conversation.nameOf(account) : found.name()),
                    () -> then.accept(conversation.nameOf(account)));
        } else {
            then.accept(user.name());
        }
    }

    /** Somebody enters a conversation, or leaves it. */
    void talks(Occupant occupant, boolean enters) {
        UserName partner = occupant.partner();
        if (partner != null && enters) {
            partners.computeIfAbsent(partner, name -> new LinkedHashSet<>(2)).add(occupant);
        } else if (partner != null) {
            partners.computeIfPresent(partner, (name, all) -> all.remove(occupant) && all.isEmpty() ? null : all);
        }
    }

    /** Who is in a conversation with somebody of this name, as they were called then. */
    List<Occupant> talkingWith(UserName name) {
        return List.copyOf(partners.getOrDefault(name, Set.of()));
    }

    /** The rooms behind a name that anybody may be told of, in the order of their names. */
    public Collection<Room> listedBehind(String name) {
        return rooms.listedBehind(name);
    }

    /**
     * Applies what the journal has committed.
     *
     * @return false if it is not the next event of the room's log
     */
    boolean commit(LiveRoom liveRoom, Journal.Entry committed) {
        boolean next = liveRoom.room().commit(committed);
        rooms.noteListed(liveRoom.room());
        return next;
    }

    void addHeld(Map<String, Integer> held) {
        int readers = 0;
        int places = 0;
        for (Room room : rooms.all()) {
            readers += room.readers();
            places += room.roster().places();
        }
        held.put("readers", readers);
        held.put("places", places);
        held.put("talking", partners.values().stream().mapToInt(Set::size).sum());
        held.put("present", sum(liveRoom -> liveRoom.present().size()));
        held.put("entering", sum(liveRoom -> liveRoom.joining()));
        held.put("proposed", sum(LiveRoom::proposed));
        held.put("awaiting", sum(liveRoom -> liveRoom.room().awaited()));
    }

    private int sum(ToIntFunction<LiveRoom> kind) {
        return liveRooms.values().stream().mapToInt(kind).sum();
    }
}
