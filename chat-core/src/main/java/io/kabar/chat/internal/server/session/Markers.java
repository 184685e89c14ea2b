package io.kabar.chat.internal.server.session;

import io.kabar.chat.LogPosition;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.server.core.Records;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.Parts;
import io.kabar.chat.spi.ServerRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Up to where people have read rooms, on whichever of their devices: of each account and room the largest. Kept for the
 * rooms that were read last, and stored when their owner signs out and now and then before.
 */
public final class Markers {

    /** Rooms that are remembered of an account: those that were read last. */
    public static final int MOST = 64;

    static final String RECORD = "read";

    /** How often what an account has read is stored. */
    private static final long STORE_EVERY = Duration.ofSeconds(30).toNanos();

    private static final int FIELDS = 3;

    private final ServerLoop loop;
    private final Records records;
    /** The room that was read last at the end. */
    private final Map<Long, LinkedHashMap<RoomName, LogPosition>> byAccount = new HashMap<>();
    /** Of whom not everything is stored. */
    private final Set<Long> unstored = new HashSet<>();

    Markers(ServerLoop loop, Records records) {
        this.loop = loop;
        this.records = records;
    }

    /** Takes what the records say; tells how many of them say nothing that can be understood. */
    public int restore() {
        return records.read(RECORD, (key, value) -> {
            LinkedHashMap<RoomName, LogPosition> rooms = new LinkedHashMap<>();
            List<String> parts = Parts.of(value, ' ');
            for (int at = 0; at + FIELDS <= parts.size(); at += FIELDS) {
                rooms.put(
                        new RoomName(parts.get(at)),
                        new LogPosition(Digits.parseLong(parts.get(at + 1)), Digits.parseLong(parts.get(at + 2))));
            }
            byAccount.put(Digits.parseLong(key), rooms);
        });
    }

    /** Up to where an account has read a room; {@link LogPosition#NONE} if that is not known. */
    public LogPosition find(long account, RoomName room) {
        LinkedHashMap<RoomName, LogPosition> rooms = byAccount.get(account);
        return rooms == null ? LogPosition.NONE : rooms.getOrDefault(room, LogPosition.NONE);
    }

    /**
     * An account has read a room up to here.
     *
     * @param before up to where it had read the log as it is now
     * @return whether that is further
     */
    public boolean read(long account, RoomName room, LogPosition upTo, long before) {
        if (upTo.sequence() <= before) {
            return false;
        }
        LinkedHashMap<RoomName, LogPosition> rooms = byAccount.computeIfAbsent(account, id -> new LinkedHashMap<>(4));
        rooms.remove(room);
        rooms.put(room, upTo);
        if (rooms.size() > MOST) {
            rooms.remove(rooms.keySet().iterator().next());
        }
        if (unstored.add(account)) {
            loop.at(loop.now() + STORE_EVERY, () -> store(account));
        }
        return true;
    }

    /** Somebody is here no more; of a guest nothing is kept, as nobody is that guest again. */
    void signedOut(User user) {
        long account = user.author().account();
        if (user.isGuest()) {
            byAccount.remove(account);
            unstored.remove(account);
        } else {
            store(account);
        }
    }

    private void store(long account) {
        LinkedHashMap<RoomName, LogPosition> rooms = byAccount.get(account);
        String key = Long.toString(account);
        boolean hasPlace = records.hasPlaceForMembers() || records.find(RECORD, key) != null;
        if (rooms != null && hasPlace && unstored.remove(account)) {
            records.put(new ServerRecords.Entry(RECORD, key, value(rooms)), Records.Stored.UNHEEDED);
        }
    }

    /** As many of those that were read last as a record holds. */
    private static String value(Map<RoomName, LogPosition> rooms) {
        List<String> all = new ArrayList<>();
        rooms.forEach((room, read) -> all.add(room.text() + " " + read.epoch() + " " + read.sequence()));
        int length = 0;
        int from = all.size();
        while (from > 0 && length + all.get(from - 1).length() < ServerRecords.VALUE_CHARACTERS) {
            from--;
            length += all.get(from).length() + 1;
        }
        return String.join(" ", all.subList(from, all.size()));
    }
}
