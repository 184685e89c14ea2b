package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.LogPosition;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.spi.Journal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A server whose log is not the one that was read: put back to an older copy, or without its end, or with none of it.
 */
class OtherHistoryTest {

    private static final RoomName LOBBY = RoomName.LOBBY;

    private final EndpointRig rig = new EndpointRig();

    /** The server is put back to what it had when the lobby ended with this event. */
    private void putBack(long last) {
        List<Journal.Entry> log = rig.logs.getOrDefault(LOBBY, List.of());
        log.subList((int) last, log.size()).clear();
        rig.restart();
    }

    private long last() {
        return rig.log(LOBBY).size();
    }

    private void say(TestClient client, int times) {
        for (int i = 0; i < times; i++) {
            client.say(LOBBY, "line " + i);
        }
        rig.settle();
    }

    private static LogPosition place(TestClient client) {
        List<ClientEvent.Event> seen = client.of(ClientEvent.Event.class);
        ClientEvent.Event newest = seen.get(seen.size() - 1);
        return newest.event().position();
    }

    private static List<Long> changes(TestClient client) {
        return client.of(ClientEvent.HistoryChanged.class).stream()
                .map(ClientEvent.HistoryChanged::from)
                .toList();
    }

    /** What a client was shown from the change of history on. */
    private List<String> seenSince(TestClient client, long from) {
        List<ClientEvent> told = client.told;
        int change = 0;
        for (int i = 0; i < told.size(); i++) {
            change = told.get(i) instanceof ClientEvent.HistoryChanged ? i : change;
        }
        return told.subList(change, told.size()).stream()
                .filter(ClientEvent.Event.class::isInstance)
                .map(event -> TestClient.brief(((ClientEvent.Event) event).event()))
                .filter(line -> Long.parseLong(line.substring(0, line.indexOf(' '))) >= from)
                .toList();
    }

    private void assertSeesAllFrom(TestClient client, long from) {
        List<String> log = rig.log(LOBBY);
        assertThat(seenSince(client, from)).containsExactlyElementsOf(log.subList((int) from - 1, log.size()));
    }

    @Test
    void connected_client_of_a_server_put_back_reads_on_where_the_histories_part_and_is_told() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        say(ada, 20);
        putBack(8);
        rig.pass(Duration.ofMinutes(1));
        long sent = ada.say(LOBBY, "my own words");
        rig.settle();

        assertThat(changes(ada)).containsExactly(9L);
        assertThat(ada.numberOf(sent)).isPositive();
        assertSeesAllFrom(ada, 9);
    }

    @Test
    void client_that_comes_back_when_the_other_history_is_longer_than_what_it_has_read_is_told() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        say(ada, 20);
        ada.hears = false;
        ada.speaks = false;
        putBack(8);
        TestClient bob = rig.inside("bob", JoinHistory.NONE);
        say(bob, 60);
        rig.pass(Duration.ofMinutes(5));
        ada.hears = true;
        ada.speaks = true;
        rig.pass(Duration.ofMinutes(1));

        assertThat(changes(ada)).containsExactly(9L);
        assertSeesAllFrom(ada, 9);
    }

    @Test
    void place_kept_by_a_program_is_found_to_be_of_another_history() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        say(ada, 20);
        LogPosition kept = place(ada);
        rig.clients.clear();
        putBack(8);
        say(rig.inside("bob", JoinHistory.NONE), 60);

        TestClient again = rig.inside("ada", JoinHistory.after(kept));
        TestClient page = rig.inside("ada", JoinHistory.last(5).having(kept));
        TestClient honest = rig.inside("ada", JoinHistory.after(new LogPosition(kept.epoch(), 8)));

        assertThat(changes(again)).containsExactly(9L);
        assertSeesAllFrom(again, 9);
        assertThat(changes(page)).containsExactly(9L);
        assertThat(changes(honest)).isEmpty();
    }

    @Test
    void end_torn_off_is_told_to_those_who_have_read_it_and_to_nobody_else() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        TestClient bob = rig.inside("bob", JoinHistory.NONE);
        long before = last();
        bob.hears = false;
        say(ada, 1);
        bob.speaks = false;
        putBack(before);
        bob.hears = true;
        bob.speaks = true;
        rig.pass(Duration.ofMinutes(1));
        say(ada, 3);

        assertThat(changes(ada)).containsExactly(before + 1);
        assertThat(changes(bob)).isEmpty();
        assertSeesAllFrom(ada, before + 1);
    }

    @Test
    void journal_in_memory_that_is_gone_is_another_history_from_the_first_event_on() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        say(ada, 20);
        rig.restartWithoutMemory();
        rig.pass(Duration.ofMinutes(1));
        long sent = ada.say(LOBBY, "anybody here?");
        rig.settle();

        assertThat(changes(ada)).containsExactly(1L);
        assertThat(ada.numberOf(sent)).isPositive();
        assertThat(ada.events(LOBBY)).contains(last() + " ada anybody here?");
    }

    @Test
    void restart_that_loses_nothing_is_told_to_nobody() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        for (int i = 0; i < 70; i++) { // more epochs than a room remembers
            say(ada, 1);
            rig.restart();
            rig.pass(Duration.ofMinutes(1));
        }
        say(ada, 1);

        assertThat(changes(ada)).isEmpty();
        assertThat(ada.events(LOBBY)).doesNotHaveDuplicates().hasSize((int) last());
    }

    @Test
    void client_that_was_cut_off_in_the_middle_of_an_older_epoch_goes_on_there() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        say(ada, 5);
        rig.clients.remove(ada.from);
        LogPosition kept = new LogPosition(place(ada).epoch(), 3);
        for (int i = 0; i < 3; i++) {
            rig.restart();
            TestClient bob = rig.inside("bob", JoinHistory.NONE);
            say(bob, 5);
            rig.clients.clear();
        }

        TestClient again = rig.inside("ada", JoinHistory.after(kept));

        assertThat(changes(again)).isEmpty();
        assertThat(again.events(LOBBY)).hasSize((int) last() - 3);
    }

    @Test
    void event_that_came_early_from_the_lost_history_is_not_taken_for_one_of_the_other() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        TestClient bob = rig.inside("bob", JoinHistory.NONE);
        long before = last();
        ada.hears = false;
        say(bob, 1);
        ada.hears = true;
        bob.say(LOBBY, "from the lost history");
        rig.settle();
        putBack(before);
        rig.pass(Duration.ofMinutes(1));
        say(bob, 4);

        assertThat(ada.events(LOBBY)).noneMatch(line -> line.endsWith("from the lost history"));
        assertSeesAllFrom(ada, before + 1);
    }

    @Test
    void what_a_reader_claims_changes_nothing_for_others() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        say(ada, 5);
        long before = last();
        TestClient liar = rig.inside("eve", JoinHistory.after(new LogPosition(4711, 1_000_000)));
        say(ada, 5);

        assertThat(changes(liar)).containsExactly(1L);
        assertThat(changes(ada)).isEmpty();
        assertThat(last()).isEqualTo(before + 6);
        assertThat(rig.log(LOBBY)).containsExactlyElementsOf(ada.events(LOBBY));
    }

    @Test
    void epoch_or_number_that_cannot_be_is_refused_and_the_session_goes_on() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        long[][] impossible = {{1, 1L << 32, 1}, {1, 1, (1L << 46) + 1}, {1L << 61, 0, 0}, {0, 0, 0}};
        for (long[] values : impossible) {
            ada.smuggle(
                    9,
                    new ClientMessage.Join(
                            ClientMessage.Target.room("other"),
                            JoinHistory.Kind.FROM,
                            values[0],
                            values[1],
                            values[2],
                            10,
                            new byte[0]));
            rig.settle();
        }
        long sent = ada.say(LOBBY, "still here");
        rig.settle();

        assertThat(ada.numberOf(sent)).isPositive();
        assertThat(rig.server.sessionOf(new UserName("ada"))).isNotNull();
    }
}
