package io.kabar.chat.internal.connection.loss;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.connection.ConnectionPair;
import io.kabar.chat.internal.wire.WireLimits;
import org.junit.jupiter.api.Test;

class PathMtuTest {
    private static final long NOW = Long.MIN_VALUE + 5;

    private long numbers;

    @Test
    void nothing_is_probed_before_packets_are_full() {
        PathMtu mtu = new PathMtu(WireLimits.LARGEST_DATAGRAM);
        for (int i = 1; i < PathMtu.FULL_PACKETS; i++) {
            mtu.onFilled(true);
        }
        assertThat(mtu.probeSize(NOW)).isZero();

        mtu.onFilled(false);
        mtu.onFilled(true);
        assertThat(mtu.probeSize(NOW)).as("not in a row").isZero();

        fill(mtu);
        assertThat(mtu.probeSize(NOW)).isEqualTo(WireLimits.LARGEST_DATAGRAM);
        assertThat(mtu.size()).isEqualTo(WireLimits.DATAGRAM);
    }

    @Test
    void one_probe_is_under_way_at_a_time_and_its_arrival_is_the_proof() {
        PathMtu mtu = filled(WireLimits.LARGEST_DATAGRAM);
        SentPacket probe = probe(mtu, NOW);
        assertThat(mtu.probeSize(NOW)).isZero();

        mtu.onAcked(probe);
        assertThat(mtu.size()).isEqualTo(WireLimits.LARGEST_DATAGRAM);
        assertThat(mtu.probeSize(NOW)).isZero();
    }

    @Test
    void each_size_gets_three_probes_and_then_there_is_a_rest() {
        PathMtu mtu = filled(WireLimits.LARGEST_DATAGRAM);
        for (int size : new int[] {WireLimits.LARGEST_DATAGRAM, 1452, 1372}) {
            for (int i = 0; i < PathMtu.PROBES; i++) {
                assertThat(probe(mtu, NOW).size).isEqualTo(size);
                mtu.onProbeLost();
            }
        }
        assertThat(mtu.probeSize(NOW)).isZero();
        fill(mtu);
        assertThat(mtu.probeSize(NOW + PathMtu.RAISE_AFTER - 1)).isZero();
        assertThat(mtu.probeSize(NOW + PathMtu.RAISE_AFTER)).isEqualTo(WireLimits.LARGEST_DATAGRAM);
    }

    @Test
    void no_probe_is_longer_than_this_machines_network_takes() {
        PathMtu mtu = filled(1452);
        SentPacket probe = probe(mtu, NOW);
        assertThat(probe.size).isEqualTo(1452);
        mtu.onAcked(probe);
        assertThat(mtu.size()).isEqualTo(1452);

        assertThat(filled(1400).probeSize(NOW)).isEqualTo(1372);
        assertThat(filled(1300).probeSize(NOW)).isZero();
        assertThat(filled(WireLimits.DATAGRAM).probeSize(NOW)).isZero();
    }

    @Test
    void large_datagrams_that_vanish_three_times_in_a_row_are_given_up_for_a_while() {
        PathMtu mtu = filled(1452);
        mtu.onAcked(probe(mtu, NOW));
        for (int i = 1; i < PathMtu.BLACK_HOLE; i++) {
            mtu.onLargeLost(1300, NOW + i, NOW + i);
        }
        mtu.onAcked(packet(1300, false)); // one came through after all
        mtu.onLargeLost(1452, NOW + 10, NOW + 11);
        assertThat(mtu.size()).isEqualTo(1452);
        mtu.onAcked(packet(WireLimits.DATAGRAM, false)); // shows nothing of longer ones
        mtu.onLargeLost(1452, NOW + 12, NOW + 13);
        mtu.onLargeLost(1452, NOW + 14, NOW + 15);
        assertThat(mtu.size()).isEqualTo(WireLimits.DATAGRAM);

        fill(mtu);
        assertThat(mtu.probeSize(NOW + 16)).isZero();
        assertThat(mtu.probeSize(NOW + 15 + PathMtu.RAISE_AFTER)).isEqualTo(1452);
    }

    /** It takes some acknowledgements and timeouts to find all of a burst lost. */
    @Test
    void losses_of_one_time_count_once() {
        PathMtu mtu = filled(1452);
        mtu.onAcked(probe(mtu, NOW));
        for (int i = 0; i < 10; i++) {
            mtu.onLargeLost(1452, NOW + i, NOW + 100 + i);
        }
        assertThat(mtu.size()).isEqualTo(1452);
        mtu.onLargeLost(1452, NOW + 101, NOW + 200);
        mtu.onLargeLost(1452, NOW + 201, NOW + 300);
        assertThat(mtu.size()).isEqualTo(WireLimits.DATAGRAM);
    }

    @Test
    void what_the_system_does_not_take_is_not_tried_again_for_a_while() {
        PathMtu mtu = filled(WireLimits.LARGEST_DATAGRAM);
        SentPacket probe = probe(mtu, NOW);
        mtu.onRefused(probe.size, true);
        assertThat(mtu.probeSize(NOW)).as("the next shorter one at once").isEqualTo(1452);
        mtu.onAcked(probe(mtu, NOW));
        assertThat(mtu.size()).isEqualTo(1452);

        mtu.onRefused(1400, false);
        assertThat(mtu.size()).isEqualTo(WireLimits.DATAGRAM);
        fill(mtu);
        mtu.onAcked(probe(mtu, NOW));
        assertThat(mtu.size()).isEqualTo(1372);
        fill(mtu);
        assertThat(mtu.probeSize(NOW)).isZero();
        fill(mtu);
        assertThat(mtu.probeSize(NOW + PathMtu.RAISE_AFTER)).isEqualTo(WireLimits.LARGEST_DATAGRAM);
    }

    @Test
    void arrival_of_one_says_nothing_of_longer_ones() {
        PathMtu mtu = filled(1452);
        mtu.onAcked(probe(mtu, NOW));
        for (int i = 0; i < PathMtu.BLACK_HOLE; i++) {
            mtu.onLargeLost(1452, NOW + 2L * i + 1, NOW + 2L * i + 2);
            mtu.onAcked(packet(1451, false));
        }
        assertThat(mtu.size()).isEqualTo(WireLimits.DATAGRAM);
    }

    @Test
    void a_probe_taken_for_lost_too_soon_is_proof_all_the_same() {
        PathMtu mtu = filled(1452);
        SentPacket late = probe(mtu, NOW);
        mtu.onProbeLost();
        mtu.onAcked(late);
        assertThat(mtu.size()).isEqualTo(1452);
        assertThat(mtu.probeSize(NOW)).isZero();
    }

    @Test
    void losses_are_counted_on_though_there_is_no_longer_size_to_probe() {
        PathMtu mtu = filled(1452);
        mtu.onAcked(probe(mtu, NOW));
        mtu.onLargeLost(1452, NOW + 1, NOW + 2);
        mtu.onLargeLost(1452, NOW + 3, NOW + 4);
        fill(mtu);
        assertThat(mtu.probeSize(NOW + 5)).isZero();
        mtu.onLargeLost(1452, NOW + 6, NOW + 7);

        assertThat(mtu.size()).isEqualTo(WireLimits.DATAGRAM);
    }

    @Test
    void black_hole_is_noticed_each_time_the_path_has_become_one() {
        PathMtu mtu = new PathMtu(1452);
        long now = NOW;
        for (int time = 0; time < 3; time++) {
            fill(mtu);
            mtu.onAcked(probe(mtu, now));
            assertThat(mtu.size()).isEqualTo(1452);
            for (int i = 0; i < PathMtu.BLACK_HOLE; i++) {
                mtu.onLargeLost(1452, now + 1, now + 2);
                now += 3;
            }
            assertThat(mtu.size()).isEqualTo(WireLimits.DATAGRAM);
            now += PathMtu.RAISE_AFTER;
        }
    }

    @Test
    void black_hole_is_noticed_again_on_a_path_that_has_become_narrower_since() {
        PathMtu mtu = filled(WireLimits.LARGEST_DATAGRAM);
        mtu.onAcked(probe(mtu, NOW));
        for (int i = 0; i < PathMtu.BLACK_HOLE; i++) {
            mtu.onLargeLost(WireLimits.LARGEST_DATAGRAM, NOW + 2L * i, NOW + 2L * i + 1);
        }
        long later = NOW + PathMtu.RAISE_AFTER + 100;
        fill(mtu);
        for (int i = 0; i < PathMtu.PROBES; i++) {
            probe(mtu, later);
            mtu.onProbeLost();
        }
        mtu.onAcked(probe(mtu, later));
        assertThat(mtu.size()).isEqualTo(1452);
        for (int i = 0; i < PathMtu.BLACK_HOLE; i++) {
            mtu.onLargeLost(1452, later + 2L * i, later + 2L * i + 1);
        }
        assertThat(mtu.size()).isEqualTo(WireLimits.DATAGRAM);
    }

    @Test
    void what_was_sent_when_the_last_were_found_lost_is_of_the_same_time() {
        PathMtu mtu = filled(1452);
        mtu.onAcked(probe(mtu, NOW));
        mtu.onLargeLost(1452, NOW, NOW + 100);
        mtu.onLargeLost(1452, NOW + 100, NOW + 200);
        mtu.onLargeLost(1452, NOW + 201, NOW + 300);
        assertThat(mtu.size()).as("twice only").isEqualTo(1452);
    }

    @Test
    void size_that_the_system_does_not_take_is_not_kept() {
        PathMtu mtu = filled(1452);
        mtu.onAcked(probe(mtu, NOW));
        mtu.onRefused(1453, false);
        assertThat(mtu.size()).isEqualTo(1452);
        mtu.onRefused(1452, false);
        assertThat(mtu.size()).isEqualTo(WireLimits.DATAGRAM);
    }

    private static PathMtu filled(int ceiling) {
        PathMtu mtu = new PathMtu(ceiling);
        fill(mtu);
        return mtu;
    }

    private static void fill(PathMtu mtu) {
        for (int i = 0; i < PathMtu.FULL_PACKETS; i++) {
            mtu.onFilled(true);
        }
    }

    private SentPacket probe(PathMtu mtu, long now) {
        SentPacket probe = packet(mtu.probeSize(now), true);
        mtu.onProbeSent();
        return probe;
    }

    private SentPacket packet(int size, boolean probe) {
        Path path = Path.fresh(ConnectionPair.SERVER, WireLimits.DATAGRAM, true, NOW);
        SentPacket packet = new SentPacket(numbers++, NOW, path, size, true, -1, null);
        packet.mtuProbe = probe;
        return packet;
    }
}
