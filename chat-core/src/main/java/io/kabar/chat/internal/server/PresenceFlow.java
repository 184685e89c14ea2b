package io.kabar.chat.internal.server;

import io.kabar.chat.Member;
import io.kabar.chat.Presence;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.endpoint.TypingSignal;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

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

    /** A user says that they are away or back: told at once, or, if that was told just now, as it is in a moment. */
    void away(ServerSession session, boolean away) {
        User user = session.user();
        user.away(session.instance(), away);
        showSoon(user);
    }

    /**
     * A session is gone, and no newer one of the same client has its place: others may have to hear that the user is
     * here.
     */
    void gone(ServerSession session) {
        User user = session.user();
        user.gone(session.instance());
        if (!user.sessions.isEmpty() && user.presence() != user.shown) {
            showSoon(user);
        }
    }

    private void showSoon(User user) {
        if (user.awayWaits) {
            return;
        }
        long wait = user.rates.away(core.now);
        if (wait == 0) {
            show(user);
        } else {
            user.awayWaits = true;
            core.delayedTasks.at(core.now + wait, () -> {
                user.awayWaits = false;
                show(user);
            });
        }
    }

    /** What may have changed about a user's presence is told in the rooms they are in, if it has. */
    void show(User user) {
        Presence presence = user.presence();
        if (presence == user.shown) {
            return;
        }
        user.shown = presence;
        Set<LiveRoom> told = new HashSet<>(); // by several devices, which may be in the same
        for (ServerSession session : user.sessions) {
            for (Occupant occupant : session.byRoom.values()) {
                if (told.add(occupant.liveRoom)) {
                    show(occupant.liveRoom, user.name, presence);
                }
            }
        }
    }

    /** The same in one room, which may not have heard of it. */
    void show(LiveRoom liveRoom, User user) {
        show(liveRoom, user.name, user.presence());
    }

    /**
     * Somebody has come whose role is not the usual one, which the event of it does not tell; or has another one now.
     */
    void tellRole(LiveRoom liveRoom, UserName name) {
        for (Occupant other : liveRoom.present) {
            core.defects.apart(other.session, () -> other.session.outbox().changed(liveRoom.room, name, core.now));
        }
    }

    private void show(LiveRoom liveRoom, UserName name, Presence presence) {
        Member changed = liveRoom.room.roster().presence(name, presence);
        if (changed == null || liveRoom.present.size() > MAX_PRESENCE) {
            return;
        }
        for (Occupant other : liveRoom.present) {
            core.defects.apart(other.session, () -> other.session.outbox().changed(liveRoom.room, name, core.now));
        }
    }

    /** A session signals something in a room: if it is that its user writes, the others hear of it. */
    void signal(ServerSession session, long room, byte[] body) {
        Occupant occupant = session.byRoom.get(room);
        if (occupant == null || !TypingSignal.isOwn(body) || core.now < occupant.typingAllowedAt) {
            return;
        }
        occupant.typingAllowedAt = core.now + TYPING_INTERVAL;
        if (occupant.liveRoom.present.size() > MAX_PRESENCE) {
            return; // where everybody may write at a time, the square of it would be paid every few seconds
        }
        byte[] signal = TypingSignal.encode(session.name());
        for (Occupant other : occupant.liveRoom.present) {
            if (other != occupant) {
                core.defects.apart(other.session, () -> other.session.signals().send(room, signal));
            }
        }
    }
}
