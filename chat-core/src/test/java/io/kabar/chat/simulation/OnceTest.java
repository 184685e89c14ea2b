package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomName;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A program that dies while it sends, on a bad network, and a server that dies too: each line is in the room once. */
class OnceTest {

    private static final RoomName ROOM = new RoomName("lobby");
    private static final int LINES = 60;
    private static final int DEATHS = 4;

    private static String line(int number) {
        return "script/" + ROOM + "/" + number + " "; // as the ledger reads it
    }

    /** What a script does that begins anew each time: all lines, under the ids they always have. */
    private static void sendAll(SimClient client) {
        client.join(ROOM, JoinHistory.NONE);
        for (int i = 1; i <= LINES; i++) {
            client.say(ROOM, line(i), MessageId.numbered(i, "script"));
        }
    }

    @Test
    void lines_sent_again_by_new_processes_are_in_the_room_once_and_in_order() {
        Seeds.run(60, seed -> {
            World world = new World(seed);
            // The last one must get in, though the server may die twice in its first seconds and the network loses a
            // lot.
            world.connectTimeout = Duration.ofMinutes(1);
            world.weather(link -> {
                link.loss = 0.15;
                link.duplication = 0.1;
                link.reordering = 0.1;
                link.jitter = Duration.ofMillis(10).toNanos();
            });
            SimClient sender = world.client("ada");
            sendAll(sender);
            for (int i = 0; i < DEATHS; i++) {
                world.run(Duration.ofMillis(200 + world.random.nextInt(2_000)));
                if (world.random.nextInt(3) == 0) {
                    world.server.kill(Duration.ofMillis(world.random.nextInt(3_000)));
                }
                sender.kill();
                sender = sender.startedAgain();
                sendAll(sender);
            }
            SimClient last = sender;
            world.until(
                    () -> last.calls.stream()
                            .filter(call -> !call.text.isEmpty())
                            .allMatch(Call::accepted),
                    Duration.ofMinutes(5));

            world.finish();
            List<String> said = world.server.journal.log(ROOM).entries.stream()
                    .filter(entry -> entry.event().isSaid())
                    .map(entry -> entry.event().text())
                    .toList();
            assertThat(said)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, LINES)
                            .mapToObj(OnceTest::line)
                            .toList());
        });
    }
}
