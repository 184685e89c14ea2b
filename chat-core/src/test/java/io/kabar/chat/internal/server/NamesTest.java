package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.Journal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Which room and whom a name means, by the server's word; and what becomes of names that mean nothing. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NamesTest {

    private static final String CYRILLIC_BOB = "\u0432\u043e\u0432";

    private final EndpointRig rig = new EndpointRig();

    @Test
    void a_direct_conversation_is_one_room_in_every_spelling_of_its_two_people() {
        TestClient ada = rig.inside("Ada", JoinHistory.NONE);
        rig.inside("Bob", JoinHistory.NONE);
        for (String spelled : List.of("B0B", CYRILLIC_BOB, "bob")) {
            long ticket = ada.join(RoomName.direct(UserName.of("ada"), UserName.of(spelled)), JoinHistory.NONE);
            rig.pass(Duration.ofSeconds(1));
            List<RoomName> entered = ada.of(ClientEvent.Entered.class).stream()
                    .filter(event -> event.callId() == ticket)
                    .map(event -> event.room().name())
                    .toList();
            assertThat(entered).as(spelled).containsExactly(new RoomName("@ada@bob"));
            ada.leave(new RoomName("@ada@bob"));
            rig.pass(Duration.ofSeconds(30));
        }
    }

    @Test
    void words_said_under_another_spelling_stand_in_the_one_conversation() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        TestClient bob = rig.inside("bob", JoinHistory.NONE);
        RoomName otherwise = new RoomName("@ada@b0b");
        ada.join(otherwise, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        ada.say(otherwise, "one");
        ada.join(new RoomName("@ada@" + CYRILLIC_BOB), JoinHistory.NONE); // refused, as she is in there
        rig.pass(Duration.ofSeconds(1));
        ada.say(new RoomName("@ada@" + CYRILLIC_BOB), "two");
        bob.join(new RoomName("@b0b@ada"), JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        bob.say(new RoomName("@b0b@ada"), "three");
        rig.pass(Duration.ofSeconds(2));

        assertThat(rig.log(new RoomName("@ada@bob")).toString()).contains("one", "two", "three");
        assertThat(ada.events(new RoomName("@ada@bob")).toString()).contains("one", "two", "three");
        assertThat(bob.events(new RoomName("@ada@bob")).toString()).contains("one", "two", "three");
    }

    @Test
    void an_unusable_room_name_is_refused_with_a_sentence_and_ends_nothing() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        for (String name : List.of(
                "a b", "@", "@ada", "@ada@ada", "@ada@ADA", "l\u043ebby", "\u3164", "a/b", "x".repeat(200), "")) {
            ada.smuggle(9, new ClientMessage.Join(ClientMessage.Target.room(name), JoinHistory.NONE, 10, new byte[0]));
            rig.pass(Duration.ofSeconds(1));
        }
        ada.say(RoomName.LOBBY, "still here");
        rig.pass(Duration.ofSeconds(1));

        assertThat(rig.log(RoomName.LOBBY).toString()).contains("still here");
        long ticket = ada.join(new RoomName("l\u043ebster"), JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(ada.refusal(ticket)).isEqualTo(Refusal.BAD_NAME);
    }

    @Test
    void a_room_is_found_in_every_spelling_and_none_that_looks_the_same_can_be_made() {
        rig.inside("ada", JoinHistory.NONE);
        TestClient bob = rig.client("bob");
        rig.settle();
        bob.join(RoomName.of("L0BBY"), JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));

        assertThat(bob.of(ClientEvent.Entered.class).get(0).room().name()).isEqualTo(RoomName.LOBBY);
    }

    @Test
    void a_name_of_old_that_nobody_new_may_have_signs_in_by_its_exact_spelling() {
        rig.accounts.put(
                new UserName("b\u043eb").text(),
                TestAccounts.account(new UserName("b\u043eb"), null, null, Account.MEMBER));
        TestClient stranger = rig.client("d\u043ed");
        rig.settle();

        assertThat(stranger.of(ClientEvent.Closed.class).get(0).refusal()).isEqualTo(Refusal.BAD_NAME);
        assertThat(stranger.of(ClientEvent.Closed.class).get(0).sentence()).contains("U+043E");

        TestClient owner = rig.client("b\u043eb");
        rig.settle();
        // Known to the server: what it is asked for is the proof that the name is its own, which this one has not.
        assertThat(owner.of(ClientEvent.Closed.class).get(0).refusal()).isEqualTo(Refusal.NAME_TAKEN);
    }

    @Test
    void of_two_people_whose_names_have_one_key_neither_enters_a_conversation_of_the_other() {
        rig.server.knownBySpelling(List.of(new UserName("B0B")));
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        rig.inside("bob", JoinHistory.NONE);
        ada.join(new RoomName("@ada@bob"), JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        long other = ada.join(new RoomName("@ada@b0b"), JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));

        assertThat(ada.of(ClientEvent.Entered.class).stream()
                        .filter(event -> event.callId() == other)
                        .map(event -> event.room().name()))
                .containsExactly(new RoomName("@ada@b0b"));
    }

    @Test
    void two_old_rooms_of_the_same_two_people_are_one_conversation_and_the_shorter_is_kept() {
        rig.server.addRoom(new RoomName("@ada@bob"), new Journal.Kept(1, 9, ""), rig.now);
        rig.server.addRoom(new RoomName("@ada@b0b"), new Journal.Kept(1, 2, ""), rig.now);
        rig.history(new RoomName("@ada@bob"), "ada", 9);
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        ada.join(new RoomName("@ada@b0b"), JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));

        assertThat(ada.of(ClientEvent.Entered.class).get(1).room().name()).isEqualTo(new RoomName("@ada@bob"));
        assertThat(rig.server.takeLookAlikes()).containsKey(new RoomName("@ada@b0b"));
        assertThat(rig.server.takeLookAlikes()).isEmpty();
    }
}
