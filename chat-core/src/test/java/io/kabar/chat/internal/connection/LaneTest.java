package io.kabar.chat.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kabar.chat.internal.connection.lane.FrameClass;
import io.kabar.chat.internal.connection.lane.Lane;
import io.kabar.chat.internal.wire.WireLimits;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LaneTest {
    private final ConnectionPair pair = new ConnectionPair(1);

    @Test
    void messages_arrive_whole_and_in_order_the_empty_ones_too() {
        byte[][] messages = {{}, new byte[63], new byte[64], {1}, new byte[WireLimits.MESSAGE], {2}};
        new Random(1).nextBytes(messages[4]);
        for (byte[] message : messages) {
            assertThat(pair.client.lane(7).offer(message)).isTrue();
        }
        assertThat(pair.runUntil(pair.client::lanesIdle, Duration.ofSeconds(10)))
                .isTrue();

        assertThat(pair.serverSink.messages(7)).containsExactly(messages);
        assertThat(pair.client.lane(7).queuedBytes()).isZero();
    }

    @Test
    void refuses_what_no_receiver_takes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pair.client.lane(0).offer(new byte[WireLimits.MESSAGE + 1]));
        assertThatIllegalArgumentException().isThrownBy(() -> pair.client.lane(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> pair.client.lane(WireLimits.LANES));
    }

    @Test
    void full_lane_refuses_and_tells_when_there_is_room() {
        Lane lane = pair.client.lane(1);
        byte[] message = new byte[10_000];
        int accepted = 0;
        while (lane.offer(message)) {
            accepted++;
        }
        assertThat(accepted).isEqualTo(Lane.CAPACITY / 10_002);
        assertThat(lane.queuedBytes()).isEqualTo(accepted * 10_002);
        assertThat(pair.clientSink.writable).isEmpty();
        pair.runUntil(() -> !pair.clientSink.writable.isEmpty(), Duration.ofSeconds(10));

        assertThat(pair.clientSink.writable).containsExactly(1);
        assertThat(lane.queuedBytes()).isLessThanOrEqualTo(Lane.CAPACITY / 2);
        assertThat(lane.offer(message)).isTrue();
        assertThat(pair.runUntil(pair.client::lanesIdle, Duration.ofSeconds(10)))
                .isTrue();
        assertThat(pair.serverSink.messages(1)).hasSize(accepted + 1);
        assertThat(pair.clientSink.writable).containsExactly(1);
    }

    @Test
    void control_lane_goes_before_a_big_message() {
        pair.client.lane(1).offer(new byte[30_000]);
        pair.flush();
        pair.client.lane(0).offer(new byte[100]);
        pair.runUntil(() -> !pair.serverSink.messages(0).isEmpty(), Duration.ofSeconds(10));

        assertThat(pair.serverSink.messages(1)).isEmpty();
    }

    @Test
    void big_message_does_not_block_another_lane_nor_a_room() {
        pair.server.lane(1).offer(new byte[30_000]);
        pair.server.lane(2).offer(new byte[200]);
        RoomSource room = new RoomSource(1);
        room.events.add(new byte[200]);
        pair.server.register(room, FrameClass.LOG).ready();
        pair.flush(); // the first window only

        pair.runFor(Duration.ofMillis(16));
        assertThat(pair.clientSink.messages(2)).hasSize(1);
        assertThat(pair.clientSink.events(1)).hasSize(1);
        assertThat(pair.clientSink.messages(1)).isEmpty();
    }

    @Test
    void sender_keeps_to_the_window_and_memory_is_given_back() {
        pair.client.lane(1).offer(new byte[30_000]);
        pair.client.lane(1).offer(new byte[30_000]);
        pair.client.lane(1).offer(new byte[30_000]);
        assertThat(pair.runUntil(pair.client::lanesIdle, Duration.ofSeconds(10)))
                .isTrue();
        pair.loss = 0.2;
        for (int i = 0; i < 10; i++) {
            pair.client.lane(1).offer(new byte[30_000]);
            assertThat(pair.runUntil(pair.client::lanesIdle, Duration.ofMinutes(2)))
                    .isTrue();
        }
        assertThat(pair.serverSink.messages(1)).hasSize(13);
        assertThat(pair.serverSink.closed).as("the receiver saw no breach").isNull();
    }
}
