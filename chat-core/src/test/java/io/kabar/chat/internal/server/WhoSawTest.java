package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Delivery;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.server.limits.Rates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who has an event, as the server knows it. */
class WhoSawTest {

    private static final RoomName LOBBY = RoomName.LOBBY;

    private final EndpointRig rig = new EndpointRig();

    private Delivery whoSaw(TestClient client, long seq) {
        long ticket = client.whoSaw(LOBBY, seq);
        rig.pass(Duration.ofSeconds(1));
        return client.delivery(ticket);
    }

    private static Delivery delivery(long seq, int members, String... to) {
        List<UserName> names = Stream.of(to).map(UserName::of).toList();
        return new Delivery(LOBBY, seq, members, names.size(), names);
    }

    @Test
    void who_has_acknowledged_an_event_has_it() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        rig.inside("bob", JoinHistory.NONE);
        TestClient eve = rig.inside("eve", JoinHistory.NONE);
        eve.hears = false;
        long said = ada.say(LOBBY, "hello");
        rig.pass(Duration.ofSeconds(1));
        long seq = ada.numberOf(said);

        assertThat(whoSaw(ada, seq)).isEqualTo(delivery(seq, 3, "ada", "bob"));
        eve.hears = true;
        rig.pass(Duration.ofSeconds(5));
        assertThat(whoSaw(ada, seq)).isEqualTo(delivery(seq, 3, "ada", "bob", "eve"));
    }

    @Test
    void who_came_later_has_what_they_asked_for() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        long said = ada.say(LOBBY, "hello");
        rig.settle();
        long seq = ada.numberOf(said);
        rig.inside("bob", JoinHistory.NONE);
        rig.inside("eve", JoinHistory.last(10));

        assertThat(whoSaw(ada, seq)).isEqualTo(delivery(seq, 3, "ada", "eve"));
    }

    @Test
    void one_device_of_a_member_is_enough_and_counts_once() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        TestClient liveRoom = rig.inside("bob", JoinHistory.NONE);
        rig.inside("bob", JoinHistory.NONE);
        liveRoom.hears = false;
        long said = ada.say(LOBBY, "hello");
        rig.pass(Duration.ofSeconds(1));
        long seq = ada.numberOf(said);

        assertThat(whoSaw(ada, seq)).isEqualTo(delivery(seq, 2, "ada", "bob"));
    }

    @Test
    void who_comes_back_after_what_they_have_seen_still_has_it() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        TestClient bob = rig.inside("bob", JoinHistory.NONE);
        long said = ada.say(LOBBY, "hello");
        rig.settle();
        long seq = ada.numberOf(said);
        bob.leave(LOBBY);
        rig.settle();
        bob.join(LOBBY, JoinHistory.from(seq + 1));
        rig.pass(Duration.ofSeconds(2));

        assertThat(whoSaw(ada, seq)).isEqualTo(delivery(seq, 2, "ada", "bob"));
    }

    @Test
    void only_members_are_told_and_only_of_what_there_is() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        TestClient eve = rig.client("eve");
        rig.settle();
        long outside = eve.whoSaw(LOBBY, 1);
        long future = ada.whoSaw(LOBBY, 2);
        rig.settle();

        assertThat(eve.refusal(outside)).isEqualTo(Refusal.NOT_IN_ROOM);
        assertThat(ada.refusal(future)).isEqualTo(Refusal.BAD_REQUEST);
    }

    /** Each member of the room is one visit. */
    @Test
    void members_looked_at_are_counted_and_all_that_ask_look_at_so_many_a_second() {
        List<TestClient> members = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            members.add(rig.inside("member" + i, "198.51.100." + i, JoinHistory.NONE));
        }
        long before = rig.server.queries().visited();
        assertThat(before).isZero();
        for (TestClient each : members) {
            each.whoSaw(LOBBY, 1);
        }
        rig.settle();
        assertThat(rig.server.queries().visited()).isEqualTo(20 * 20);
        assertThat(members)
                .allMatch(each -> each.of(ClientEvent.Delivered.class).size() == 1);
    }

    @Test
    void a_user_asks_only_so_often() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        List<Long> tickets = LongStream.rangeClosed(0, Rates.SEARCHES)
                .map(i -> ada.whoSaw(LOBBY, 1))
                .boxed()
                .toList();
        rig.settle();
        assertThat(ada.of(ClientEvent.Delivered.class)).hasSize(Rates.SEARCHES);
        rig.pass(Duration.ofSeconds(2));
        assertThat(ada.delivery(tickets.get(Rates.SEARCHES)).delivered())
                .as("it has waited")
                .isPositive();
    }
}
