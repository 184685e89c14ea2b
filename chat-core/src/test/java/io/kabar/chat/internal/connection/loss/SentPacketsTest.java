package io.kabar.chat.internal.connection.loss;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.connection.ConnectionPair;
import io.kabar.chat.internal.wire.WireLimits;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SentPacketsTest {
    private static final Path PATH = Path.fresh(ConnectionPair.SERVER, WireLimits.DATAGRAM, true, 0);

    private final SentPackets sent = new SentPackets(new Random(1));

    @Test
    void numbers_grow_and_some_are_left_out_ever_more_rarely() {
        long last = -1;
        int skippedEarly = 0;
        int skippedLate = 0;
        for (int i = 0; i < 20_000; i++) {
            long number = add(true);
            assertThat(number).isGreaterThan(last);
            skippedEarly += i < 64 && number > last + 1 ? 1 : 0;
            skippedLate += i >= 10_000 && number > last + 1 ? 1 : 0;
            last = number;
            sent.remove(requireNonNull(sent.get(number)));
        }
        assertThat(skippedEarly).isPositive();
        assertThat(skippedLate).isLessThan(5);
        assertThat(sent.end() - 20_000).as("left out in all").isBetween(3L, 40L);
    }

    @Test
    void a_number_left_out_is_known_as_such() {
        long previous = -1;
        for (int i = 0; i < 200; i++) {
            long number = add(true);
            for (long skipped = previous + 1; skipped < number; skipped++) {
                assertThat(sent.skipped(skipped)).isTrue();
                assertThat(sent.get(skipped)).isNull();
            }
            assertThat(sent.skipped(number)).isFalse();
            previous = number;
        }
    }

    @Test
    void counts_what_is_in_flight() {
        long first = add(true);
        long second = add(false);
        long third = add(true);
        assertThat(sent.elicitingInFlight()).isEqualTo(2);
        sent.markLost(requireNonNull(sent.get(first)), 5);
        assertThat(sent.elicitingInFlight()).isEqualTo(1);
        sent.forgetLostBefore(6);
        assertThat(sent.get(first)).isNull();
        assertThat(sent.get(second)).isNotNull();
        sent.remove(requireNonNull(sent.get(third)));
        assertThat(sent.elicitingInFlight()).isZero();
    }

    /** Else whoever acknowledges blindly is found out with some seeds only. */
    @Test
    void numbers_are_left_out_whatever_the_seed() {
        for (int seed = 0; seed < 500; seed++) {
            SentPackets some = new SentPackets(new Random(seed));
            for (int i = 0; i < 1000; i++) {
                some.add(packet(some.nextNumber(), 0, false));
            }
            assertThat(some.end() - 1000).as("seed " + seed).isBetween(3L, 20L);
        }
    }

    @Test
    void only_numbers_between_the_oldest_of_interest_and_the_newest_have_a_packet() {
        for (int i = 0; i < 8; i++) { // as many as there is space for before it grows
            add(true);
        }
        assertThat(sent.end() - sent.base()).as("none is left out").isEqualTo(8);
        assertThat(sent.get(sent.base() - 1)).isNull();
        assertThat(sent.get(sent.base())).isNotNull();
        assertThat(sent.get(sent.end() - 1)).isNotNull();
        assertThat(sent.get(sent.end())).isNull();
    }

    @Test
    void what_was_left_out_is_of_no_interest_where_nothing_else_is() {
        for (int i = 0; i < 300; i++) {
            long number = sent.nextNumber();
            assertThat(sent.base()).isEqualTo(number).isEqualTo(sent.end());
            sent.remove(requireNonNull(sent.get(add(true))));
        }
    }

    @Test
    void packets_lost_since_are_remembered() {
        long number = add(true);
        sent.markLost(requireNonNull(sent.get(number)), 5);
        sent.forgetLostBefore(5);
        assertThat(sent.get(number)).isNotNull();
        sent.forgetLostBefore(6);
        assertThat(sent.get(number)).isNull();
    }

    @Test
    void last_packet_is_alone_if_none_was_sent_for_so_long_before_it() {
        assertThat(sent.alone(1)).isFalse();
        sent.add(packet(sent.nextNumber(), -50, true));
        assertThat(sent.alone(1)).as("the first is not known to be").isFalse();
        sent.add(packet(sent.nextNumber(), 10, false));
        sent.add(packet(sent.nextNumber(), 50, true));
        assertThat(sent.alone(100)).isTrue();
        assertThat(sent.alone(101)).isFalse();
        assertThat(sent.lastElicitingAt()).isEqualTo(50);
    }

    @Test
    void no_more_numbers_are_remembered_of_what_nobody_acknowledges() {
        long first = add(false);
        assertThat(sent.base()).isEqualTo(first);
        for (int i = 1; sent.end() - first < SentPackets.REMEMBERED && i < SentPackets.REMEMBERED; i++) {
            assertThat(sent.base()).isEqualTo(first);
            add(false);
        }
        assertThat(sent.base()).as("exactly as many").isEqualTo(first);
        for (int i = 0; i < 6000; i++) {
            add(false);
            assertThat(sent.end() - sent.base()).isBetween(SentPackets.REMEMBERED - 10L, (long) SentPackets.REMEMBERED);
        }
    }

    @Test
    void what_is_in_flight_is_remembered_until_the_peer_has_acknowledged_nothing_for_far_too_long() {
        long oldest = add(true);
        for (int i = 0; i < SentPackets.MAX_SPAN && sent.end() - oldest < SentPackets.MAX_SPAN; i++) {
            assertThat(sent.full()).isFalse();
            add(false);
        }
        assertThat(sent.full()).isTrue();
        assertThat(sent.base()).isEqualTo(oldest);
        assertThat(sent.get(oldest)).isNotNull();

        sent.remove(requireNonNull(sent.get(oldest)));
        assertThat(sent.full()).isFalse();
    }

    private static SentPacket packet(long number, long sentAt, boolean eliciting) {
        return new SentPacket(number, sentAt, PATH, 100, eliciting, -1, null);
    }

    private long add(boolean eliciting) {
        long number = sent.nextNumber();
        sent.add(new SentPacket(number, 0, PATH, 100, eliciting, -1, null));
        return number;
    }
}
