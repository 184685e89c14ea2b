package io.kabar.chat.internal.server;

import io.kabar.chat.CloseReason;
import io.kabar.chat.Refusal;
import io.kabar.chat.Session;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.room.HostRooms;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.server.session.Sessions;
import io.kabar.chat.internal.server.session.User;
import io.kabar.chat.internal.server.session.Users;
import io.kabar.chat.internal.server.staff.StaffDesk;
import io.kabar.chat.internal.wire.message.OrderQuery;
import io.kabar.chat.internal.wire.message.ServerMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the host program does: inputs of the endpoint as any other, each of which is answered by a
 * {@link ServerEvent.HostAnswer} or a {@link ServerEvent.HostRefusal} of its id.
 */
public final class HostCalls {

    private final ServerLoop loop;
    private final Sessions sessions;
    private final Users users;
    private final HostRooms rooms;
    private final StaffDesk staff;

    HostCalls(ServerLoop loop, Sessions sessions, Users users, HostRooms rooms, StaffDesk staff) {
        this.loop = loop;
        this.sessions = sessions;
        this.users = users;
        this.rooms = rooms;
        this.staff = staff;
    }

    /** What it does in rooms, at this time. */
    public HostRooms rooms(long now) {
        loop.begin(now);
        return rooms;
    }

    /** What it does as the staff does, in the server's name. */
    public void order(long callId, OrderQuery query, long now) {
        loop.begin(now);
        staff.take(callId, query);
    }

    /** Who is signed in; of one user only, if one is named. */
    public void sessions(long callId, @Nullable UserName only, long now) {
        loop.begin(now);
        List<Session> list = new ArrayList<>();
        for (ServerSession session : only == null ? sessions.all() : users.sessionsOf(only)) {
            if (session.isActive()) {
                User user = session.user();
                list.add(new Session(
                        user.author(), user.serverRole(), user.presence(), session.remote(), HostRooms.of(session)));
            }
        }
        loop.tell(new ServerEvent.HostAnswer(callId, List.copyOf(list)));
    }

    /** Somebody hears a word, on all their devices. */
    public void notice(long callId, UserName name, String sentence, long now) {
        loop.begin(now);
        List<ServerSession> devices = users.sessionsOf(name);
        if (devices.isEmpty()) {
            refuseNotHere(callId, name);
            return;
        }
        for (ServerSession session : devices) {
            session.serve(() -> session.say(new ServerMessage.Notice(sentence)));
        }
        loop.tell(new ServerEvent.HostAnswer(callId, null));
    }

    /** All connections of somebody end, those included that are about to sign in; their clients stay away. */
    public void disconnect(long callId, UserName name, String reason, long now) {
        loop.begin(now);
        if (sessions.closeAllOf(name, CloseReason.PUT_OUT, reason)) {
            loop.tell(new ServerEvent.HostAnswer(callId, null));
        } else {
            refuseNotHere(callId, name);
        }
    }

    private void refuseNotHere(long callId, UserName name) {
        loop.tell(new ServerEvent.HostRefusal(callId, Refusal.NO_SUCH_USER, name + " is not signed in."));
    }
}
