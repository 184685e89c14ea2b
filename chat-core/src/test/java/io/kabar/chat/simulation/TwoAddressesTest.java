package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Refusal;
import io.kabar.chat.internal.connection.ConnectionStats;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A client that is seen at several addresses at a time, all of them live: several uplinks, a carrier's pool of
 * addresses.
 */
class TwoAddressesTest {
    private static final double MEGABITS = 10;
    private static final int MEGABYTES = 3;
    /** Another address of the server's machine. */
    private static final InetSocketAddress ELSEWHERE = SimNetwork.address(1, 77, 2120);

    /** Datagrams by one address before the other's turn; whether they are of one host. */
    @ParameterizedTest
    @CsvSource({"1, true", "4, true", "16, true", "1, false", "4, false", "16, false"})
    void history_comes_once_and_in_its_time(int perTurn, boolean sameHost) {
        comes(2, perTurn, sameHost, 1.2, 4);
    }

    /** Of hosts, each a way of its own about which nothing is known at first; of ten, more than are remembered. */
    @ParameterizedTest
    @ValueSource(ints = {4, 10})
    void pool_of_hosts_costs_little(int addresses) {
        comes(addresses, 4, false, 1.7, 10);
    }

    /**
     * As one that is bound to every address of its machine may. Its client hears the address it has asked, and no
     * other.
     */
    @Test
    void server_that_always_answers_from_elsewhere_is_not_heard_and_the_client_says_so_in_its_time() {
        World world = new World(1);
        world.answersFrom = asked -> ELSEWHERE;
        SimClient ada = world.client("ada");
        world.until(() -> ada.closed != null, world.connectTimeout.plusSeconds(1));

        assertThat(ada.ending().refusal()).isEqualTo(Refusal.UNREACHABLE);
        assertThat(ada.connections).isZero();
        world.finish();
    }

    /** So many of its datagrams come from elsewhere: they are as good as lost, and no more than that. */
    @ParameterizedTest
    @ValueSource(ints = {8, 64})
    void server_that_answers_from_elsewhere_at_times_is_heard(int every) {
        World world = new World(1);
        int[] said = {0};
        world.answersFrom = asked -> ++said[0] % every == 0 ? ELSEWHERE : asked;
        SimClient ada = Lines.reader(world, 1);
        ada.down.bottleneck = new Bottleneck(MEGABITS, 25);
        ConnectionStats stats = Lines.server(world, ada);
        long before = stats.bytesOut();
        Lines.readsAll(world, ada);
        double bytes = (stats.bytesOut() - before) / 1e6;
        Lines.print("every %dth datagram from elsewhere: %.2f bytes for each of the history's", every, bytes);
        assertThat(bytes).as("sent for each byte of the history").isLessThan(1.15 * (1 + 1.2 / every));
        assertThat(stats.migrations()).isZero();
        assertThat(ada.connections).isEqualTo(1);
        world.finish();
    }

    /** Which datagrams meet is luck: the middle one of three worlds counts. */
    private static void comes(int addresses, int perTurn, boolean sameHost, double most, double longest) {
        double[] bytes = new double[3];
        double[] seconds = new double[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            comes(new World(i + 1), i, bytes, seconds, addresses, perTurn, sameHost);
        }
        Arrays.sort(bytes);
        Arrays.sort(seconds);
        assertThat(bytes[1]).as("sent for each byte of the history").isLessThan(most);
        assertThat(seconds[1]).as("seconds, where one address takes 2.6").isLessThan(longest);
    }

    private static void comes(
            World world, int index, double[] bytes, double[] seconds, int addresses, int perTurn, boolean sameHost) {
        SimClient ada = Lines.reader(world, MEGABYTES);
        ada.down.bottleneck = new Bottleneck(MEGABITS, 25);
        ada.up.bottleneck = new Bottleneck(MEGABITS, 25);
        List<InetSocketAddress> pool = new ArrayList<>(List.of(ada.address()));
        while (pool.size() < addresses) {
            pool.add(world.freshAddress(sameHost ? ada.address() : null));
        }
        ada.nat.alternates(pool, perTurn);
        long began = world.now;
        ConnectionStats stats = Lines.server(world, ada);
        long before = stats.bytesOut();
        Lines.readsAll(world, ada);
        seconds[index] = (world.now - began) / 1e9;
        bytes[index] = (stats.bytesOut() - before) / (MEGABYTES * 1e6);
        Lines.print(
                "%d addresses%s, %d datagrams each: %.2f bytes for each of the history's, %.1f s, %d moves",
                addresses, sameHost ? " of a host" : "", perTurn, bytes[index], seconds[index], stats.migrations());
        assertThat(ada.connections).isEqualTo(1);
        world.finish();
    }
}
