package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.HistoryPage;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.client.ClientCheck;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.server.core.LoginPolicy;
import io.kabar.chat.internal.wire.WireLimits;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.Query;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Pieces of a room's log that are read on their own. */
class HistoryTest {

    private static final RoomName LOBBY = RoomName.LOBBY;

    /** Little memory: nearly everything has to be read from the journal. */
    private final EndpointRig rig =
            new EndpointRig(EndpointRig.settings(new LoginPolicy(true, null, new byte[32]), 0, 16));

    private HistoryPage read(TestClient client, HistoryRange span) {
        long ticket = client.read(LOBBY, span);
        rig.pass(Duration.ofSeconds(2));
        return client.page(ticket);
    }

    private static List<Long> numbers(HistoryPage page) {
        return page.events().stream().map(ChatEvent::sequence).toList();
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void a_page_is_read_backwards_around_a_number_and_from_one() {
        rig.history(LOBBY, "old", 2_000);
        TestClient ada = rig.inside("ada", JoinHistory.NONE); // event 2001

        assertThat(numbers(read(ada, HistoryRange.newest(100)))).isEqualTo(numbers(1_902, 2_001));
        HistoryPage before = read(ada, HistoryRange.before(1_902, 1_000));
        assertThat(numbers(before)).isEqualTo(numbers(902, 1_901));
        assertThat(before.hasOlder()).isTrue();
        assertThat(before.firstKept()).isEqualTo(1);
        assertThat(before.lastSequence()).isEqualTo(2_001);
        assertThat(numbers(read(ada, HistoryRange.around(50, 100)))).isEqualTo(numbers(1, 100));
        assertThat(numbers(read(ada, HistoryRange.around(1_000, 11)))).isEqualTo(numbers(995, 1_005));
        HistoryPage first = read(ada, HistoryRange.before(4, 100));
        assertThat(numbers(first)).isEqualTo(numbers(1, 3));
        assertThat(first.hasOlder()).isFalse();
    }

    @Test
    void what_is_read_is_not_told_as_if_it_happened() {
        rig.history(LOBBY, "old", 200);
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        int told = ada.of(ClientEvent.Event.class).size();

        assertThat(numbers(read(ada, HistoryRange.newest(200)))).hasSize(200);

        assertThat(ada.of(ClientEvent.Event.class)).hasSize(told);
    }

    @Test
    void what_is_not_kept_or_has_not_happened_is_left_out() {
        rig.firstKept.put(LOBBY, 151L);
        rig.history(LOBBY, "old", 200);
        TestClient ada = rig.inside("ada", JoinHistory.NONE); // event 201

        HistoryPage page = read(ada, HistoryRange.from(100, 100));
        assertThat(numbers(page)).isEqualTo(numbers(151, 199));
        assertThat(page.hasOlder()).isFalse();
        assertThat(numbers(read(ada, HistoryRange.before(151, 100)))).isEmpty();
        assertThat(numbers(read(ada, HistoryRange.from(500, 100)))).isEmpty();
    }

    @Test
    void many_reads_at_once_are_all_answered() {
        rig.history(LOBBY, "old", 1_000);
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        List<Long> tickets = LongStream.range(0, 20)
                .map(i -> ada.read(LOBBY, HistoryRange.from(1 + 40 * i, 40)))
                .boxed()
                .toList();
        rig.pass(Duration.ofSeconds(5));

        for (int i = 0; i < 20; i++) {
            assertThat(numbers(ada.page(tickets.get(i)))).isEqualTo(numbers(1 + 40L * i, 40 + 40L * i));
        }
        ClientCheck.check(ada.endpoint, 1_000);
    }

    @Test
    void only_members_read_and_search() {
        rig.history(LOBBY, "old", 100);
        rig.inside("ada", JoinHistory.NONE);
        TestClient eve = rig.client("eve");
        rig.settle();
        long asked = eve.read(LOBBY, HistoryRange.newest(10));
        rig.settle();
        assertThat(eve.refusal(asked)).isEqualTo(Refusal.NOT_IN_ROOM);

        eve.smuggle(new ClientMessage.Request(7, new Query.History(LOBBY, HistoryRange.newest(10))));
        eve.smuggle(new ClientMessage.Request(8, new Query.Search(LOBBY, 0, "event")));
        rig.pass(Duration.ofSeconds(1));

        assertThat(eve.of(ClientEvent.Event.class)).isEmpty();
        assertThat(rig.server.held()).containsEntry("cursors", 1).containsEntry("pages", 0);
    }

    @Test
    void what_leaves_the_room_stops_reading() {
        rig.history(LOBBY, "old", 1_000);
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        ada.hears = false;
        long asked = ada.read(LOBBY, HistoryRange.newest(1_000));
        rig.settle();
        ada.leave(LOBBY);
        rig.settle();

        assertThat(ada.refusal(asked)).isEqualTo(Refusal.NOT_IN_ROOM);
        assertThat(rig.server.held()).containsEntry("cursors", 0);
    }

    @Test
    void a_session_has_only_so_many_reads_under_way() {
        rig.history(LOBBY, "old", 1_000);
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        ada.hears = false;
        for (int i = 0; i < 10; i++) {
            ada.smuggle(new ClientMessage.Request(100 + i, new Query.History(LOBBY, HistoryRange.newest(1_000))));
        }
        rig.settle();

        assertThat(rig.server.held()).containsEntry("cursors", 1 + WireLimits.HISTORY_READS);
    }

    @Test
    void a_read_outlives_the_connection_and_the_server() {
        rig.history(LOBBY, "old", 500);
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        ada.hears = false;
        long asked = ada.read(LOBBY, HistoryRange.newest(300));
        rig.settle();
        rig.restart();
        ada.hears = true;
        rig.pass(Duration.ofMinutes(5));

        assertThat(numbers(ada.page(asked))).hasSize(300);
    }

    @Test
    void a_journal_that_cannot_be_read_for_a_while_is_waited_for() {
        rig.history(LOBBY, "old", 500);
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        rig.failReads = true;
        long asked = ada.read(LOBBY, HistoryRange.from(1, 100));
        rig.pass(Duration.ofSeconds(5));
        rig.failReads = false;
        rig.pass(Duration.ofSeconds(5));

        assertThat(numbers(ada.page(asked))).isEqualTo(numbers(1, 100));
    }

    @Test
    void who_has_seen_something_goes_on_after_it() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        ada.say(LOBBY, "two");
        ada.say(LOBBY, "three");
        rig.settle();
        ada.leave(LOBBY);
        rig.inside("bob", JoinHistory.NONE);
        ada.join(LOBBY, JoinHistory.from(4));
        rig.pass(Duration.ofSeconds(2));

        assertThat(ada.events(LOBBY))
                .containsExactly(
                        "1 ada joined", "2 ada two", "3 ada three", "4 ada left", "5 bob joined", "6 ada joined");
    }
}
