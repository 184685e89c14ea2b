package io.kabar.chat.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.connection.lane.FrameClass;
import io.kabar.chat.internal.connection.lane.FrameSource;
import io.kabar.chat.internal.wire.FrameWriter;
import io.kabar.chat.internal.wire.WireLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What goes into a packet, and when one goes. */
class SendingTest {
    private final ConnectionPair pair = new ConnectionPair(1);
    private final byte[] out = new byte[WireLimits.DATAGRAM];

    @Test
    void one_packet_carries_messages_and_events_of_many() {
        for (int i = 0; i < 5; i++) {
            pair.server.lane(i).offer(new byte[50]);
            RoomSource room = room(i, 50);
            pair.server.register(room, FrameClass.LOG).ready();
        }
        pair.runFor(Duration.ofMillis(16));

        assertThat(pair.server.stats().datagramsOut()).isEqualTo(1);
        for (int i = 0; i < 5; i++) {
            assertThat(pair.clientSink.messages(i)).hasSize(1);
            assertThat(pair.clientSink.events(i)).hasSize(1);
        }
    }

    @Test
    void rooms_take_turns() {
        List<RoomSource> rooms = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            RoomSource room = room(i, 900);
            for (int j = 0; j < 19; j++) {
                room.events.add(new byte[900]);
            }
            rooms.add(room);
            pair.server.register(room, FrameClass.LOG).ready();
        }
        pair.runFor(Duration.ofMillis(16)); // the first window: ten packets

        for (RoomSource room : rooms) {
            assertThat(pair.clientSink.events(room.room)).hasSizeBetween(2, 3);
        }
        assertThat(pair.runUntil(() -> pair.clientSink.eventsInAll == 80, Duration.ofSeconds(5)))
                .isTrue();
    }

    @Test
    void ready_wakes_the_endpoint_once_until_everything_was_polled() {
        pair.runFor(Duration.ofMillis(1));
        int before = pair.serverSink.readies;
        RoomSource room = room(1, 50);
        FrameSource.Handle handle = pair.server.register(room, FrameClass.LOG);
        for (int i = 0; i < 1000; i++) {
            handle.ready();
        }
        assertThat(pair.serverSink.readies).isEqualTo(before + 1);
        pair.flush();
        room.events.add(new byte[10]);
        handle.ready();
        assertThat(pair.serverSink.readies).isEqualTo(before + 2);
    }

    @Test
    void closed_source_is_neither_asked_nor_told() {
        RoomSource room = room(1, 50);
        FrameSource.Handle handle = pair.server.register(room, FrameClass.LOG);
        handle.ready();
        pair.flush();
        room.events.add(new byte[50]);
        handle.ready();
        handle.close();
        handle.ready();
        pair.runFor(Duration.ofSeconds(1));

        assertThat(pair.clientSink.eventsInAll).isEqualTo(1);
        assertThat(room.pending()).as("fate unknown").isEqualTo(1);
    }

    @Test
    void signals_go_last_and_are_not_repeated() {
        List<String> order = new ArrayList<>();
        FrameSource signal = new SignalSource(order);
        pair.server.register(signal, FrameClass.SIGNAL).ready();
        FrameSource room = new FrameSource() {
            private boolean written;

            @Override
            public long writeFrames(FrameWriter out, long now) {
                order.add("room");
                written = true;
                return out.gap(1, 2, 3) ? 1 : NOTHING;
            }

            @Override
            public boolean hasMore() {
                return !written;
            }

            @Override
            public boolean reliable() {
                return true;
            }

            @Override
            public void onAcked(long token, long now) {}

            @Override
            public void onLost(long token, long now) {
                written = false;
            }
        };
        pair.server.register(room, FrameClass.LOG).ready();
        pair.flush();
        pair.clearNetwork();
        pair.runFor(Duration.ofSeconds(5));

        assertThat(order).startsWith("room", "signal", "room").containsOnlyOnce("signal");
        assertThat(pair.clientSink.gaps).contains("1:2-3");
        assertThat(pair.clientSink.signals).isEmpty();
    }

    @Test
    void late_signal_does_not_undo_a_newer_one_of_its_room() {
        pair.client
                .register(new SignalSource(new ArrayList<>()), FrameClass.SIGNAL)
                .ready();
        int first = pair.client.pollTransmit(out, pair.now);
        byte[] late = out.clone();
        pair.client
                .register(new SignalSource(new ArrayList<>()), FrameClass.SIGNAL)
                .ready();
        int second = pair.client.pollTransmit(out, pair.now);
        pair.server.handleDatagram(pair.clientAddress, out, 0, second, pair.now);
        pair.server.handleDatagram(pair.clientAddress, late, 0, first, pair.now);

        assertThat(pair.serverSink.signals).hasSize(1);
        assertThat(pair.server.stats().drops(DropReason.STALE_SIGNAL)).isEqualTo(1);
    }

    @Test
    void every_second_packet_is_acknowledged_at_once_and_a_single_one_within_25_ms() {
        RoomSource room = room(1, 1000);
        FrameSource.Handle handle = pair.server.register(room, FrameClass.LOG);
        handle.ready();
        long start = pair.now;
        pair.runUntil(() -> room.pending() == 0 && !room.hasMore(), Duration.ofSeconds(1));
        assertThat(pair.now - start).isEqualTo(Duration.ofMillis(15 + 25 + 15).toNanos());

        pair.runFor(Duration.ofSeconds(1));
        long acks = pair.client.stats().datagramsOut();
        for (int i = 0; i < 10; i++) {
            room.events.add(new byte[1000]);
            handle.ready();
            pair.runFor(Duration.ofMillis(1));
        }
        pair.runFor(Duration.ofSeconds(1));
        assertThat(pair.client.stats().datagramsOut() - acks).isBetween(5L, 7L);
    }

    @Test
    void bulk_is_paced() {
        RoomSource room = room(1, 1000);
        for (int i = 0; i < 400; i++) {
            room.events.add(new byte[1000]);
        }
        pair.server.register(room, FrameClass.LOG).ready();
        pair.runFor(Duration.ofMillis(100)); // slow start has opened the window well beyond a burst
        List<ConnectionPair.Datagram> log = pair.startLog();
        pair.runFor(Duration.ofMillis(60));

        long mostAtOnce = log.stream()
                .filter(datagram -> !datagram.toServer())
                .collect(Collectors.groupingBy(ConnectionPair.Datagram::at, Collectors.counting()))
                .values()
                .stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
        assertThat(mostAtOnce).isBetween(1L, 14L);
        assertThat(pair.server.stats().congestionWindow()).isGreaterThan(30_000);
    }

    @Test
    void source_that_has_more_but_writes_nothing_is_left_alone_until_it_is_ready_again() {
        int[] asked = {0};
        FrameSource.Handle handle = pair.server.register(
                new FrameSource() {
                    @Override
                    public long writeFrames(FrameWriter out, long now) {
                        asked[0]++;
                        return NOTHING;
                    }

                    @Override
                    public boolean hasMore() {
                        return true;
                    }

                    @Override
                    public boolean reliable() {
                        return true;
                    }

                    @Override
                    public void onAcked(long token, long now) {}

                    @Override
                    public void onLost(long token, long now) {}
                },
                FrameClass.LOG);
        handle.ready();
        pair.runFor(Duration.ofSeconds(20));
        assertThat(asked[0]).isEqualTo(1);
        handle.ready();
        pair.flush();
        assertThat(asked[0]).isEqualTo(2);
    }

    @Test
    void hundred_rooms_with_large_events_never_break_the_bound_on_partial_ones() {
        ConnectionPair bad = new ConnectionPair(3);
        bad.loss = 0.1;
        List<RoomSource> rooms = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            RoomSource room = room(i, 16_000);
            room.events.add(new byte[2000]);
            room.events.add(new byte[1500]);
            rooms.add(room);
            bad.server.register(room, FrameClass.LOG).ready();
        }
        assertThat(bad.runUntil(() -> bad.clientSink.eventsInAll >= 300, Duration.ofMinutes(10)))
                .isTrue();
        assertThat(bad.clientSink.closed).isNull();
        assertThat(rooms).allMatch(room -> bad.clientSink.events(room.room).size() == 3);
    }

    private static RoomSource room(int id, int eventLength) {
        RoomSource room = new RoomSource(id);
        room.events.add(new byte[eventLength]);
        return room;
    }

    /** One signal, once. */
    private static final class SignalSource implements FrameSource {
        private final List<String> order;
        private boolean written;

        SignalSource(List<String> order) {
            this.order = order;
        }

        @Override
        public long writeFrames(FrameWriter out, long now) {
            order.add("signal");
            written = true;
            return out.signal(5, new byte[] {1}) ? 1 : NOTHING;
        }

        @Override
        public boolean hasMore() {
            return !written;
        }

        @Override
        public boolean reliable() {
            return false;
        }

        @Override
        public void onAcked(long token, long now) {
            throw new IllegalStateException("told of an unreliable token");
        }

        @Override
        public void onLost(long token, long now) {
            throw new IllegalStateException("told of an unreliable token");
        }
    }
}
