package io.kabar.chat.internal.server.query;

import io.kabar.chat.Refusal;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.limits.Turns;
import io.kabar.chat.internal.server.limits.WorkBudget;
import io.kabar.chat.internal.server.room.Occupant;
import io.kabar.chat.internal.server.room.SessionRooms;
import io.kabar.chat.internal.server.session.Request;
import io.kabar.chat.internal.server.session.User;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.Query;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who has an event: members of whom one session does. Told when the turn of the asking session's network has come. */
final class WhoSaw {

    /** When to ask again if too many wait. */
    private static final long BUSY_NANOS = Duration.ofSeconds(1).toNanos();

    /**
     * Members looked at for who has an event, for all who ask, at once and a second after that: some hundredths of a
     * core.
     */
    static final int VISITS_PER_SECOND = 1_000_000;

    private final Turns<Question> turns;

    /** A question of a session; each is one of its own. */
    private static final class Question {
        private final SessionRooms rooms;
        private final Request request;
        private final Query.WhoSaw query;

        private Question(SessionRooms rooms, Request request, Query.WhoSaw query) {
            this.rooms = rooms;
            this.request = request;
            this.query = query;
        }

        private @Nullable Occupant asking() {
            return rooms.present(query.room());
        }
    }

    WhoSaw(ServerLoop loop, boolean limited) {
        turns = new Turns<>(
                loop,
                new WorkBudget(limited ? VISITS_PER_SECOND : 0),
                question -> question.rooms.session().countedAddress(),
                question -> question.request.later(Refusal.BUSY, BUSY_NANOS),
                this::takeTurns);
    }

    void ask(SessionRooms rooms, Request request, Query.WhoSaw query) {
        Question question = new Question(rooms, request, query);
        Occupant asking = question.asking();
        if (asking == null) {
            request.refuse(Refusal.NOT_IN_ROOM);
            return;
        }
        if (query.sequence() < 1 || query.sequence() > asking.room().log().last()) {
            request.refuse(Refusal.BAD_REQUEST, "There is no event #" + query.sequence() + ".");
            return;
        }
        if (!turns.hasRoom(rooms.session().countedAddress())) {
            request.later(Refusal.BUSY, BUSY_NANOS);
            return;
        }
        long wait = rooms.takeSearch();
        if (wait > 0) {
            request.later(Refusal.RATE_LIMITED, wait);
            return;
        }
        turns.add(question);
        takeTurns();
    }

    private void takeTurns() {
        for (Question next = turns.next(); next != null; next = turns.next()) {
            Question question = next;
            Occupant asking = question.asking();
            turns.done(
                    question, asking == null ? 0 : asking.liveRoom().present().size(), false);
            if (asking == null) {
                question.request.refuse(Refusal.NOT_IN_ROOM);
            } else {
                question.rooms.session().serve(() -> answer(question, asking));
            }
        }
    }

    private static void answer(Question question, Occupant asking) {
        Set<User> users = new LinkedHashSet<>();
        for (Occupant occupant : asking.liveRoom().present()) {
            if (occupant.hasSeen(question.query.sequence())) {
                users.add(occupant.session().user());
            }
        }
        int members = Math.max(asking.room().roster().size(), users.size());
        List<UserName> told = users.stream()
                .limit(RoomLists.MEMBERS_PER_MESSAGE)
                .map(User::name)
                .sorted(Comparator.comparing(UserName::text, String.CASE_INSENSITIVE_ORDER))
                .toList();
        question.request.reply(new Answer.Seen(members, users.size(), told));
    }

    /** Members looked at so far. */
    long visits() {
        return turns.spent();
    }

    void addHeld(Map<String, Integer> held) {
        held.put("questions", turns.size());
    }
}
