package io.kabar.chat.internal.server.log;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.Limits;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.UserName;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.spi.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A room: its log, its roster, and the cursors of those who read it. Only what the journal has committed changes it.
 */
public final class Room {

    /** More than can be under way to a journal at a time, joins and leaves included. */
    private static final int MOST_UNDER_WAY = 1 << 20;

    private record Waiting(Object who, Runnable action, Runnable otherwise) {}

    private final RoomName name;
    private final long roomId;
    private final RoomLog log;
    private final Roster roster = new Roster();
    private final List<Cursor> cursors = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private String topic;
    /** Null until it is read, in a room that the journal has kept. */
    private @Nullable String description;

    private boolean loaded;
    private int turn;

    /**
     * A room as the journal knows it.
     *
     * @param roomId how EVENT frames call it
     */
    public Room(RoomName name, long roomId, RoomLog log, String topic) {
        this.name = name;
        this.roomId = roomId;
        this.log = log;
        this.topic = topic;
        loaded = log.last() < log.firstKept();
    }

    /** Whether anything has happened here beside people coming and going; true if that is not known. */
    public boolean isWorthKeeping() {
        return fold().isWorthKeeping();
    }

    /** Whether something has happened here, and nothing of it is kept any more, nor is anything set for it. */
    public boolean isAgedOut() {
        return log.last() > 0
                && log.firstKept() > log.last()
                && topic.isEmpty()
                && description().isEmpty()
                && fold().values().isEmpty()
                && fold().rules().isUnchanged();
    }

    /** Whether what is on its way to the journal may take the last number that an event can have. */
    public boolean isFull() {
        return log.last() >= Limits.LAST_NUMBER - MOST_UNDER_WAY;
    }

    /** Whether nobody is here, coming or going, and nobody waits for the room to be loaded. */
    public boolean isDeserted() {
        return roster.isEmpty() && cursors.isEmpty() && waiting.isEmpty();
    }

    public RoomName name() {
        return name;
    }

    /** How EVENT frames call this room. */
    public long roomId() {
        return roomId;
    }

    public RoomLog log() {
        return log;
    }

    /** The state of the room, by its log. */
    public RoomFold fold() {
        return log.fold();
    }

    /** What somebody is here: what the log says, or what they are in every room if that is more. */
    public RoomRole role(Author author, RoomRole everywhere) {
        return fold().rules().role(author.account()).or(everywhere);
    }

    public Roster roster() {
        return roster;
    }

    /** The text of the topic in force: it is what a person wrote, and no part of the state. */
    public String topic() {
        return topic;
    }

    /** The text of the description in force, as the topic. */
    public String description() {
        return description == null ? "" : description;
    }

    /** Whether the room is described, and nobody has read how yet. */
    public boolean lacksDescription() {
        return description == null && fold().description() > 0;
    }

    /** The journal has read the event that described the room, if it is kept; a newer one may be known by now. */
    public void describedBy(@Nullable ChatEvent event) {
        if (lacksDescription()) {
            description = event == null ? "" : event.text();
        }
    }

    /** The room as it is in a list of rooms. */
    public RoomSummary summary() {
        return new RoomSummary(name, roster.size(), log.last(), topic);
    }

    /** Whether joins and leaves are events: they are not in a direct conversation, nor where it is quiet. */
    public boolean announces() {
        return !name.isDirect() && !fold().rules().modes().is(RoomMode.QUIET);
    }

    /** Whether the newest events are in memory, so that known message ids are recognised. */
    public boolean isLoaded() {
        return loaded;
    }

    /**
     * Runs {@code action} once the room is loaded, at once if it is; or {@code otherwise} if it cannot be for now; or
     * neither, if {@code who} does not wait any more by then.
     */
    public void whenLoaded(Object who, Runnable action, Runnable otherwise) {
        if (loaded) {
            action.run();
        } else {
            waiting.add(new Waiting(who, action, otherwise));
        }
    }

    /** Somebody does not wait for the room to be loaded any more, if they did. */
    public void stopWaiting(Object who) {
        waiting.removeIf(each -> each.who() == who);
    }

    /** How many wait for the room to be loaded. */
    public int awaited() {
        return waiting.size();
    }

    /** The newest events were read from the journal and are in the log. */
    public void restored() {
        loaded = true;
        takeWaiting().forEach(each -> each.action().run());
    }

    /** They cannot be read now. Without them nobody is let in: what was said already would not be recognised. */
    public void notLoaded() {
        takeWaiting().forEach(each -> each.otherwise().run());
    }

    private List<Waiting> takeWaiting() {
        List<Waiting> taken = List.copyOf(waiting);
        waiting.clear();
        return taken;
    }

    /**
     * Applies what the journal has committed and wakes every cursor.
     *
     * @return false if it is not the next event of the log
     */
    public boolean commit(Journal.Entry entry) {
        ChatEvent event = entry.event();
        List<UserName> out = event.content() instanceof RoomChange ? fold().putOutBy(event) : List.of();
        if (!log.append(entry)) {
            return false;
        }
        if (event.isTopic()) {
            topic = event.text();
        } else if (event.isJoined() && announces()) {
            roster.joined(event.from(), role(event.author(), RoomRole.GUEST));
            if (((Content.Joined) event.content()).founds()) {
                boolean unused = roster.role(
                        event.from(), fold().rules().role(event.author().account()));
            }
        } else if (event.isLeft() && announces()) {
            roster.left(event.from());
        } else if (event.content().kind() == Content.DESCRIBED) {
            description = event.text();
        }
        out.forEach(roster::left);
        wakeAll();
        return true;
    }

    /**
     * The members whose role is another one since an account was given one here.
     *
     * @param alsoHere a name of the account, if the log does not say who is here
     * @param everywhere what a member is in every room
     */
    public List<UserName> roleGiven(
            long account, @Nullable UserName alsoHere, Function<UserName, RoomRole> everywhere) {
        return Stream.concat(fold().insideAs(account).stream(), Stream.ofNullable(alsoHere))
                .filter(name -> roster.role(name, role(new Author(account, name), everywhere.apply(name))))
                .toList();
    }

    /** Adds a reader. */
    public void add(Cursor cursor) {
        cursor.place(cursors.size());
        cursors.add(cursor);
        cursor.wake();
    }

    /** Takes a reader away; its cursor is to be closed. */
    public void remove(Cursor cursor) {
        int place = cursor.place();
        Cursor last = cursors.remove(cursors.size() - 1);
        if (last != cursor) {
            cursors.set(place, last);
            last.place(place);
        }
    }

    /** Readers, which may be several devices of one user. */
    public int readers() {
        return cursors.size();
    }

    /** Wakes every cursor, beginning with another one each time so that nobody is always the last. */
    private void wakeAll() {
        int size = cursors.size();
        if (size == 0) {
            return;
        }
        turn = (turn + 1) % size;
        for (int i = 0; i < size; i++) {
            Cursor cursor = cursors.get((turn + i) % size);
            try {
                cursor.wake();
            } catch (RuntimeException e) {
                cursor.broke(e);
            }
        }
    }
}
