package io.kabar.chat.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.RoomName;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.ServerOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** As large a room as a suite has the time for; of a thousand with the profile {@code large}. */
class BigRoomTest {

    private static final int SESSIONS = Integer.getInteger("crowd.sessions", 300);
    private static final int SENDERS = 10;
    private static final int MESSAGES = Integer.getInteger("crowd.messages", 20);
    private static final int ROUNDS = 3;

    @Test
    void a_big_room_sees_the_same_events_in_the_same_order() throws Exception {
        RoomName room = RoomName.LOBBY;
        try (ChatServer server = ChatServer.builder()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .open()
                        .options(ServerOptions.defaults()
                                .withoutRateLimit()
                                .withSessions(SESSIONS + 10, SESSIONS + 10, SESSIONS + 10))
                        .start();
                Crowd crowd = new Crowd(server.address(), server.key(), room, SESSIONS, 1)) {
            assertThat(crowd.run(60, () -> crowd.members().stream().allMatch(Crowd.One::inside)))
                    .as("everybody is inside")
                    .isTrue();
            long heapAfterFirst = 0;
            for (int round = 1; round <= ROUNDS; round++) {
                long expected = (long) round * SENDERS * MESSAGES;
                for (int i = 0; i < MESSAGES; i++) {
                    for (int sender = 0; sender < SENDERS; sender++) {
                        crowd.members().get(sender).say(room, "message " + round + "." + i + " of " + sender);
                    }
                }
                assertThat(crowd.run(60, () -> crowd.members().stream().allMatch(one -> one.said() >= expected)))
                        .as("everything said in round " + round + " arrived everywhere")
                        .isTrue();
                if (round == 1) {
                    heapAfterFirst = usedHeap();
                }
            }
            assertThat(crowd.members()).allSatisfy(one -> {
                assertThat(one.trouble()).isEmpty();
                assertThat(one.said()).isEqualTo((long) ROUNDS * SENDERS * MESSAGES);
                assertThat(one.digest()).isEqualTo(crowd.members().get(0).digest());
            });
            assertThat(usedHeap() - heapAfterFirst)
                    .as("bytes of heap more after %d rounds than after one", ROUNDS)
                    .isLessThan(24L * 1024 * 1024);
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().equals("kabar-server"))
                    .hasSize(1);
            assertThat(server.stats().sessions()).isEqualTo(SESSIONS);
            System.out.println(server.stats());
        }
    }

    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
