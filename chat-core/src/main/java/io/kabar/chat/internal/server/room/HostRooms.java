package io.kabar.chat.internal.server.room;

import io.kabar.chat.Author;
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
import io.kabar.chat.internal.server.session.User;
import io.kabar.chat.internal.server.session.Users;
import io.kabar.chat.internal.wire.message.ServerMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the host program does in rooms. Each call is answered by an event of its id. */
public final class HostRooms {

    private final ServerLoop loop;
    private final LiveRooms liveRooms;
    private final Targets targets;
    private final Users users;

    HostRooms(ServerLoop loop, LiveRooms liveRooms, Targets targets, Users users) {
        this.loop = loop;
        this.liveRooms = liveRooms;
        this.targets = targets;
        this.users = users;
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

    /** The server itself says something, or sets the topic. */
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

    /** Somebody is put out of a room, with all their devices. */
    public void putOut(long callId, RoomName name, UserName who, String reason) {
        LiveRoom liveRoom = find(name);
        if (liveRoom != null && putOut(liveRoom, who, reason)) {
            answer(callId, null);
        } else {
            refuse(callId, Refusal.NO_SUCH_USER, who + " is not in " + name + ".");
        }
    }

    /** Everybody is put out of a room. */
    public void close(long callId, RoomName name, String reason) {
        LiveRoom liveRoom = find(name);
        if (liveRoom != null) {
            liveRoom.room().roster().names().forEach(who -> putOut(liveRoom, who, reason));
        }
        answer(callId, null);
    }

    private boolean putOut(LiveRoom liveRoom, UserName who, String reason) {
        List<Occupant> theirs = new ArrayList<>();
        for (ServerSession session : users.sessionsOf(who)) {
            SessionRooms rooms = SessionRooms.of(session);
            Occupant occupant =
                    rooms == null ? null : rooms.occupant(liveRoom.room().roomId());
            if (occupant != null) {
                theirs.add(occupant);
            }
        }
        User user = users.find(who);
        return liveRoom.putOut(user == null ? Author.of(who) : user.author(), theirs, reason);
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
