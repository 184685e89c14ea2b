package io.kabar.chat.internal.server.staff;

import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.order.RoomDoors;
import io.kabar.chat.internal.wire.message.OrderQuery;
import io.kabar.chat.rules.Obstacle;
import java.time.Instant;

/** Bans of a room that reach to the door of the server: by where somebody came from, whom nobody is told. */
final class RoomBans {

    private final ServerLoop loop;
    private final RoomDoors doors;
    private final Persons persons;
    private final StaffRooms rooms;

    RoomBans(ServerLoop loop, RoomDoors doors, Persons persons, StaffRooms rooms) {
        this.loop = loop;
        this.doors = doors;
        this.persons = persons;
        this.rooms = rooms;
    }

    /** Whoever keeps order in a room shuts out where somebody came from who is banned there. */
    void shutOut(Asking asking, OrderQuery.ShutOut query) {
        RoomName room = rooms.present(asking.session(), query.room());
        if (room == null) {
            asking.request().refuse(Refusal.NOT_IN_ROOM);
            return;
        }
        Obstacle obstacle = rooms.toBanning(asking.session(), room);
        if (obstacle != null) {
            asking.request().refuse(obstacle);
        } else {
            persons.find(asking, query.name(), person -> shutOut(asking, person, room));
        }
    }

    private void shutOut(Asking asking, Persons.Person person, RoomName room) {
        long account = person.author().account();
        Instant until = rooms.bannedUntil(room, account);
        if (until == null) {
            asking.refuse(Refusal.BAD_REQUEST, person.author() + " is not banned from " + room + ".");
        } else if (doors.cameFrom(account) == null) {
            asking.refuse(Refusal.NOT_ALLOWED, "Where " + person.author() + " came from is not known.");
        } else if (!doors.banAddressOf(account, until, room, loop.time(), asking)) {
            asking.refuse(Refusal.BUSY, "As many addresses are shut out of " + room + " as may be.");
        }
    }
}
