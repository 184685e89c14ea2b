package io.kabar.chat.internal.server.order;

import io.kabar.chat.Sanction;
import io.kabar.chat.internal.endpoint.TokenBucket;
import io.kabar.chat.internal.server.core.Records;
import io.kabar.chat.internal.server.core.Records.Stored;
import io.kabar.chat.internal.server.limits.AddressPrefixes;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.rules.Network;
import io.kabar.chat.spi.ServerRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The bans of addresses and networks. Each is a rule with a number, by which it is lifted by people who do not see the
 * address; a lookup costs as many steps as there are lengths of prefixes in use, however many rules there are.
 */
public final class AddressBans {

    /** What a record of one is called: no export has it. */
    static final String RECORD = ServerRecords.ADDRESSES + "ban";

    /** What the record of the highest number is called that a rule has ever had. */
    private static final String HIGHEST = ServerRecords.ADDRESSES + "ban-number";

    private static final String KEY = "highest";

    /** How often somebody from a banned network is let so far that they can be told: all of it together. */
    private static final Duration TELL_EVERY = Duration.ofMinutes(1);

    private static final int TELL_AT_ONCE = 2;

    /** A rule of the door. */
    private static final class Rule {
        private final long number;
        private final Network network;
        private final Sanction sanction;
        /** Null until somebody has come. */
        private @Nullable TokenBucket told;

        Rule(long number, Network network, Sanction sanction) {
            this.number = number;
            this.network = network;
            this.sanction = sanction;
        }

        /** Whether somebody who comes now is told. */
        boolean tells(long now) {
            if (told == null) {
                told = TokenBucket.every(TELL_EVERY, TELL_AT_ONCE, now);
            }
            return told.take(now) == 0;
        }
    }

    private final Records records;
    private final Map<Long, Rule> byNumber = new LinkedHashMap<>();
    private final Map<Network, Rule> byNetwork = new HashMap<>();
    /** How many rules there are of each length of a prefix; those of IPv6 are negative. */
    private final Map<Integer, Integer> lengths = new TreeMap<>();

    /** No number is given twice: the staff's log tells of rules by them. */
    private long highest;

    AddressBans(Records records) {
        this.records = records;
    }

    /** Takes what the records say; tells how many of them say nothing that can be understood. */
    int restore() {
        int strange = records.read(HIGHEST, (key, value) -> highest = Math.max(highest, Digits.parseLong(value)));
        return strange
                + records.read(RECORD, (key, value) -> {
                    SanctionText.Parsed parsed = SanctionText.parse(value);
                    long number = Digits.parseLong(key);
                    Network network = Network.parse(parsed.whom());
                    Sanction.Target target = new Sanction.Addresses(number, network.toString());
                    hold(number, network, parsed.sanction(Sanction.Kind.BAN, target));
                });
    }

    private void hold(long number, Network network, Sanction sanction) {
        Rule rule = new Rule(number, network, sanction);
        byNumber.put(number, rule);
        byNetwork.put(network, rule);
        lengths.merge(length(network), 1, Integer::sum);
        highest = Math.max(highest, number);
    }

    private static int length(Network network) {
        return network.isV6() ? -network.bits() : network.bits();
    }

    /**
     * Bans a network, in place of a former ban of the same.
     *
     * @param sanction whose target is still to be numbered
     * @return what was imposed
     */
    public Sanction impose(Network network, Sanction sanction, Stored then) {
        Rule former = byNetwork.get(network);
        long number = former == null ? next() : former.number;
        if (former != null) {
            forget(former);
        }
        Sanction numbered = new Sanction(
                sanction.kind(),
                new Sanction.Addresses(number, network.toString()),
                sanction.since(),
                sanction.until(),
                sanction.by(),
                sanction.reason());
        hold(number, network, numbered);
        records.put(
                new ServerRecords.Entry(RECORD, Long.toString(number), SanctionText.of(numbered, network.toString())),
                then);
        return numbered;
    }

    private long next() {
        highest++;
        records.put(new ServerRecords.Entry(HIGHEST, KEY, Long.toString(highest)), Stored.UNHEEDED);
        return highest;
    }

    /** Lifts a rule; false if there is none of this number. */
    public boolean lift(long number, Stored then) {
        Rule rule = byNumber.get(number);
        if (rule == null) {
            return false;
        }
        forget(rule);
        records.remove(RECORD, Long.toString(number), then);
        return true;
    }

    /** The ban of this number; null if there is none. */
    public @Nullable Sanction ofNumber(long number) {
        Rule rule = byNumber.get(number);
        return rule == null ? null : rule.sanction;
    }

    /** The number of the rule of exactly this network; 0 if there is none. */
    public long numberOf(Network network) {
        Rule rule = byNetwork.get(network);
        return rule == null ? 0 : rule.number;
    }

    private void forget(Rule rule) {
        byNumber.remove(rule.number);
        byNetwork.remove(rule.network);
        lengths.computeIfPresent(length(rule.network), (key, count) -> count == 1 ? null : count - 1);
    }

    /** The ban that an address falls under at this time; null if there is none. */
    public @Nullable Sanction find(AddressPrefixes from, Instant time) {
        Rule rule = rule(from, time);
        return rule == null ? null : rule.sanction;
    }

    /** Whether nothing is done for a stranger from there: it is banned, and somebody was told so of late. */
    boolean ignores(AddressPrefixes from, Instant time, long now) {
        Rule rule = rule(from, time);
        return rule != null && !rule.tells(now);
    }

    private @Nullable Rule rule(AddressPrefixes from, Instant time) {
        if (byNumber.isEmpty()) {
            return null;
        }
        Network address = network(from);
        for (int length : lengths.keySet()) {
            if (length < 0 == address.isV6()) {
                Rule rule = byNetwork.get(address.widened(Math.abs(length)));
                if (rule != null && rule.sanction.holds(time)) {
                    return rule;
                }
            }
        }
        return null;
    }

    /** The narrowest network of an address. */
    public static Network network(AddressPrefixes from) {
        AddressPrefixes.Prefix narrowest = from.narrowest();
        return new Network(narrowest.v6(), narrowest.bits(), narrowest.value());
    }

    /** Those that hold now, in the order in which they were imposed; the others are forgotten. */
    public List<Sanction> list(Instant now) {
        List<Sanction> all = new ArrayList<>();
        for (Rule rule : List.copyOf(byNumber.values())) {
            if (rule.sanction.holds(now)) {
                all.add(rule.sanction);
            } else {
                boolean unused = lift(rule.number, Stored.UNHEEDED);
            }
        }
        return all;
    }
}
