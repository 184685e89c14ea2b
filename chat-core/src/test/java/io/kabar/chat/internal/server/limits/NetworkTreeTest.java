package io.kabar.chat.internal.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Places and turns are fair to networks, whatever their prefixes. */
class NetworkTreeTest {

    private static final int PLACES = 400;

    private record Guest(int number, AddressPrefixes address) {}

    private final NetworkTree<Guest> tree = new NetworkTree<>();
    private int guests;

    private Guest guest(AddressPrefixes address) {
        return new Guest(++guests, address);
    }

    /** Takes a place as a server gives it; tells whether there was one. */
    private boolean enter(AddressPrefixes address) {
        if (tree.size() >= PLACES) {
            Guest outdone = tree.givesWay(address, true);
            if (outdone == null) {
                return false;
            }
            tree.remove(outdone.address(), outdone);
        }
        tree.add(address, guest(address));
        return true;
    }

    private static AddressPrefixes address(byte[] bytes) {
        try {
            return AddressPrefixes.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** Any public address whose first bits are these. */
    private static AddressPrefixes within(SplittableRandom random, byte[] prefix, int bits) {
        byte[] bytes = new byte[prefix.length];
        random.nextBytes(bytes);
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % 8;
            bytes[bit / 8] = (byte) ((bytes[bit / 8] & ~mask) | (prefix[bit / 8] & mask));
        }
        return address(bytes);
    }

    private static byte[] v6(int second) {
        return new byte[] {0x20, 0x01, (byte) (second >> 8), (byte) second, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    }

    @ParameterizedTest
    @CsvSource({
        "6, 32", "6, 36", "6, 40", "6, 44", "6, 45", "6, 47", "6, 48", "6, 56", "6, 64", "4, 16", "4, 20", "4, 24",
        "4, 32"
    })
    void whoever_owns_a_prefix_keeps_nobody_out_who_comes_from_elsewhere(int version, int bits) {
        SplittableRandom random = new SplittableRandom(bits);
        byte[] owned = version == 6 ? v6(0x0db8) : new byte[] {(byte) 198, 51, 100, 7};
        for (int i = 0; i < 3 * PLACES; i++) {
            enter(within(random, owned, bits));
        }
        assertThat(tree.size()).isEqualTo(PLACES);
        List<AddressPrefixes> others = new ArrayList<>();
        for (int i = 0; i < PLACES / 4; i++) {
            AddressPrefixes other = random.nextBoolean()
                    ? within(random, v6(0x1000 + i), 32)
                    : address(new byte[] {(byte) 203, (byte) i, (byte) random.nextInt(256), 9});
            assertThat(enter(other)).isTrue();
            others.add(other);
            enter(within(random, owned, bits));
        }
        long stayed = others.stream().filter(other -> holds(other)).count();
        assertThat(stayed).as("none of them gave way to the flood").isEqualTo(others.size());
    }

    private boolean holds(AddressPrefixes address) {
        Guest probe = new Guest(0, address);
        int before = tree.size();
        tree.add(address, probe);
        tree.remove(address, probe);
        assertThat(tree.size()).isEqualTo(before);
        return all().containsKey(address);
    }

    /** Everything in the tree, found out by taking turns with a copy. */
    private Map<AddressPrefixes, Integer> all() {
        Map<AddressPrefixes, Integer> found = new HashMap<>();
        List<Guest> taken = new ArrayList<>();
        for (Guest next = tree.next(); next != null; next = tree.next()) {
            taken.add(next);
            found.merge(next.address(), 1, Integer::sum);
        }
        taken.forEach(each -> {
            tree.add(each.address(), each);
            tree.done(each.address(), 0);
        });
        return found;
    }

    /** Within a provider the same holds for its networks, and within those for their addresses. */
    @ParameterizedTest
    @ValueSource(ints = {48, 56, 64})
    void neighbours_of_a_crowded_network_get_in_at_each_level(int bits) {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 2 * PLACES; i++) {
            enter(within(random, v6(0x0db8), bits));
        }
        byte[] neighbour = v6(0x0db8);
        neighbour[bits / 8 - 1] = 1; // the next network of this length
        assertThat(enter(address(neighbour))).isTrue();
    }

    @Test
    void who_is_refused_comes_from_where_most_come_from() {
        SplittableRandom random = new SplittableRandom(3);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            int provider = (int) Math.abs(random.nextLong() % (1 + random.nextInt(40)));
            AddressPrefixes newcomer = within(random, v6(provider), 40 + random.nextInt(3) * 8);
            if (!enter(newcomer)) {
                refused++;
                Map<Object, Integer> providers = new HashMap<>();
                all().forEach((address, count) ->
                        providers.merge(address.narrowestFirst().get(3), count, Integer::sum));
                int own = providers.getOrDefault(newcomer.narrowestFirst().get(3), 0);
                assertThat(providers.values()).allMatch(others -> others <= own + 1);
            }
            if (refused > 200) {
                return;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void turns_are_given_to_networks_by_the_work_that_was_done_for_them() {
        AddressPrefixes quiet = address(new byte[] {(byte) 203, 0, 113, 9});
        Map<Boolean, Long> work = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            AddressPrefixes crowd = address(new byte[] {(byte) 198, 51, (byte) (i % 8), (byte) i});
            tree.add(crowd, guest(crowd));
        }
        tree.add(quiet, guest(quiet));
        SplittableRandom random = new SplittableRandom(5);
        for (int turn = 0; turn < 2000; turn++) {
            Guest next = tree.next();
            assertThat(next).isNotNull();
            boolean isQuiet = next.address() == quiet;
            long cost = isQuiet ? 50 : 1 + random.nextInt(30);
            tree.add(next.address(), next); // it wants more
            tree.done(next.address(), cost);
            work.merge(isQuiet, cost, Long::sum);
        }
        double share = (double) work.getOrDefault(true, 0L)
                / work.values().stream().mapToLong(Long::longValue).sum();
        assertThat(share).as("of one against a crowd").isBetween(0.48, 0.52);
        assertThat(tree.size()).isEqualTo(201);
    }

    @Test
    void it_is_empty_when_all_are_gone_and_gives_turns_in_order_within_an_address() {
        AddressPrefixes one = address(new byte[] {10, 0, 0, 1});
        AddressPrefixes other = address(new byte[] {10, 0, 0, 2});
        Guest first = guest(one);
        Guest second = guest(one);
        Guest third = guest(other);
        tree.add(one, first);
        tree.add(one, second);
        tree.add(other, third);
        tree.remove(other, first);
        assertThat(tree.size()).isEqualTo(3);
        assertThat(tree.givesWay(other, true)).isNull();
        tree.remove(other, third);
        assertThat(tree.givesWay(other, true)).isEqualTo(first);
        assertThat(tree.givesWay(other, false)).isEqualTo(second);
        assertThat(tree.next()).isEqualTo(first);
        assertThat(tree.next()).isEqualTo(second);
        assertThat(tree.next()).isNull();
        assertThat(tree.size()).isZero();
        tree.done(one, 5);
        tree.done(one, 5);
        tree.remove(one, first);
        assertThat(tree.size()).isZero();
    }

    /** A network that is forgotten between two turns has had them all the same. */
    @Test
    void whoever_comes_and_goes_does_not_keep_those_waiting_who_are_there() {
        AddressPrefixes waits = address(v6(1));
        for (int i = 0; i < 20; i++) {
            tree.add(waits, guest(waits));
        }
        Guest first = tree.next();
        assertThat(first).isNotNull();
        tree.done(waits, 5);
        int served = 0;
        for (int i = 0; i < 100; i++) {
            AddressPrefixes comes = address(v6(2 + i % 3));
            tree.add(comes, guest(comes));
            Guest next = tree.next();
            assertThat(next).isNotNull();
            served += next.address() == waits ? 1 : 0;
            tree.done(next.address(), 1);
        }
        assertThat(served).isPositive();
    }
}
