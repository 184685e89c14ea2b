package io.kabar.chat.internal.server.room;

import io.kabar.chat.ChatException;
import io.kabar.chat.Content;
import io.kabar.chat.Member;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.rules.RoomModes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the host program does in rooms. Each call is answered by an event of its id. */
public final class HostRooms {

    private final ServerLoop loop;
    private final LiveRooms liveRooms;
    private final Targets targets;

    HostRooms(ServerLoop loop, LiveRooms liveRooms, Targets targets) {
        this.loop = loop;
        this.liveRooms = liveRooms;
        this.targets = targets;
    }

    private void answer(long callId, @Nullable Object value) {
        loop.tell(new ServerEvent.HostAnswer(callId, value));
    }

    private void refuse(long callId, Refusal refusal, String sentence) {
        loop.tell(new ServerEvent.HostRefusal(callId, refusal, sentence));
    }

    private @Nullable LiveRoom find(RoomName name) {
        Room room = liveRooms.find(name);
        return room == null ? null : liveRooms.of(room);
    }

    /** The rooms in which something has happened. */
    public void list(long callId) {
        answer(callId, liveRooms.listedBehind("").stream().map(Room::summary).toList());
    }

    /** Who is in a room. */
    public void members(long callId, RoomName name) {
        Room room = liveRooms.find(name);
        List<Member> members = room == null ? List.of() : room.roster().members();
        answer(callId, List.copyOf(members));
    }

    /** The topic of a room; empty if there is none. */
    public void topic(long callId, RoomName name) {
        Room room = liveRooms.find(name);
        answer(callId, room == null ? "" : room.topic());
    }

    /** What is set for a room. */
    public void modes(long callId, RoomName name) {
        Room room = liveRooms.find(name);
        answer(callId, room == null ? RoomModes.NONE : room.fold().rules().modes());
    }

    /** The description of a room; empty if there is none. */
    public void description(long callId, RoomName name) {
        Room room = liveRooms.find(name);
        answer(callId, room == null ? "" : room.description());
    }

    /** The server itself says something, sets the topic, or changes who may do what. */
    public void say(long callId, RoomName asked, Content content) {
        LiveRoom liveRoom;
        try {
            UserName self = liveRooms.settings().host().name();
            liveRoom = liveRooms.findOrMake(targets.find(asked.text(), self));
        } catch (ChatException e) {
            refuse(callId, e.refusal(), String.valueOf(e.getMessage()));
            return;
        }
        if (liveRoom == null) {
            refuse(callId, Refusal.BUSY, "There are as many rooms as the server may have.");
        } else {
            liveRoom.sayAsServer(callId, content);
        }
    }

    /** Everybody who is in a room now hears a word that is not in its log. */
    public void announce(long callId, RoomName name, String sentence) {
        LiveRoom liveRoom = find(name);
        if (liveRoom != null) {
            for (Occupant occupant : liveRoom.present()) {
                occupant.session().serve(() -> occupant.session().say(new ServerMessage.Notice(sentence)));
            }
        }
        answer(callId, null);
    }

    /** The rooms that a session is in. */
    public static List<RoomName> of(ServerSession session) {
        SessionRooms rooms = SessionRooms.of(session);
        return rooms == null
                ? List.of()
                : rooms.occupants().stream()
                        .filter(Occupant::isPresent)
                        .map(occupant -> occupant.room().name())
                        .toList();
    }
}
