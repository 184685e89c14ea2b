package io.kabar.chat.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.connection.DatagramLimits;
import io.kabar.chat.internal.endpoint.Endpoint;
import io.kabar.chat.internal.endpoint.SlowWork;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The order of a turn, on a network and a clock of the test's own. */
class EndpointDriverTest {

    private static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
    private static final long MILLI = 1_000_000;

    private long now;
    private final List<String> happened = new ArrayList<>();
    private final Line line = new Line();
    private final Alarmed endpoint = new Alarmed();
    private final List<Throwable> defects = new ArrayList<>();
    private final EndpointDriver driver = new EndpointDriver(
            endpoint,
            line,
            () -> now,
            new EndpointDriver.Buffers(),
            () -> {},
            (defect, count) -> defects.add(defect.cause()));

    @Test
    void what_has_come_is_taken_in_before_anything_is_held_to_be_late() {
        endpoint.due = 1;
        now = 31_000 * MILLI; // the machine was suspended, and what came meanwhile lies in the socket
        line.waiting = 1000;

        while (!happened.contains("late")) {
            driver.turn();
        }

        assertThat(happened.indexOf("late")).isEqualTo(1000);
        assertThat(happened).filteredOn("late"::equals).hasSize(1);
    }

    @Test
    void what_is_due_comes_in_between_when_there_is_no_end_of_datagrams() {
        endpoint.due = 1;
        line.waiting = Integer.MAX_VALUE;
        line.costs = MILLI / 10;

        while (!happened.contains("late")) {
            driver.turn();
        }

        assertThat(now).isBetween(EndpointDriver.LONGEST_READING, 2 * EndpointDriver.LONGEST_READING);
    }

    @Test
    void timer_runs_at_once_when_there_is_nothing_to_read() {
        endpoint.due = 1;
        now = 2;
        driver.turn();
        assertThat(happened).containsExactly("late");
    }

    @Test
    void datagram_that_meets_a_defect_is_the_only_one_lost() {
        endpoint.breaks = 3;
        line.waiting = 10;
        driver.turn();
        assertThat(happened).filteredOn("taken"::equals).hasSize(9);
        assertThat(defects).singleElement().isInstanceOf(AssertionError.class);
    }

    @Test
    void driver_rests_after_a_defect_and_never_spins() {
        endpoint.due = 1;
        endpoint.timeoutBreaks = true;
        now = 2;
        driver.turn();
        assertThat(driver.idleNanos(now)).isPositive();
    }

    private final class Line implements EndpointDriver.Port {
        private int waiting;
        private long costs;

        @Override
        public boolean readable() {
            return waiting > 0;
        }

        @Override
        public @Nullable InetSocketAddress receive(ByteBuffer into) {
            if (waiting == 0) {
                return null;
            }
            waiting--;
            now += costs;
            into.put((byte) 1);
            return PEER;
        }

        @Override
        public boolean send(ByteBuffer datagram, InetSocketAddress to) {
            return true;
        }

        @Override
        public void wantRoom(boolean wanted) {
            throw new AssertionError("there is room");
        }
    }

    private final class Alarmed implements Endpoint {
        @Override
        public void handleTooLong(int length, long now) {
            throw new AssertionError("nothing is long here");
        }

        private long due = Long.MAX_VALUE;
        private int breaks;
        private boolean timeoutBreaks;

        @Override
        public void handleDatagram(InetSocketAddress from, byte[] data, int length, long at) {
            if (--breaks == 0) {
                throw new AssertionError("a defect");
            }
            happened.add("taken");
        }

        @Override
        public void handleTimeout(long at) {
            if (timeoutBreaks) {
                throw new IllegalStateException("a defect");
            }
            happened.add("late");
            due = Long.MAX_VALUE;
        }

        @Override
        public void handleWork(SlowWork work, long at) {}

        @Override
        public void handleLimits(DatagramLimits limits) {}

        @Override
        public long nextTimeout() {
            return due;
        }

        @Override
        public int pollTransmit(byte[] out, long at) {
            return 0;
        }

        @Override
        public void abandon() {}

        @Override
        public InetSocketAddress transmitTo() {
            return PEER;
        }
    }
}
