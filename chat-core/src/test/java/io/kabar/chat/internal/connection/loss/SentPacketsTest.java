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

    private long add(boolean eliciting) {
        long number = sent.nextNumber();
        sent.add(new SentPacket(number, 0, PATH, 100, eliciting, -1, null));
        return number;
    }
}
