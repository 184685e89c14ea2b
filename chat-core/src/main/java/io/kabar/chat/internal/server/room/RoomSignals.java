package io.kabar.chat.internal.server.room;

import io.kabar.chat.UserName;
import io.kabar.chat.internal.endpoint.TokenBucket;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.wire.message.ProgramSignal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What programs signal to each other in a room: passed on as soon as possible or never, and kept nowhere. */
final class RoomSignals {

    /** Signals of a person that are passed on at once ... */
    static final int AT_ONCE = 20;
    /** ... and a second after that. Clients send 20: a network that bunches them loses none. */
    static final int PER_SECOND = 25;

    /** Largest room in which signals are passed on: beyond it each costs too much. */
    static final int LARGEST = MemberNews.MAX_PRESENCE;

    /** People beyond those present whose rate is remembered before those are looked for that need not be any more. */
    private static final int MANY = 16;

    private final LiveRoom liveRoom;
    private final LiveRooms rooms;
    private final Map<UserName, TokenBucket> rates = new HashMap<>(0);

    RoomSignals(LiveRoom liveRoom, LiveRooms rooms) {
        this.liveRoom = liveRoom;
        this.rooms = rooms;
    }

    /** An occupant signals something: if it may speak, the others hear of it. */
    void heard(Occupant occupant, ProgramSignal signal) {
        UserName from = occupant.session().name();
        boolean mayPass = liveRoom.present().size() <= LARGEST
                && takes(from)
                && occupant.session().user().rates().signal(rooms.loop().now());
        if (mayPass && !liveRoom.isSilenced(occupant)) {
            pass(from, signal, occupant);
            if (!liveRoom.room().name().isDirect()) {
                rooms.loop()
                        .tell(new ServerEvent.Signalled(liveRoom.room().name(), from, signal.key(), signal.bytes()));
            }
        }
    }

    /** The server itself signals something. */
    void say(UserName server, ProgramSignal signal) {
        if (liveRoom.present().size() <= LARGEST) {
            pass(server, signal, null);
        }
    }

    private void pass(UserName from, ProgramSignal signal, @Nullable Occupant except) {
        long roomId = liveRoom.room().roomId();
        byte[] body = new ProgramSignal(from, signal.key(), signal.bytes()).encode();
        ProgramSignal.Slot slot = new ProgramSignal.Slot(roomId, from, signal.key());
        for (Occupant other : liveRoom.present()) {
            if (other != except) {
                other.session().serve(() -> {
                    other.session().signals().keep(slot, roomId, body);
                    rooms.signalBeat().keeps(other.session());
                });
            }
        }
        rooms.signalBeat().signalled();
    }

    private boolean takes(UserName from) {
        long now = rooms.loop().now();
        if (rates.size() >= liveRoom.present().size() + MANY) {
            rates.values().removeIf(rate -> rate.fullAt() <= now);
        }
        return rates.computeIfAbsent(from, name -> new TokenBucket(AT_ONCE, PER_SECOND, now))
                        .take(now)
                == 0;
    }
}
