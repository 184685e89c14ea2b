package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Kabar is for: whatever the network does, everybody sees the same, all of it, once. */
@ExtendWith(CheapKeys.class)
class AcceptanceTest {

    @Test
    void ten_clients_see_the_same_two_hundred_messages_over_a_bad_network() {
        Seeds.run(100, seed -> {
            World world = new World(seed);
            world.weather(link -> {
                link.loss = 0.1;
                link.duplication = 0.1;
                link.reordering = 0.1;
                link.jitter = Duration.ofMillis(10).toNanos();
            });
            List<SimClient> clients = world.lobby(10);
            for (int i = 0; i < 200; i++) {
                clients.get(world.random.nextInt(10)).say("lobby");
                world.run(Duration.ofMillis(world.random.nextInt(20)));
            }
            world.finish();
            for (SimClient client : clients) {
                assertThat(client.room("lobby").said()).hasSize(200).endsWith(last(clients));
                assertThat(client.connections)
                        .as("connections of %s", client.name)
                        .isEqualTo(1);
            }
        });
    }

    private static String[] last(List<SimClient> clients) {
        List<String> said = clients.get(0).room("lobby").said();
        return said.subList(said.size() - 100, said.size()).toArray(String[]::new);
    }
}
