package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Delivery;
import io.kabar.chat.HistoryPage;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.SearchPage;
import io.kabar.chat.UserName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** History that is read and searched while others talk, on a bad network, with a server that has little in memory. */
class ReadBackTest {

    private static final RoomName ROOM = new RoomName("lobby");

    @Test
    void what_is_read_is_what_the_log_has_whole_and_in_order() {
        Seeds.run(40, seed -> {
            World world = new World(seed, settings -> settings.historyInMemory = 32);
            List<SimClient> clients = world.lobby(3);
            world.weather(link -> {
                link.loss = 0.1;
                link.duplication = 0.1;
                link.reordering = 0.1;
                link.jitter = Duration.ofMillis(10).toNanos();
            });
            List<Call> reads = new ArrayList<>();
            List<Call> searches = new ArrayList<>();
            for (int i = 0; i < 120; i++) {
                SimClient client = clients.get(world.random.nextInt(3));
                client.say(ROOM, world.random.nextInt(10) == 0 ? 3_000 : 0);
                long last = Math.max(1, world.server.journal.log(ROOM).last());
                if (world.random.nextInt(3) == 0) {
                    reads.add(client.readHistory(
                            ROOM, new HistoryRange(world.random.nextLong(last + 1), 1 + world.random.nextInt(60))));
                }
                if (world.random.nextInt(12) == 0) {
                    searches.add(client.search(ROOM, "USERA"));
                }
                if (world.random.nextInt(40) == 0) {
                    client.rebindNat(true);
                }
                world.run(Duration.ofMillis(world.random.nextInt(60)));
            }
            world.run(Duration.ofMinutes(1)); // so that everything has come to everybody
            Call asked =
                    clients.get(0).whoSaw(ROOM, world.server.journal.log(ROOM).last());
            world.finish();

            assertThat(asked.answer).isInstanceOfSatisfying(Delivery.class, delivery -> {
                assertThat(delivery.members()).isEqualTo(3);
                assertThat(delivery.to()).extracting(UserName::text).containsExactly("usera", "userb", "userc");
            });
            for (Call read : reads) {
                assertThat(read.answer).as("answer to %s", read).isInstanceOf(HistoryPage.class);
                checkPage(world, (HistoryPage) read.answer);
            }
            for (Call search : searches) {
                assertThat(search.answer).as("answer to %s", search).isInstanceOf(SearchPage.class);
                checkHits(world, (SearchPage) search.answer);
            }
        });
    }

    /** Events in parts, and the parts out of order; what is known of one room is settled while they come. */
    @Test
    void what_is_read_arrives_whole_while_other_rooms_are_entered_and_left() {
        Seeds.run(20, seed -> {
            World world = new World(seed);
            world.server.remembers("archive", 60, 3_000);
            SimClient ada = world.client("ada");
            world.run(Duration.ofSeconds(1));
            RoomName archive = new RoomName("archive");
            ada.join(archive, JoinHistory.NONE);
            world.run(Duration.ofSeconds(1));
            world.weather(link -> {
                link.loss = 0.2;
                link.reordering = 0.2;
                link.jitter = Duration.ofMillis(10).toNanos();
            });
            List<Call> reads = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                reads.add(ada.readHistory(archive, HistoryRange.from(1 + world.random.nextInt(60), 8)));
                RoomName other = new RoomName("other" + i % 3);
                ada.leave(other);
                ada.join(other, JoinHistory.NONE);
                world.run(Duration.ofMillis(world.random.nextInt(400)));
            }
            world.finish();

            for (Call read : reads) {
                assertThat(read.answer).as("answer to %s", read).isInstanceOf(HistoryPage.class);
            }
        });
    }

    private static ChatEvent event(World world, long sequence) {
        return world.server.journal.log(ROOM).entry(sequence).event().withEpoch(0); // a page tells of no epochs
    }

    private static void checkPage(World world, HistoryPage page) {
        assertThat(page.events()).isNotEmpty();
        long next = page.events().get(0).sequence();
        for (ChatEvent event : page.events()) {
            assertThat(event).isEqualTo(event(world, next++));
        }
    }

    private static void checkHits(World world, SearchPage page) {
        long before = Long.MAX_VALUE;
        for (SearchPage.Hit hit : page.hits()) {
            ChatEvent event = hit.event();
            assertThat(event.sequence()).isLessThan(before);
            before = event.sequence();
            assertThat(event).isEqualTo(event(world, before));
            assertThat(event.text()).contains("usera");
            assertThat(hit.context())
                    .contains(event)
                    .allSatisfy(around -> assertThat(around).isEqualTo(event(world, around.sequence())));
        }
    }
}
