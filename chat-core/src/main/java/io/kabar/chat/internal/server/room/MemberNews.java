package io.kabar.chat.internal.server.room;

import io.kabar.chat.Member;
import io.kabar.chat.Presence;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.internal.server.session.ServerControlQueue;
import io.kabar.chat.internal.server.session.User;
import io.kabar.chat.internal.wire.message.ServerMessage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the members of a room are told of each other that is no event of its log. */
final class MemberNews {
    /** Largest room in which changes of presence are told to everybody: beyond it each change would cost too much. */
    static final int MAX_PRESENCE = 256;
    /** How often those in a quiet room are told how many they are, while there come and go very many. */
    static final long COUNT_INTERVAL = Duration.ofSeconds(5).toNanos();
    /** And while there come and go few: a fraction of what keeps their connections alive. */
    static final long SMALL_COUNT_INTERVAL = Duration.ofMinutes(1).toNanos();
    /** A change by this part of those who are there is one by very many. */
    static final int PART = 8;

    private final LiveRoom liveRoom;
    private final ServerLoop loop;
    /** How many they are, as they were told last; -1 if they were not yet. */
    private int told = -1;

    private long toldAt;
    /** Whether the loop will look at the count anew, and when. */
    private boolean looksAgain;

    private long looksAt;

    MemberNews(LiveRoom liveRoom, ServerLoop loop) {
        this.liveRoom = liveRoom;
        this.loop = loop;
    }

    /** A member's presence is this now: the others see it, unless there are too many. */
    void show(User user, Presence presence) {
        Member changed = liveRoom.room().roster().presence(user.name(), presence);
        if (changed != null && liveRoom.present().size() <= MAX_PRESENCE) {
            tellAll(user.name());
        }
    }

    /** A member is not as the others know: they are told how. */
    void tellAll(UserName name) {
        for (Occupant other : liveRoom.present()) {
            other.session().serve(() -> other.rooms().changed(liveRoom.room(), name));
        }
    }

    // How many there are
    // -------------------------------------------------------------------------------------------------------

    /** A member has gone, and no event says so. */
    void leftSilently(UserName name) {
        liveRoom.room().roster().left(name);
        counted();
    }

    /**
     * There are more or fewer members. In a quiet room that is all that the others ever hear of it: soon if it makes a
     * difference, and if not, later. So of n who come in, each hears of it at most as often as it takes for one to
     * become n, by {@link #PART} each time: all of it costs no more than n times the logarithm of n.
     */
    void counted() {
        int count = liveRoom.room().roster().size();
        if (!liveRoom.isQuiet() || count == told) {
            return;
        }
        boolean isFar = Math.abs(count - told) * (long) PART >= told;
        long due = told < 0 ? loop.now() : toldAt + (isFar ? COUNT_INTERVAL : SMALL_COUNT_INTERVAL);
        if (due <= loop.now()) {
            told = count;
            toldAt = loop.now();
            for (Occupant other : liveRoom.present()) {
                other.session().serve(() -> other.session().controlQueue().changed(new Count(other)));
            }
        } else if (!looksAgain || due < looksAt) {
            looksAgain = true;
            looksAt = due;
            loop.at(due, () -> lookAgain(due));
        }
    }

    private void lookAgain(long due) {
        if (looksAgain && due == looksAt) {
            looksAgain = false;
            counted();
        }
    }

    /** How many there are: of several that wait one is told, as it is by then. */
    private record Count(Occupant occupant) implements ServerControlQueue.Change {

        @Override
        public @Nullable ServerMessage news() {
            Room room = occupant.room();
            return occupant.isPresent()
                    ? new ServerMessage.Inside(room.roomId(), room.roster().size())
                    : null;
        }
    }

    /** A member of a room is not as a session knows it: it is told how the member is when there is room to say so. */
    record Change(SessionRooms rooms, Room room, UserName name) implements ServerControlQueue.Change {

        @Override
        public @Nullable ServerMessage news() {
            Occupant occupant = rooms.occupant(room.roomId());
            Member member = room.roster().member(name);
            return occupant == null || !occupant.isPresent() || member == null
                    ? null
                    : new ServerMessage.MemberChanged(room.roomId(), room.log().last(), member);
        }
    }
}
