package io.kabar.chat.internal.client;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.Limits;
import io.kabar.chat.LogPosition;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.client.calls.Retries;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.ServerMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/** Asks the server to let this client into its rooms, and asks again for those that it has refused for a time. */
final class RoomRequests {

    /** When a room is asked for again that the server could not let a member back into for now. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

    /** Members a server may list of a room; an honest one stops much earlier. */
    private static final int MAX_MEMBERS = 100_000;
    /** Values a server may tell of a room; an honest one stops much earlier. */
    private static final int MAX_VALUES = 4096;

    private static final byte[] NONE = {};

    private final ArrayDeque<ClientEvent> events;
    private final RoomTable rooms;
    private final RoomLanes lanes;
    /** What is shown of the passwords of rooms. */
    private final Map<RoomName, byte[]> proofs = new HashMap<>(0);
    /** Rooms the server has refused for a time. */
    private final Retries<RoomName> refused = new Retries<>();

    RoomRequests(ArrayDeque<ClientEvent> events, RoomTable rooms, RoomLanes lanes) {
        this.events = events;
        this.rooms = rooms;
        this.lanes = lanes;
    }

    /** Signed in: every room is entered, or entered again where its log was left. */
    void connected() {
        rooms.all().forEach(this::enter);
    }

    void disconnected() {
        refused.clear();
    }

    /** What is shown of a room's password whenever it is entered; nothing, if it is empty. */
    void shows(RoomName name, byte[] proof) {
        proofs.put(name, proof);
    }

    void enter(ClientRoom room) {
        say(room, room.ask());
    }

    /**
     * What is gone may have been joins, leaves and topics: asks how the room is now, and waits with what came after.
     */
    void lookAgain(ClientRoom room) {
        room.lookAgain();
        say(room, JoinHistory.NONE);
    }

    private void say(ClientRoom room, JoinHistory history) {
        ClientMessage.Target target = ClientMessage.Target.room(room.name().text());
        byte[] proof = proofs.getOrDefault(room.name(), NONE);
        lanes.say(room.lane(), new ClientMessage.Join(target, history, ClientRooms.CREDIT, proof));
    }

    /** Refuses an answer that no server gives that means well. */
    static void requirePossible(ServerMessage.RoomEntered message) throws MalformedPacketException {
        if (message.firstRestored() < 1
                || message.firstRestored() > message.last() + 1
                || message.last() > Limits.LAST_NUMBER
                || message.epoch() > LogPosition.MAX_EPOCH
                || message.nextEpoch() > LogPosition.MAX_EPOCH
                || message.differsFrom() > JoinHistory.MAX_SEQUENCE
                || message.occupants() > MAX_MEMBERS
                || message.values() > MAX_VALUES) {
            throw new MalformedPacketException("a room that cannot be");
        }
    }

    /** The server has refused a room, and will not when it is asked again: at a time of its own, if it names none. */
    void refusedForNow(ClientRoom room, Refusal refusal, String sentence, long retryAfterMillis, long now) {
        long wait = retryAfterMillis > 0 ? retryAfterMillis : ASK_AGAIN.toMillis();
        refused.add(room.name(), refusal, wait, now);
        room.refuseForNow();
        if (room.joinCall() != 0) {
            ClientOutbox.tellLongWait(events, "Entering " + room.name() + " waits", wait, sentence);
        }
    }

    /** The room is left. */
    void forget(RoomName name) {
        refused.remove(name);
    }

    /** Asks again for what was refused for a time. */
    void handleTimeout(long now) {
        for (RoomName name : refused.takeDue(now)) {
            ClientRoom room = rooms.exact(name);
            if (room != null && room.isOutdated()) {
                lookAgain(room);
            } else if (room != null && room.isExpected()) {
                enter(room);
            }
        }
    }

    long nextTimeout() {
        return refused.next();
    }
}
