package io.kabar.chat.internal.server.order;

import io.kabar.chat.RoomName;
import io.kabar.chat.internal.server.limits.AddressPrefixes;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How many newcomers come within a minute, to the server and to each room: where it is more than a crowd, it is a
 * flood, and the door is closed to newcomers for a while. Who comes from a private address is not counted: a class that
 * signs in together is no flood.
 */
final class Crowds {

    private static final long WINDOW = Duration.ofMinutes(1).toNanos();

    /** How long a door stays closed. */
    static final Duration CLOSED = Duration.ofMinutes(5);

    /** Somebody who has no account yet. */
    private static final long NOBODY = 0;

    /** Rooms that are counted before those are forgotten to which nobody comes. */
    private static final int ROOMS = 1024;

    /** One door. */
    private static final class Door {
        private long since;
        private int came;
        /** Who has come, where it is known who it is; as many as may at most. */
        private final Set<Long> who = new HashSet<>(0);

        private long closedUntil = Long.MIN_VALUE; // a clock may be below zero

        void forget() {
            came = 0;
            who.clear();
        }

        boolean isIdle(long now) {
            return now - since > WINDOW && now >= closedUntil;
        }
    }

    private final int newNames;
    private final int toRoom;
    private final Consumer<String> news;
    private final Door server = new Door();
    private final Map<RoomName, Door> rooms = new HashMap<>();

    /**
     * Nobody has come.
     *
     * @param newNames new names a minute; 0 for no bound
     * @param toRoom newcomers to a room a minute; 0 for no bound
     * @param news is told in a sentence what was closed
     */
    Crowds(int newNames, int toRoom, Consumer<String> news) {
        this.newNames = newNames;
        this.toRoom = toRoom;
        this.news = news;
    }

    /** A new name is about to be taken; 0 if it may be, else nanoseconds until the door is open again. */
    long newName(AddressPrefixes from, long now) {
        return from.isPrivate() ? 0 : comes(server, NOBODY, newNames, "the server", now);
    }

    /**
     * A newcomer is about to enter a room; 0 if they may, else nanoseconds until its door is open again. Whoever comes
     * and goes is one newcomer, and closes no door to others.
     */
    long enters(RoomName room, long account, AddressPrefixes from, long now) {
        if (from.isPrivate() || toRoom == 0) {
            return 0;
        }
        if (rooms.size() >= ROOMS) {
            rooms.values().removeIf(door -> door.isIdle(now));
        }
        return comes(rooms.computeIfAbsent(room, name -> new Door()), account, toRoom, room.toString(), now);
    }

    private long comes(Door door, long account, int most, String what, long now) {
        if (most == 0) {
            return 0;
        }
        if (now < door.closedUntil) {
            return door.closedUntil - now;
        }
        if (door.came == 0 || now - door.since > WINDOW) {
            door.since = now;
            door.forget();
        }
        if (door.who.contains(account)) {
            return 0;
        }
        if (door.came < most) {
            door.came++;
            if (account != NOBODY) {
                door.who.add(account);
            }
            return 0;
        }
        door.forget();
        door.closedUntil = now + CLOSED.toNanos();
        news.accept("More than " + most + " newcomers came to " + what + " within a minute: its door is closed to "
                + "newcomers for " + CLOSED.toMinutes() + " minutes.");
        return door.closedUntil - now;
    }
}
