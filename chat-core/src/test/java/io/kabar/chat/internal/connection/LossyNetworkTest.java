package io.kabar.chat.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.connection.lane.FrameClass;
import io.kabar.chat.internal.wire.WireLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Everything arrives once and in order, whatever the network does. */
class LossyNetworkTest {
    private static final int SEEDS = 200;
    private static final DatagramLimits LARGE =
            new DatagramLimits(WireLimits.LARGEST_DATAGRAM, WireLimits.LARGEST_DATAGRAM);

    @Test
    void lanes_and_rooms_arrive_complete_over_any_bad_network() {
        for (long seed = 0; seed < SEEDS; seed++) {
            run(seed);
        }
    }

    private static void run(long seed) {
        Random random = new Random(seed * 31);
        DatagramLimits limits = random.nextBoolean() ? DatagramLimits.BASE : LARGE;
        ConnectionPair pair = new ConnectionPair(
                seed, ConnectionOptions.CLIENT.withDatagrams(limits), ConnectionOptions.SERVER.withDatagrams(limits));
        pair.mtu = random.nextBoolean() ? WireLimits.LARGEST_DATAGRAM : random.nextInt(WireLimits.DATAGRAM, 1500);
        pair.loss = random.nextDouble() * 0.3;
        pair.duplication = random.nextDouble() * 0.2;
        pair.delay = Duration.ofMillis(random.nextInt(1, 100)).toNanos();
        pair.jitter = random.nextBoolean()
                ? 0
                : Duration.ofMillis(random.nextInt(1, 60)).toNanos();
        List<List<byte[]>> up = new ArrayList<>();
        for (int lane = 0; lane < 3; lane++) {
            List<byte[]> messages = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                messages.add(bytes(random, random.nextInt(5) == 0 ? 5000 : 200));
                assertThat(pair.client.lane(lane).offer(messages.get(i))).isTrue();
            }
            up.add(messages);
        }
        List<RoomSource> rooms = new ArrayList<>();
        for (int room = 1; room <= 3; room++) {
            RoomSource source = new RoomSource(room);
            for (int i = 0; i < 30; i++) {
                source.events.add(bytes(random, random.nextInt(6) == 0 ? 4000 : 120));
            }
            rooms.add(source);
            pair.server.register(source, FrameClass.LOG).ready();
        }
        boolean done = pair.runUntil(() -> complete(pair, rooms), Duration.ofMinutes(10));
        String what = "seed " + seed + ", loss " + pair.loss;
        assertThat(done).as(what).isTrue();
        for (int lane = 0; lane < 3; lane++) {
            assertThat(pair.serverSink.messages(lane)).as(what).containsExactlyElementsOf(up.get(lane));
        }
        for (RoomSource room : rooms) {
            assertThat(pair.clientSink.events(room.room).values()).as(what).containsExactlyElementsOf(room.events);
            assertThat(room.pending()).as(what).isZero();
        }
        assertThat(pair.steps).as(what).isLessThan(20_000);
        assertThat(pair.clientSink.closings + pair.serverSink.closings).as(what).isZero();
        assertThat(pair.client.path().congestion().bytesInFlight()).as(what).isNotNegative();
    }

    private static boolean complete(ConnectionPair pair, List<RoomSource> rooms) {
        return pair.client.lanesIdle() && rooms.stream().allMatch(room -> !room.hasMore() && room.pending() == 0);
    }

    private static byte[] bytes(Random random, int most) {
        byte[] bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }
}
