package io.kabar.chat.internal.connection.loss;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kabar.chat.internal.connection.ConnectionPair;
import io.kabar.chat.internal.connection.lane.SendQueue;
import io.kabar.chat.internal.connection.lane.SentFrame;
import io.kabar.chat.internal.wire.Frame;
import io.kabar.chat.internal.wire.FrameWriter;
import io.kabar.chat.internal.wire.ProtocolViolation;
import io.kabar.chat.internal.wire.WireLimits;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** RFC 9002 section 6, by the packet and the nanosecond. */
class LossDetectorTest implements SendQueue.Owner {
    private static final long MS = 1_000_000;
    private static final long MAX_ACK_DELAY = 25 * MS;
    private static final long RTT = 80 * MS;

    /** 9/8 of a round trip. */
    private static final long OVERDUE = 90 * MS;

    private final SentPackets sent = new SentPackets(new Random(1));
    private final ReceivedPackets received = new ReceivedPackets(MAX_ACK_DELAY);
    private final SendQueue queue = new SendQueue(this);
    private final LossDetector detector = new LossDetector(sent, received, queue, MAX_ACK_DELAY);
    private final Path path = path(1452);

    LossDetectorTest() {
        path.congestion().applicationLimited(false);
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void wake() {}

    @Override
    public void laneWritable(int lane) {}

    private static Path path(int longest) {
        return Path.fresh(ConnectionPair.SERVER, longest, true, 0);
    }

    /** A packet of 100 bytes with something to say. */
    private long send(long now) {
        return send(now, path, 100);
    }

    /** So many, whose numbers are not all consecutive. */
    private long[] send(int count, long now) {
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = send(now);
        }
        return numbers;
    }

    /** Sends one that is lost, and three that show it a round trip later. */
    private long lose(long now, int size) throws ProtocolViolation {
        return lose(now, size, 3);
    }

    private long lose(long now, int size, int others) throws ProtocolViolation {
        long lost = send(now, path, size);
        long[] arriving = send(others, now);
        long[] descending = new long[others];
        for (int i = 0; i < others; i++) {
            descending[i] = arriving[others - 1 - i];
        }
        ack(now + RTT, descending);
        assertThat(isLost(lost)).isTrue();
        return lost;
    }

    private long send(long now, Path way, int size) {
        queue.lane(1).offer(new byte[10]);
        SentFrame frames = queue.fill(new FrameWriter(new byte[100], 0, 20), now);
        return add(new SentPacket(sent.nextNumber(), now, way, size, true, -1, frames));
    }

    private long add(SentPacket packet) {
        if (packet.eliciting) {
            packet.path.congestion().onSent(packet.size);
        }
        sent.add(packet);
        return packet.number;
    }

    /** One packet there and back: what the rest is measured by. */
    private void warmUp() throws ProtocolViolation {
        ack(RTT, send(0));
    }

    private void ack(long now, long... numbers) throws ProtocolViolation {
        long[] ranges = new long[2 * numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            ranges[2 * i] = numbers[i];
            ranges[2 * i + 1] = numbers[i];
        }
        detector.onAck(new Frame.Ack(0, ranges), path, now);
    }

    private boolean isLost(long number) {
        return requireNonNull(sent.get(number)).lost();
    }

    /** Whether something is to be said again. */
    private boolean repeats() {
        return !queue.isEmpty();
    }

    @Test
    void number_that_was_not_used_yet_cannot_be_acknowledged() throws Exception {
        long number = send(0);
        assertThatExceptionOfType(ProtocolViolation.class).isThrownBy(() -> ack(RTT, sent.end()));
        ack(RTT, number);

        assertThat(detector.packetsAcked()).isEqualTo(1);
        assertThat(detector.largestAcked()).isEqualTo(number);
        assertThat(queue.lanesIdle()).as("the writer was told").isTrue();
    }

    @Test
    void packet_is_lost_when_the_third_after_it_has_arrived() throws Exception {
        warmUp();
        long[] numbers = send(4, RTT);
        assertThat(numbers[3]).as("none is left out").isEqualTo(numbers[0] + 3);
        ack(2 * RTT, numbers[2]);
        assertThat(isLost(numbers[0])).isFalse();
        ack(2 * RTT, numbers[3]);
        assertThat(isLost(numbers[0])).isTrue();
        assertThat(isLost(numbers[1])).isFalse();
        assertThat(path.congestion().bytesInFlight()).as("of the second").isEqualTo(100);
        assertThat(repeats()).isTrue();
        assertThat(detector.packetsLost()).isEqualTo(1);
    }

    @Test
    void packet_is_lost_nine_eighths_of_a_round_trip_after_it_was_sent_if_a_later_one_has_arrived() throws Exception {
        warmUp();
        long first = send(RTT);
        long second = send(RTT + 5);
        long third = send(RTT + 5);
        ack(2 * RTT + 5, third);
        assertThat(detector.timeout(path)).isEqualTo(RTT + OVERDUE);
        detector.onTimeout(path, RTT + OVERDUE - 1);
        assertThat(isLost(first)).isFalse();
        detector.onTimeout(path, RTT + OVERDUE);
        assertThat(isLost(first)).isTrue();
        assertThat(isLost(second)).isFalse();
        assertThat(detector.timeout(path)).as("the next of them").isEqualTo(RTT + 5 + OVERDUE);
        assertThat(detector.ptos()).isZero();
    }

    /** The packet that is overdue first need not be the one that was sent first. */
    @Test
    void what_is_overdue_first_counts_also_of_two_paths() throws Exception {
        warmUp();
        Path slow = path(1200);
        slow.rtt().begin(10 * RTT);
        send(RTT, slow, 100);
        send(RTT + 7);
        send(RTT + 9, slow, 100);
        ack(2 * RTT + 9, send(RTT + 9));

        assertThat(detector.timeout(path)).isEqualTo(RTT + 7 + OVERDUE);
    }

    @Test
    void nothing_is_waited_for_where_nothing_is_in_flight() throws Exception {
        assertThat(detector.timeout(path)).isEqualTo(Long.MAX_VALUE);
        warmUp();
        assertThat(detector.timeout(path)).isEqualTo(Long.MAX_VALUE);
    }

    /** RFC 9002 section 6.2.1: twice as long each time, but for the second, and never longer than half a minute. */
    @Test
    void probes_back_off_and_go_on_for_ever() throws Exception {
        warmUp();
        send(RTT);
        send(RTT);
        long pto = RTT + 4 * RTT / 2 + MAX_ACK_DELAY + RttEstimator.LATENESS;
        long now = RTT;
        for (int i = 0; i < 100; i++) {
            long wait = Math.min(pto << Math.min(Math.max(0, i - 1), 20), 30_000 * MS);
            assertThat(detector.ptoCount()).isEqualTo(i);
            assertThat(detector.timeout(path)).as("probe %d", i).isEqualTo(now + wait);
            detector.onTimeout(path, now + wait - 1);
            assertThat(detector.ptoCount()).isEqualTo(i);
            now += wait;
            detector.onTimeout(path, now);
            assertThat(detector.probes()).isEqualTo(2);
        }
        assertThat(repeats()).isTrue();
        ack(now + 1, sent.end() - 1);
        assertThat(detector.ptoCount()).isZero();
        assertThat(detector.probes()).isZero();
    }

    @Test
    void lost_packet_is_remembered_for_two_probe_timeouts_to_see_whether_it_was() throws Exception {
        warmUp();
        long lost = lose(RTT, 100);
        long last = sent.end() - 1;
        long memory = 2 * detector.pto(path);
        ack(2 * RTT + memory, last);
        assertThat(sent.get(lost)).isNotNull();
        ack(2 * RTT + memory + 1, last);
        assertThat(sent.get(lost)).isNull();
    }

    @Test
    void packet_that_arrives_after_all_widens_the_bounds_and_takes_the_congestion_back() throws Exception {
        warmUp();
        long window = path.congestion().window();
        long[] numbers = new long[12];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = send(RTT);
        }
        ack(2 * RTT, numbers[9]);
        assertThat(path.congestion().window()).isLessThan(window);
        long lost = detector.packetsLost();
        assertThat(lost).isPositive();
        long halved = path.congestion().window();
        for (int i = 0; i < lost; i++) {
            assertThat(path.congestion().window()).as("until all have").isEqualTo(halved);
            assertThat(isLost(numbers[i])).isTrue();
            ack(2 * RTT + 5 * MS, numbers[i]);
        }

        assertThat(path.congestion().window()).as("with what arrived in time").isEqualTo(window + 100);
        assertThat(detector.packetsSpurious()).isEqualTo(lost);
        assertThat(path.reordering().packets()).isEqualTo((int) (numbers[9] - numbers[0]) + 1);
        assertThat(path.reordering().lossDelay(path.rtt()))
                .as("a sixteenth of a round trip late: less than is allowed")
                .isEqualTo(OVERDUE);
    }

    /** Its loss meant nothing to the window; so its arrival takes nothing back. */
    @Test
    void probe_of_the_mtu_and_mere_acknowledgement_that_arrive_late_take_no_congestion_back() throws Exception {
        warmUp();
        long lost = send(RTT);
        SentPacket probe = new SentPacket(sent.nextNumber(), RTT, path, 1452, true, -1, null);
        probe.onlyProbesMtu();
        add(probe);
        long mere = add(new SentPacket(sent.nextNumber(), RTT, path, 50, false, -1, null));
        send(4, RTT);
        ack(2 * RTT, sent.end() - 1);
        assertThat(isLost(lost)).isTrue();
        long halved = path.congestion().window();
        assertThat(isLost(probe.number)).isTrue();
        assertThat(isLost(mere)).isTrue();
        long spurious = detector.packetsSpurious();
        ack(3 * RTT, mere);
        assertThat(detector.packetsSpurious()).isEqualTo(spurious);
        for (int i = 0; i < 20; i++) {
            ack(3 * RTT, probe.number);
        }
        assertThat(path.congestion().window()).isEqualTo(halved);
    }

    @Test
    void acknowledgement_that_the_peer_has_got_is_not_repeated() throws Exception {
        for (int number = 0; number < 5; number++) {
            received.add(2L * number, 100, false, 0);
        }
        long number = add(new SentPacket(sent.nextNumber(), 0, path, 50, true, 4, null));
        ack(RTT, number);

        assertThat(received.rangeCount()).as("of 6 and 8").isEqualTo(2);
    }

    @Test
    void all_that_is_on_a_way_that_was_left_is_said_again_at_once_and_else_some_of_it() throws Exception {
        warmUp();
        for (int i = 0; i < 6; i++) {
            send(RTT);
        }
        detector.onPathChanged(false, RTT);
        assertThat(saidAgain()).isEqualTo(2);
        assertThat(detector.probes()).isEqualTo(2);
        assertThat(repeats()).isTrue();
        detector.onPathChanged(true, RTT);
        assertThat(saidAgain()).isEqualTo(6);
        assertThat(detector.packetsLost()).isZero();
        assertThat(sent.elicitingInFlight()).isEqualTo(6);
    }

    /** Packets in flight whose writers were told. */
    private int saidAgain() {
        int told = 0;
        for (long number = sent.base(); number < sent.end(); number++) {
            SentPacket packet = sent.get(number);
            told += packet != null && packet.frames == null ? 1 : 0;
        }
        return told;
    }

    @Test
    void seventeen_congestions_in_a_row_make_it_forget_how_far_packets_overtake_each_other() throws Exception {
        warmUp();
        path.reordering().onSpurious(7, 0, path.rtt());
        long now = RTT;
        for (int i = 0; i < 17; i++) {
            assertThat(path.reordering().packets()).isEqualTo(8);
            lose(now + 1, 100, 8);
            now += 10 * RTT;
        }
        assertThat(path.reordering().packets()).isEqualTo(3);
    }

    @Test
    void large_datagrams_that_vanish_are_told_to_the_path_and_those_of_the_base_are_not() throws Exception {
        warmUp();
        assertThat(sizeAfterLosses(1200)).isEqualTo(1452);
        assertThat(sizeAfterLosses(1201)).isEqualTo(1200);
    }

    private int sizeAfterLosses(int size) throws ProtocolViolation {
        path.mtu().onAcked(mtuProbe());
        long now = 1000 * RTT;
        for (int i = 0; i < PathMtu.BLACK_HOLE; i++) {
            lose(now, size);
            now += 2 * RTT;
        }
        return path.mtu().size();
    }

    private SentPacket mtuProbe() {
        SentPacket probe = new SentPacket(0, 0, path, 1452, true, -1, null);
        probe.onlyProbesMtu();
        return probe;
    }

    /** RFC 9002 section 7.6.1: two that elicit, all between them lost, more than three probe timeouts apart. */
    @Test
    void persistent_congestion_is_silence_of_more_than_three_probe_timeouts() throws Exception {
        long silence = 3 * (RTT + 4 * RTT / 2 + MAX_ACK_DELAY + RttEstimator.LATENESS);
        assertThat(windowAfterSilence(RTT + 1, RTT + 1 + silence, false))
                .isGreaterThan(CongestionController.MINIMUM_WINDOW);
        assertThat(new LossDetectorTest().windowAfterSilence(RTT + 1, RTT + 2 + silence, false))
                .isEqualTo(CongestionController.MINIMUM_WINDOW);
        assertThat(new LossDetectorTest().windowAfterSilence(RTT + 1, RTT + 2 * silence, true))
                .as("one between them has arrived")
                .isGreaterThan(CongestionController.MINIMUM_WINDOW);
        assertThat(new LossDetectorTest().windowAfterSilence(RTT, RTT + 2 + silence, false))
                .as("the first was not sent after the first sample, and the second too late")
                .isGreaterThan(CongestionController.MINIMUM_WINDOW);
    }

    private long windowAfterSilence(long firstAt, long lastAt, boolean broken) throws ProtocolViolation {
        warmUp();
        long first = send(firstAt);
        send(100, RTT + 2); // numbers that are left out among them are no sign of life
        long between = broken ? send(RTT + 2) : -1;
        long last = send(lastAt);
        for (int i = 0; i < 4; i++) { // what nobody waits for has no part in it, and is not timed
            add(new SentPacket(sent.nextNumber(), lastAt, path, 50, false, -1, null));
        }
        assertThat(sent.skippedBetween(first, last)).isTrue();
        long newest = sent.end() - 1;
        ack(lastAt + RTT, broken ? new long[] {newest, between} : new long[] {newest});
        assertThat(isLost(last)).isTrue();
        return path.congestion().window();
    }

    @Test
    void datagram_that_never_left_is_no_loss_and_what_it_held_goes_at_once() throws Exception {
        warmUp();
        long window = path.congestion().window();
        path.mtu().onAcked(mtuProbe());
        long number = send(RTT, path, 1452);
        detector.onNotSent(1451, RTT);
        assertThat(sent.elicitingInFlight()).as("it was another").isEqualTo(1);
        detector.onNotSent(1452, RTT);

        assertThat(sent.get(number)).isNull();
        assertThat(path.congestion().bytesInFlight()).isZero();
        assertThat(path.congestion().window()).isEqualTo(window);
        assertThat(detector.packetsLost()).isZero();
        assertThat(path.mtu().size()).isEqualTo(WireLimits.DATAGRAM);
        assertThat(repeats()).isTrue();
        detector.onNotSent(1452, RTT);
        assertThat(path.congestion().bytesInFlight()).as("once").isZero();
    }

    @Test
    void datagram_that_never_left_gives_the_pacer_its_place_back() {
        for (int i = 0; i < 10; i++) {
            path.pacer().onSent(1200);
        }
        send(0, path, 1452);
        path.pacer().onSent(1452);
        assertThat(path.pacer().nextSend(12_000, RTT, 0)).isGreaterThan(10 * MS);
        detector.onNotSent(1452, 0);

        assertThat(path.pacer().nextSend(12_000, RTT, 0)).isLessThan(10 * MS);
    }

    @Test
    void packet_in_flight_no_more_and_mere_acknowledgement_are_not_taken_back() throws Exception {
        warmUp();
        long mere = add(new SentPacket(sent.nextNumber(), RTT, path, 1400, false, -1, null));
        detector.onNotSent(1400, RTT);
        assertThat(sent.get(mere)).isNotNull();
        assertThat(path.congestion().bytesInFlight()).isZero();
    }

    /** RFC 9000 section 14.4: neither congestion nor loss; the next of that size may go. */
    @Test
    void probe_of_the_mtu_that_is_lost_is_told_to_the_path_alone() throws Exception {
        warmUp();
        long window = path.congestion().window();
        for (int i = 0; i < PathMtu.FULL_PACKETS; i++) {
            path.mtu().onFilled(true);
        }
        assertThat(path.mtu().probeSize(RTT)).isEqualTo(1452);
        path.mtu().onProbeSent();
        SentPacket probe = new SentPacket(sent.nextNumber(), RTT, path, 1452, true, -1, null);
        probe.onlyProbesMtu();
        add(probe);
        long[] others = send(3, RTT);
        ack(2 * RTT, others[2], others[1], others[0]);

        assertThat(probe.lost()).isTrue();
        assertThat(detector.packetsLost()).isZero();
        assertThat(path.congestion().window()).isGreaterThanOrEqualTo(window);
        assertThat(path.congestion().bytesInFlight()).isZero();
        assertThat(path.mtu().probeSize(2 * RTT)).as("another").isEqualTo(1452);
        ack(3 * RTT, probe.number);
        assertThat(path.mtu().size()).as("it was late").isEqualTo(1452);
    }
}
