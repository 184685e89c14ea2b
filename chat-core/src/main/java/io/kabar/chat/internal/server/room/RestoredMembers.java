package io.kabar.chat.internal.server.room;

import io.kabar.chat.Author;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.journal.JournalRequests;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.rules.RoomRole;
import java.time.Duration;
import java.util.ArrayDeque;

/**
 * Those who were in a room before the server was started anew. They are shown as reconnecting; whoever has not come
 * back when a silent member would be gone has left.
 */
final class RestoredMembers {

    /** When to go on if as many leaves wait for the journal as may. */
    private static final long PAUSE = Duration.ofMillis(100).toNanos();
    /** Who is given up in one turn of the loop, and when the next are: thousands may be missing. */
    static final int SLICE = 256;

    private static final long NEXT_SLICE = Duration.ofMillis(5).toNanos();

    private record Expected(LiveRoom liveRoom, Author author) {}

    private final ServerLoop loop;
    private final JournalRequests journal;
    private final long goneAfter;
    private final ArrayDeque<Expected> expected = new ArrayDeque<>();

    RestoredMembers(ServerLoop loop, JournalRequests journal, long goneAfter) {
        this.loop = loop;
        this.journal = journal;
        this.goneAfter = goneAfter;
    }

    /** Whom the log of a room says to be there. */
    void expect(LiveRoom liveRoom) {
        Room room = liveRoom.room();
        if (!room.announces()) {
            return;
        }
        for (UserName name : room.fold().inside()) {
            Author author = new Author(room.fold().accountOf(name), name);
            room.roster().restore(name, room.role(author, RoomRole.GUEST));
            if (expected.isEmpty()) {
                loop.at(loop.now() + goneAfter, this::giveUp);
            }
            expected.add(new Expected(liveRoom, author));
        }
    }

    private void giveUp() {
        for (int i = 0; i < SLICE && !expected.isEmpty() && !journal.isFull(); i++) {
            Expected missing = expected.remove();
            missing.liveRoom().leaving().giveUp(missing.author(), "");
        }
        if (!expected.isEmpty()) {
            loop.at(loop.now() + (journal.isFull() ? PAUSE : NEXT_SLICE), this::giveUp);
        }
    }
}
