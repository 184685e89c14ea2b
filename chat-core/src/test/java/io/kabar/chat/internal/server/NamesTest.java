package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.spi.Account;
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
            long ticket = ada.join(RoomName.with(UserName.of(spelled)), JoinHistory.NONE);
            rig.pass(Duration.ofSeconds(1));
            List<RoomName> entered = ada.of(ClientEvent.Entered.class).stream()
                    .filter(event -> event.callId() == ticket)
                    .map(event -> event.room().name())
                    .toList();
            assertThat(entered).as(spelled).containsExactly(rig.talk("ada", "bob"));
            ada.leave(rig.talk("ada", "bob"));
            rig.pass(Duration.ofSeconds(30));
        }
    }

    @Test
    void words_said_under_another_spelling_stand_in_the_one_conversation() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        TestClient bob = rig.inside("bob", JoinHistory.NONE);
        RoomName otherwise = new RoomName("@b0b");
        ada.join(otherwise, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        ada.say(otherwise, "one");
        ada.join(new RoomName("@" + CYRILLIC_BOB), JoinHistory.NONE); // refused, as she is in there
        rig.pass(Duration.ofSeconds(1));
        ada.say(new RoomName("@" + CYRILLIC_BOB), "two");
        bob.join(new RoomName("@AD\u0430"), JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        bob.say(new RoomName("@AD\u0430"), "three");
        rig.pass(Duration.ofSeconds(2));

        RoomName talk = rig.talk("ada", "bob");
        assertThat(rig.log(talk).toString()).contains("one", "two", "three");
        assertThat(ada.events(talk).toString()).contains("one", "two", "three");
        assertThat(bob.events(talk).toString()).contains("one", "two", "three");
    }

    @Test
    void an_unusable_room_name_is_refused_with_a_sentence_and_ends_nothing() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        for (String name : List.of(
                "a b",
                "@",
                "@ada",
                "@ADA",
                "@ada@ada",
                "@2+1",
                "@1+1",
                "@0+1",
                "@01+2",
                "@1+2+3",
                "@1+",
                "@+1",
                "@\u0661+2",
                "l\u043ebby",
                "\u3164",
                "a/b",
                "x".repeat(200),
                "")) {
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
        rig.accounts.put(
                "b0b",
                TestAccounts.account(new UserName("B0B"), null, null, Account.MEMBER)
                        .withId(7));
        long one = ada.join(new RoomName("@bob"), JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        long other = ada.join(new RoomName("@b0b"), JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));

        assertThat(entered(ada, one)).isEqualTo(rig.talk("ada", "bob"));
        assertThat(entered(ada, other)).isEqualTo(RoomName.direct(rig.accountOf("ada"), 7));
    }

    private static RoomName entered(TestClient client, long call) {
        return client.of(ClientEvent.Entered.class).stream()
                .filter(event -> event.callId() == call)
                .map(event -> event.room().name())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_conversation_goes_on_under_new_names_and_is_told_with_them() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        rig.account("bob", Account.MEMBER);
        RoomName talk = rig.talk("ada", "bob");
        ada.join(new RoomName("@bob"), JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        ada.say(talk, "to whoever bob is");
        rig.pass(Duration.ofSeconds(1));
        long bob = rig.accountOf("bob");
        rig.accounts.remove("bob");
        UserName robert = new UserName("robert");
        rig.accounts.put(
                robert.key(),
                TestAccounts.account(robert, null, rig.claimOf("robert"), Account.MEMBER)
                        .withId(bob));
        TestClient renamed = rig.client("robert");
        rig.pass(Duration.ofSeconds(1));

        assertThat(renamed.of(ClientEvent.DirectWaiting.class))
                .containsExactly(new ClientEvent.DirectWaiting(talk, new UserName("ada"), 1));
        renamed.join(new RoomName("@ada"), JoinHistory.NONE);
        ada.leave(talk);
        rig.pass(Duration.ofSeconds(1));
        renamed.say(talk, "that is me");
        rig.pass(Duration.ofSeconds(1));
        assertThat(renamed.events(talk)).containsExactly("1 ada to whoever bob is", "2 robert that is me");
        ada.join(talk, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        List<ClientEvent.Entered> entered = ada.of(ClientEvent.Entered.class);
        assertThat(entered.get(entered.size() - 1).room().partner()).contains(robert);
    }
}
