package io.kabar.chat.internal.client;

import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.calls.CalledRooms;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which rooms a client is in or on its way into, by all that they are called by. */
final class RoomTable implements CalledRooms {

    private final Map<RoomName, ClientRoom> rooms = new LinkedHashMap<>();
    private final Map<Long, ClientRoom> byId = new HashMap<>();
    /** Names by which rooms were asked for that the server calls otherwise. */
    private final Map<RoomName, RoomName> aliases = new HashMap<>();

    Collection<ClientRoom> all() {
        return rooms.values();
    }

    void add(ClientRoom room) {
        rooms.put(room.name(), room);
    }

    /** The server has said how EVENT frames call a room. */
    void isCalled(ClientRoom room, long roomId) {
        byId.put(roomId, room);
    }

    /** No room is entered any more. */
    void disconnected() {
        byId.clear();
    }

    void clear() {
        rooms.clear();
        byId.clear();
        aliases.clear();
    }

    /** The room is not there any more, and may be called as it likes. */
    void remove(ClientRoom room) {
        rooms.remove(room.name());
        aliases.values().removeIf(room.name()::equals);
        forgetId(room);
    }

    private void forgetId(ClientRoom room) {
        Long roomId = room.roomId();
        if (roomId != null) {
            byId.remove(roomId, room);
        }
    }

    /**
     * The server calls a room as it always does, however it was asked for.
     *
     * @return another room of that name, which is the same one; null if there is none
     */
    @Nullable
    ClientRoom rename(ClientRoom room, RoomName name) {
        if (room.name().equals(name)) {
            return null;
        }
        rooms.remove(room.name());
        aliases.put(room.name(), name);
        room.isCalled(name);
        ClientRoom other = rooms.put(name, room);
        if (other != null) {
            forgetId(other);
        }
        return other;
    }

    /** The other one of a conversation is called so now: it is not asked for any more by a name they had before. */
    void forgetCalled(RoomName name, @Nullable UserName partner) {
        if (partner != null) {
            aliases.entrySet()
                    .removeIf(alias -> alias.getValue().equals(name)
                            && alias.getKey()
                                    .person()
                                    .filter(asked -> !asked.key().equals(partner.key()))
                                    .isPresent());
        }
    }

    /** A room was asked for by another name, and is not entered because this client is in it already. */
    void isAlso(RoomName asked, String called) {
        for (ClientRoom room : rooms.values()) {
            if (room.name().text().equals(called)) {
                aliases.put(asked, room.name());
            }
        }
    }

    /** The room that was asked for, or is called, so. */
    @Nullable
    ClientRoom find(RoomName name) {
        return rooms.get(named(name));
    }

    /** The room that is called exactly so. */
    @Nullable
    ClientRoom exact(RoomName name) {
        return rooms.get(name);
    }

    /** What the server calls the room that was asked for by this name. */
    RoomName named(RoomName asked) {
        return rooms.containsKey(asked) ? asked : aliases.getOrDefault(asked, asked);
    }

    /** The room in which something can be said by this name: not one that is being left. */
    @Nullable
    ClientRoom toSpeakIn(RoomName name) {
        ClientRoom room = find(name);
        return room == null || !room.isDeparting() ? room : room.successor();
    }

    @Override
    public @Nullable Object stay(RoomName name) {
        return find(name);
    }

    @Override
    public boolean isInside(RoomName name) {
        ClientRoom room = find(name);
        return room != null && room.isInside();
    }

    /** How EVENT frames call a room; null if it is not entered. */
    @Nullable
    Long idOf(RoomName name) {
        ClientRoom room = find(name);
        return room == null ? null : room.roomId();
    }

    @Nullable
    ClientRoom byId(long roomId) {
        return byId.get(roomId);
    }

    @Nullable
    ClientRoom onLane(int lane) {
        for (ClientRoom room : rooms.values()) {
            if (room.lane() == lane) {
                return room;
            }
        }
        return null;
    }

    /** Whether some room is still to be entered on this connection. */
    boolean anyExpected() {
        return rooms.values().stream().anyMatch(ClientRoom::isExpected);
    }
}
