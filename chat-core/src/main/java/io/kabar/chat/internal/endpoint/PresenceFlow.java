package io.kabar.chat.internal.endpoint;

import io.kabar.chat.Member;
import io.kabar.chat.Presence;
import io.kabar.chat.internal.room.Room;
import io.kabar.chat.internal.wire.ServerMessage;
import java.time.Duration;

/** What members see of each other that is no event: who is away, silent or writing. */
final class PresenceFlow {

    /** Largest room in which changes of presence are told to everybody: beyond it each change would cost too much. */
    private static final int MAX_PRESENCE = 256;
    /** A typing signal is passed on at most this often for a session and room. */
    private static final long TYPING_INTERVAL = Duration.ofMillis(2500).toNanos();

    private final ServerCore core;

    PresenceFlow(ServerCore core) {
        this.core = core;
    }

    /** A user is away, back, silent or heard again: told in the rooms they are in. */
    void presence(ServerSession session, Presence presence) {
        for (Attendance attendance : session.byRoom.values()) {
            Room room = attendance.desk.room;
            Member changed = room.roster().presence(session.name(), presence);
            if (changed == null || attendance.desk.present.size() > MAX_PRESENCE) {
                continue;
            }
            for (Attendance other : attendance.desk.present) {
                other.session.say(new ServerMessage.MemberChanged(room.number(), changed), core.now);
            }
        }
    }

    /** A session signals something in a room: if it is that its user writes, the others hear of it. */
    void signal(ServerSession session, long room, byte[] body) {
        Attendance attendance = session.byRoom.get(room);
        if (attendance == null || !TypingSignal.isOwn(body) || core.now < attendance.typingAllowedAt) {
            return;
        }
        attendance.typingAllowedAt = core.now + TYPING_INTERVAL;
        if (attendance.desk.present.size() > MAX_PRESENCE) {
            return; // where everybody may write at a time, the square of it would be paid every few seconds
        }
        byte[] signal = TypingSignal.encode(session.name());
        for (Attendance other : attendance.desk.present) {
            if (other != attendance) {
                other.session.signals().send(room, signal);
            }
        }
    }
}
