package io.kabar.chat.internal.server.staff;

import io.kabar.chat.Limits;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.StaffAction;
import io.kabar.chat.internal.endpoint.TokenBucket;
import io.kabar.chat.internal.wire.message.OrderQuery;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What members tell the staff of: a line of the staff's log for each. One event is reported once by a person, however
 * often it is asked; and nobody fills the log.
 */
final class Reports {

    private static final int AT_ONCE = 5;
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    /** Reports, and people who have reported, that are remembered. */
    private static final int REMEMBERED = 1024;

    private record Reported(long by, RoomName room, long sequence) {}

    private final StaffRooms rooms;
    private final Set<Reported> known = Collections.newSetFromMap(new Bounded<>());
    private final Map<Long, TokenBucket> rates = new Bounded<>();

    private static final class Bounded<K, V> extends LinkedHashMap<K, V> {
        @java.io.Serial
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > REMEMBERED;
        }
    }

    Reports(StaffRooms rooms) {
        this.rooms = rooms;
    }

    void report(Asking asking, OrderQuery.Report query, long now) {
        RoomName room = rooms.present(asking.session(), query.room());
        if (room == null) {
            asking.request().refuse(Refusal.NOT_IN_ROOM);
            return;
        }
        if (query.sequence() < 1 || query.sequence() > rooms.last(room)) {
            asking.refuse(Refusal.BAD_REQUEST, "There is no event #" + query.sequence() + ".");
            return;
        }
        long account = asking.author().account();
        Reported report = new Reported(account, room, query.sequence());
        if (!known.contains(report)) {
            long wait = rates.computeIfAbsent(account, key -> TokenBucket.every(INTERVAL, AT_ONCE, now))
                    .take(now);
            if (wait > 0) {
                asking.request().later(Refusal.RATE_LIMITED, wait);
                return;
            }
            known.add(report);
            String why = query.reason().isEmpty() ? "" : ": " + query.reason();
            rooms.write(
                    asking.author(),
                    new StaffAction(
                            "report",
                            RoomChange.Whom.NOBODY,
                            Limits.cutLine("reported " + room + " event " + query.sequence() + why)));
        }
        asking.done();
    }
}
