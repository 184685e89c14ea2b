package io.kabar.chat.internal.server.order;

import io.kabar.chat.RoomName;
import io.kabar.chat.internal.server.core.Records;
import io.kabar.chat.internal.server.core.Records.Stored;
import io.kabar.chat.internal.server.limits.AddressPrefixes;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.Parts;
import io.kabar.chat.rules.Network;
import io.kabar.chat.spi.ServerRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bans from a room "with their address": whoever comes from where a banned account came from last does not enter the
 * room, for a while. Nobody is told the address, not even who bans: a rule is known by room and account. Where an
 * account came from is known while it is signed in, and of the newest sign-ins of this run of the server.
 */
public final class RoomDoors {

    /** What a record of one is called: no export has it. */
    static final String RECORD = ServerRecords.ADDRESSES + "room-ban";

    /** Others may come to have the address, so a rule does not last as long as a ban may. */
    public static final Duration LONGEST = Duration.ofDays(7);

    /** Accounts whose newest address is remembered. */
    private static final int REMEMBERED = 16_384;

    /** Rules of one room. */
    private static final int MOST = 256;

    private record Rule(Network network, Instant until) {}

    private final Records records;
    private final Map<Long, Network> cameFrom = new LinkedHashMap<>() {
        @java.io.Serial
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Network> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final Map<RoomName, Map<Long, Rule>> rooms = new HashMap<>();

    RoomDoors(Records records) {
        this.records = records;
    }

    /** Takes what the records say; tells how many of them say nothing that can be understood. */
    int restore() {
        return records.read(RECORD, (key, value) -> {
            List<String> place = Parts.of(key, ' ');
            List<String> parts = Parts.of(value, ' ');
            long account = Digits.parseLong(place.get(0));
            Rule rule = new Rule(Network.parse(parts.get(1)), Instant.ofEpochMilli(Digits.parseLong(parts.get(0))));
            rooms.computeIfAbsent(new RoomName(place.get(1)), room -> new LinkedHashMap<>(2))
                    .put(account, rule);
        });
    }

    /** An account has signed in from there. */
    void signedIn(long account, AddressPrefixes from) {
        cameFrom.remove(account); // it comes last from now on
        cameFrom.put(account, AddressBans.network(from));
    }

    /** Where an account came from last; null if that is not known. */
    public @Nullable Network cameFrom(long account) {
        return cameFrom.get(account);
    }

    /**
     * Bans from a room where an account came from last.
     *
     * @param until when its ban ends; the rule ends at the latest after {@link #LONGEST}
     * @return false if it is not known where the account came from, or the room has as many rules as it may have; then
     *     {@code then} hears nothing
     */
    public boolean banAddressOf(long account, Instant until, RoomName room, Instant now, Stored then) {
        Network network = cameFrom.get(account);
        Map<Long, Rule> rules = rooms.computeIfAbsent(room, name -> new LinkedHashMap<>(2));
        forgetOld(room, rules, now);
        boolean isOneMore = !rules.containsKey(account);
        if (network == null || (isOneMore && (rules.size() >= MOST || !records.hasPlaceForMembers()))) {
            return false;
        }
        Instant latest = now.plus(LONGEST);
        Rule rule = new Rule(network, until.isAfter(latest) ? latest : until);
        rules.put(account, rule);
        records.put(
                new ServerRecords.Entry(RECORD, key(account, room), rule.until().toEpochMilli() + " " + rule.network()),
                then);
        return true;
    }

    private static String key(long account, RoomName room) {
        return account + " " + room.text();
    }

    private void forgetOld(RoomName room, Map<Long, Rule> rules, Instant now) {
        for (Map.Entry<Long, Rule> each : List.copyOf(rules.entrySet())) {
            if (!now.isBefore(each.getValue().until())) {
                lift(each.getKey(), room);
            }
        }
    }

    /** Lifts the rule that the ban of an account has made. */
    public void lift(long account, RoomName room) {
        Map<Long, Rule> rules = rooms.get(room);
        if (rules != null && rules.remove(account) != null) {
            records.remove(RECORD, key(account, room), Stored.UNHEEDED);
        }
    }

    /** The room of this name is another one, or none any more. */
    void forget(RoomName room) {
        List.copyOf(rooms.getOrDefault(room, Map.of()).keySet()).forEach(account -> lift(account, room));
        rooms.remove(room);
    }

    /** Until when nobody from this address enters a room; null if somebody may. */
    public @Nullable Instant bannedUntil(RoomName room, AddressPrefixes from, Instant now) {
        Map<Long, Rule> rules = rooms.get(room);
        if (rules == null || rules.isEmpty()) {
            return null;
        }
        Network network = AddressBans.network(from);
        Instant latest = null;
        for (Rule rule : rules.values()) {
            if (rule.network().equals(network)
                    && now.isBefore(rule.until())
                    && (latest == null || rule.until().isAfter(latest))) {
                latest = rule.until();
            }
        }
        return latest;
    }
}
