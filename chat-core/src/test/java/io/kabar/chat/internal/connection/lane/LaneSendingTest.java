package io.kabar.chat.internal.connection.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kabar.chat.internal.connection.lane.Packets.Packet;
import io.kabar.chat.internal.wire.Frame;
import io.kabar.chat.internal.wire.ProtocolViolation;
import io.kabar.chat.internal.wire.WireLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LaneSendingTest {
    private static final int SPACE = 1150;

    private final Packets packets = new Packets();
    private final Lane lane = packets.queue.lane(1);

    @Test
    void message_follows_its_length_and_an_empty_one_is_a_length() {
        lane.offer(new byte[] {'a', 'b'});
        lane.offer(new byte[0]);

        assertThat(packets.next(SPACE).frames())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(new Frame.Lane(1, 0, new byte[] {2, 'a', 'b', 0}));
    }

    @Test
    void larger_message_than_anybody_takes_is_misuse() {
        assertThat(lane.offer(new byte[WireLimits.MESSAGE])).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> lane.offer(new byte[WireLimits.MESSAGE + 1]));
    }

    @Test
    void lane_is_full_to_the_byte() {
        fillUpTo(Lane.CAPACITY - 100);
        assertThat(lane.offer(new byte[99]))
                .as("with its length a byte too many")
                .isFalse();
        assertThat(lane.offer(new byte[98])).isTrue();
        assertThat(lane.queuedBytes()).isEqualTo(Lane.CAPACITY);
        assertThat(lane.offer(new byte[0])).isFalse();
    }

    @Test
    void nothing_is_taken_while_the_connection_is_not_open() {
        packets.open = false;
        assertThat(lane.offer(new byte[1])).isFalse();
        assertThat(lane.queuedBytes()).isZero();
        assertThat(packets.wakes).isZero();
    }

    @Test
    void who_was_refused_is_told_once_when_half_of_the_space_is_free() {
        fillUpTo(Lane.CAPACITY);
        assertThat(lane.offer(new byte[1])).isFalse();
        for (int i = 0; i < 1000 && lane.queuedBytes() > Lane.CAPACITY / 2; i++) {
            assertThat(packets.writable).isEmpty();
            packets.acked(packets.next(Math.min(SPACE, lane.queuedBytes() - Lane.CAPACITY / 2 + 8)));
        }
        assertThat(lane.queuedBytes()).isEqualTo(Lane.CAPACITY / 2);
        assertThat(packets.writable).containsExactly(1);
        packets.acked(packets.next(SPACE));
        assertThat(packets.writable).hasSize(1);
    }

    @Test
    void nobody_is_told_who_was_not_refused() {
        lane.offer(new byte[10]);
        packets.acked(packets.next(SPACE));
        assertThat(packets.writable).isEmpty();
    }

    @Test
    void no_more_than_a_window_is_sent_beyond_the_lowest_byte_that_is_not_acknowledged() {
        fillUpTo(100_000);
        List<Packet> sent = sendAll();
        assertThat(bytes(sent)).isEqualTo(WireLimits.LANE_WINDOW);
        assertThat(packets.queue.isEmpty()).isTrue();

        for (Packet packet : sent.subList(1, sent.size())) {
            packets.acked(packet);
        }
        assertThat(packets.queue.isEmpty())
                .as("the first byte is missing still")
                .isTrue();
        int wakes = packets.wakes;
        packets.acked(sent.get(0));
        assertThat(packets.wakes).as("the window has moved on").isEqualTo(wakes + 1);
        assertThat(lane.queuedBytes()).isEqualTo(100_000 - WireLimits.LANE_WINDOW);
        assertThat(bytes(sendAll())).isEqualTo(WireLimits.LANE_WINDOW);
    }

    @Test
    void what_was_lost_goes_again_before_what_was_not_sent_yet() {
        fillUpTo(3000);
        Packet first = packets.next(500);
        Packet second = packets.next(500);
        packets.next(500);
        packets.lost(second);
        packets.lost(first);

        assertThat(packets.next(SPACE).text()).containsExactly("lane 1 0+989", "lane 1 1483+150");
        assertThat(packets.queue.isEmpty()).isFalse();
    }

    @Test
    void what_arrives_after_all_is_not_sent_again() {
        fillUpTo(1000);
        Packet first = packets.next(500);
        Packet second = packets.next(500);
        packets.next(500);
        packets.lost(first);
        packets.lost(second);
        packets.acked(second);

        assertThat(packets.next(SPACE).text()).containsExactly("lane 1 0+495");
    }

    @Test
    void copies_of_what_the_peer_has_are_of_no_more_interest() {
        fillUpTo(1000);
        Packet first = packets.next(500);
        Packet second = packets.next(SPACE);
        packets.lost(second);
        Packet again = packets.next(SPACE);
        assertThat(again.text()).isEqualTo(second.text());
        packets.acked(again);
        packets.lost(second);
        assertThat(packets.next(SPACE).frames()).isEmpty();
        packets.acked(first);
        assertThat(packets.queue.lanesIdle()).isTrue();
        packets.lost(first);
        packets.acked(second);

        assertThat(packets.next(SPACE).frames()).isEmpty();
        assertThat(lane.queuedBytes()).isZero();
    }

    @Test
    void sliver_of_space_is_left_to_others_unless_all_there_is_fits_into_it() {
        fillUpTo(100);
        assertThat(packets.next(5 + 31).frames()).as("31 of 100 bytes").isEmpty();
        Packet most = packets.next(5 + 32);
        assertThat(most.laneBytes(1)).isEqualTo(32);
        assertThat(packets.next(5 + 63).laneBytes(1)).isEqualTo(63);
        assertThat(packets.next(5 + 11).laneBytes(1)).as("all that is left").isEqualTo(5);
    }

    @Test
    void lane_takes_a_slice_while_others_wait_and_all_there_is_when_alone() {
        packets.queue.lane(2);
        fillUpTo(3000);
        packets.queue.lane(2).offer(new byte[2999]);
        Packet shared = packets.next(SPACE);

        assertThat(shared.text()).containsExactly("lane 1 0+400", "lane 2 0+400");
        packets.acked(packets.next(8000));
        assertThat(packets.queue.isEmpty()).isTrue();
        fillUpTo(4000);
        assertThat(packets.next(SPACE).laneBytes(1)).isEqualTo(1000);
    }

    @Test
    void packet_that_is_said_to_be_lost_after_it_arrived_leaves_nothing_to_send() {
        fillUpTo(1000);
        Packet first = packets.next(500);
        packets.next(SPACE);
        packets.acked(first);
        packets.lost(first);

        assertThat(packets.queue.isEmpty()).isTrue();
    }

    /** As in rotation: else one that loses much takes all packets. */
    @Test
    void lane_that_has_lost_something_takes_a_slice_beside_it_while_others_wait() {
        fillUpTo(8000);
        packets.lost(packets.next(200));
        assertThat(packets.next(SPACE).laneBytes(1)).as("alone").isGreaterThan(1100);

        packets.lost(packets.next(200));
        packets.queue.lane(2).offer(new byte[1000]);
        assertThat(packets.next(SPACE).text())
                .as("its turn for the loss, its turn in rotation, the other's")
                .containsExactly("lane 1 1133+194", "lane 1 1327+400", "lane 1 1727+400", "lane 2 0+133");
    }

    @Test
    void no_frame_is_longer_than_the_shortest_datagram_that_everybody_takes() {
        fillUpTo(5000);
        assertThat(packets.next(8000).text()).startsWith("lane 1 0+1200", "lane 1 1200+1200");
    }

    @Test
    void nothing_is_sent_nor_waits_after_it_was_let_go_of() {
        fillUpTo(3000);
        packets.queue.lane(0).offer(new byte[10]);
        Packet first = packets.next(500);
        Packet second = packets.next(500);
        packets.lost(first);
        packets.acked(second);
        packets.queue.letGo();
        packets.lost(second);

        assertThat(packets.next(SPACE).frames()).isEmpty();
        assertThat(packets.queue.lanesIdle()).isTrue();
        assertThat(lane.queuedBytes()).isZero();
    }

    /** The two ends of lanes against each other, over packets of any size of which some are lost or said to be. */
    @Test
    void whatever_becomes_of_packets_each_lane_delivers_its_messages_once_and_in_order() throws Exception {
        for (int seed = 0; seed < 60; seed++) {
            new Exchange(seed).run();
        }
    }

    private static final class Exchange implements DeliverySink {
        private final int seed;
        private final Random random;
        private final Packets packets = new Packets();
        private final Deliveries deliveries = new Deliveries(this, () -> true);
        private final List<String> offered = new ArrayList<>();
        private final List<String> delivered = new ArrayList<>();

        Exchange(int seed) {
            this.seed = seed;
            random = new Random(seed);
        }

        void run() throws ProtocolViolation {
            List<Packet> flying = new ArrayList<>();
            for (int turn = 0; turn < 5000; turn++) {
                if (turn < 100) {
                    int number = random.nextInt(4);
                    byte[] message = new byte[random.nextInt(random.nextInt(10) == 0 ? 20_000 : 300)];
                    if (packets.queue.lane(number).offer(message)) {
                        offered.add(number + ":" + message.length);
                    }
                }
                Packet next = packets.next(random.nextInt(20, SPACE));
                if (!next.frames().isEmpty()) {
                    flying.add(next);
                }
                if (!flying.isEmpty() && random.nextInt(20) < flying.size()) {
                    Packet packet = flying.remove(random.nextInt(flying.size()));
                    boolean arrives = random.nextInt(4) > 0;
                    if (arrives) {
                        receive(packet);
                    }
                    if (arrives && random.nextInt(5) > 0) {
                        packets.acked(packet);
                    } else {
                        packets.lost(packet); // though it may have arrived
                    }
                }
                if (turn >= 100 && packets.queue.lanesIdle()) {
                    break;
                }
            }
            assertThat(packets.queue.lanesIdle()).as("seed " + seed).isTrue();
            for (int number = 0; number < 4; number++) {
                String lane = number + ":";
                assertThat(delivered.stream().filter(message -> message.startsWith(lane)))
                        .as("seed " + seed)
                        .containsExactlyElementsOf(offered.stream()
                                .filter(message -> message.startsWith(lane))
                                .toList());
            }
        }

        private void receive(Packet packet) throws ProtocolViolation {
            for (Frame frame : packet.frames()) {
                deliveries.onLane((Frame.Lane) frame);
            }
        }

        @Override
        public void onMessage(int lane, byte[] message) {
            delivered.add(lane + ":" + message.length);
        }

        @Override
        public void onEvent(long log, long seq, byte[] body) {}

        @Override
        public void onGap(long log, long from, long to) {}

        @Override
        public boolean onSignal(long log, long packet, byte[] body) {
            return true;
        }
    }

    /** Messages until so many bytes wait in the lane. */
    private void fillUpTo(int bytes) {
        for (int i = 0; i < 100 && lane.queuedBytes() < bytes; i++) {
            int missing = bytes - lane.queuedBytes();
            int length = Math.min(10_000, missing - (missing > 64 ? 2 : 1));
            assertThat(lane.offer(new byte[length])).isTrue();
        }
        assertThat(lane.queuedBytes()).isEqualTo(bytes);
    }

    private List<Packet> sendAll() {
        List<Packet> sent = new ArrayList<>();
        for (int i = 0; i < 1000 && !packets.queue.isEmpty(); i++) {
            sent.add(packets.next(SPACE));
        }
        return sent;
    }

    private static int bytes(List<Packet> sent) {
        return sent.stream().mapToInt(packet -> packet.laneBytes(1)).sum();
    }
}
