package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.server.core.Verdict;
import io.kabar.chat.internal.wire.WireLimits;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.rules.RoomRole;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said right behind a Join waits until the room is entered; what comes of it is told as ever. */
class EarlyWordsTest {

    private static final ClientMessage.Join JOIN =
            new ClientMessage.Join(ClientMessage.Target.room("lobby"), JoinHistory.NONE, 1000, new byte[0]);

    private static ClientMessage.Say say(long attempt, int number, String text) {
        return new ClientMessage.Say(attempt, new MessageId(7, number), new Content.Said(text, false));
    }

    private static <M extends ServerMessage> List<M> heard(RawClient client, Class<M> type) {
        return client.heard.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Test
    void what_is_said_behind_a_join_becomes_events_once_the_room_is_entered() throws Exception {
        RawClient client = new RawClient();
        client.signIn("ada"); // the journal keeps the join back
        client.say(1, JOIN);
        client.say(1, say(0, 1, "one"));
        client.say(1, say(0, 2, "two"));
        assertThat(heard(client, ServerMessage.Refused.class)).isEmpty();

        client.commits = true;
        client.commitHeld();

        assertThat(heard(client, ServerMessage.RoomEntered.class)).hasSize(1);
        assertThat(heard(client, ServerMessage.Accepted.class))
                .extracting(accepted -> accepted.id().number())
                .containsExactly(1L, 2L);
    }

    @Test
    void what_does_not_fit_is_to_be_said_again_and_nothing_changes_its_order() throws Exception {
        RawClient client = new RawClient();
        client.signIn("ada");
        client.say(1, JOIN);
        String long4 = "x".repeat(4000);
        for (int i = 1; i <= 12; i++) {
            client.say(1, say(0, i, long4));
        }
        List<ServerMessage.Refused> refused = heard(client, ServerMessage.Refused.class);
        assertThat(refused).hasSize(1);
        assertThat(refused.get(0).attempt()).isOne();
        assertThat(refused.get(0).code()).isEqualTo(Refusal.BUSY.code());
        long first =
                ((ServerMessage.Subject.Message) refused.get(0).subject()).id().number();
        assertThat(first).isBetween(6L, 9L);

        client.commits = true;
        client.commitHeld();
        // Two may be said at once here: the third that waited is to be said again, with all behind it.
        assertThat(heard(client, ServerMessage.Accepted.class)).hasSize(2);
        ServerMessage.Refused again = heard(client, ServerMessage.Refused.class).get(1);
        assertThat(((ServerMessage.Subject.Message) again.subject()).id().number())
                .isEqualTo(3);
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(heard(client, ServerMessage.Refused.class)).hasSize(2);
    }

    @Test
    void what_was_heard_or_refused_takes_up_no_room_any_more() throws Exception {
        RawClient client = new RawClient();
        client.signIn("ada");
        String piece = "x".repeat(WireLimits.EARLY_LANES_HELD / 8);
        for (int i = 1; i <= 9; i++) {
            client.commits = false;
            client.say(1, JOIN);
            client.say(1, say(0, i, piece));
            client.commits = true;
            client.commitHeld();
            client.say(1, new ClientMessage.Leave(""));
            client.pass(Duration.ofMinutes(1));

            client.holdAccounts = true;
            client.say(
                    1,
                    new ClientMessage.Join(ClientMessage.Target.room("@nobody"), JoinHistory.NONE, 1000, new byte[0]));
            client.say(1, say(0, 100 + i, piece));
            client.releaseAccounts();
            client.pass(Duration.ofMinutes(1));
        }

        assertThat(heard(client, ServerMessage.Accepted.class)).hasSize(9);
        assertThat(refused(client, ServerMessage.Subject.Message.class))
                .hasSize(9)
                .allMatch(refused -> refused.code() == Refusal.NOT_IN_ROOM.code());
    }

    @Test
    void what_was_on_its_way_behind_a_message_that_has_to_wait_is_void() throws Exception {
        RawClient client = new RawClient();
        client.commits = true;
        client.signIn("ada").say(1, JOIN);
        for (int i = 1; i <= 3; i++) {
            client.say(1, say(0, i, "line")); // two may be said at once here
        }
        assertThat(heard(client, ServerMessage.Refused.class))
                .singleElement()
                .satisfies(refused -> assertThat(refused.attempt()).isOne());

        client.pass(Duration.ofSeconds(10));
        client.say(1, say(0, 4, "line"));
        assertThat(heard(client, ServerMessage.Refused.class)).hasSize(1);
        assertThat(heard(client, ServerMessage.Accepted.class)).hasSize(2);

        client.say(1, say(1, 3, "line"));
        client.say(1, say(1, 4, "line"));
        assertThat(heard(client, ServerMessage.Accepted.class))
                .extracting(accepted -> accepted.id().number())
                .containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void what_waits_behind_a_join_that_is_refused_is_refused_too() throws Exception {
        RawClient client = new RawClient();
        client.signIn("ada");
        client.say(
                1,
                new ClientMessage.Join(ClientMessage.Target.room("@nobodyhere"), JoinHistory.NONE, 1000, new byte[0]));
        client.holdAccounts = true;
        client.say(
                2,
                new ClientMessage.Join(ClientMessage.Target.room("@nobodythere"), JoinHistory.NONE, 1000, new byte[0]));
        client.say(2, say(0, 1, "hello?"));
        assertThat(refused(client, ServerMessage.Subject.Room.class)).hasSize(1);
        client.releaseAccounts();

        assertThat(refused(client, ServerMessage.Subject.Room.class))
                .hasSize(2)
                .allMatch(refused -> refused.code() == Refusal.NO_SUCH_USER.code());
        assertThat(refused(client, ServerMessage.Subject.Message.class))
                .singleElement()
                .satisfies(refused -> {
                    assertThat(refused.attempt()).isZero();
                    assertThat(refused.code()).isEqualTo(Refusal.NOT_IN_ROOM.code());
                });
    }

    @Test
    void a_leave_waits_for_what_was_said_before_it() throws Exception {
        RawClient client = new RawClient();
        client.signIn("ada"); // the journal keeps the join back
        client.say(1, JOIN);
        client.say(1, say(0, 1, "one"));
        client.say(1, new ClientMessage.Leave("bye"));
        client.say(1, new ClientMessage.Join(ClientMessage.Target.room("other"), JoinHistory.NONE, 1000, new byte[0]));
        client.say(1, say(0, 2, "two"));
        assertThat(heard(client, ServerMessage.RoomLeft.class)).isEmpty();

        client.commits = true;
        client.commitHeld();

        assertThat(heard(client, ServerMessage.Accepted.class))
                .as("%s", client.heard)
                .extracting(accepted -> accepted.id().number())
                .containsExactly(1L, 2L);
        assertThat(heard(client, ServerMessage.RoomLeft.class)).singleElement().satisfies(left -> {
            assertThat(left.asked()).isTrue();
            assertThat(left.reason()).isEqualTo("bye");
        });
        assertThat(heard(client, ServerMessage.RoomEntered.class))
                .extracting(entered -> entered.room().text())
                .containsExactly("lobby", "other");
    }

    @Test
    void what_waits_behind_a_join_that_comes_to_nothing_is_answered_each() throws Exception {
        RawClient client = new RawClient();
        client.signIn("ada");
        client.holdAccounts = true;
        client.say(
                1, new ClientMessage.Join(ClientMessage.Target.room("@nobody"), JoinHistory.NONE, 1000, new byte[0]));
        client.say(1, say(0, 1, "one"));
        client.say(1, new ClientMessage.Leave(""));
        client.say(1, new ClientMessage.Join(ClientMessage.Target.room("other"), JoinHistory.NONE, 1000, new byte[0]));
        client.releaseAccounts();

        assertThat(refused(client, ServerMessage.Subject.Message.class)).hasSize(1);
        assertThat(heard(client, ServerMessage.RoomLeft.class)).hasSize(1);
        assertThat(refused(client, ServerMessage.Subject.Room.class))
                .extracting(ServerMessage.Refused::refusal)
                .containsExactly(Refusal.NO_SUCH_USER, Refusal.BUSY);
    }

    /** Behind a Leave the same words would be about the next room, and its Join would be refused by them. */
    @Test
    void join_that_is_refused_is_answered_before_what_has_come_behind_it() throws Exception {
        RawClient looked = new RawClient();
        looked.signIn("ada");
        looked.holdAccounts = true;
        looked.say(
                1, new ClientMessage.Join(ClientMessage.Target.room("@nobody"), JoinHistory.NONE, 1000, new byte[0]));
        leaveForAnother(looked);
        looked.releaseAccounts();
        requireOrder(looked, Refusal.NO_SUCH_USER);

        RawClient judged = RawClient.ofHost();
        judged.signIn("ada").say(1, JOIN);
        leaveForAnother(judged);
        judged.decide(new Verdict.Refused("Not you."));
        requireOrder(judged, Refusal.NOT_ALLOWED);

        RawClient putOut = new RawClient();
        putOut.signIn("ada").say(1, JOIN);
        leaveForAnother(putOut);
        putOut.server.host().rooms(putOut.now).say(7, RoomName.LOBBY, RoomChange.kick(UserName.of("ada"), "Not you."));
        putOut.ping();
        requireOrder(putOut, Refusal.NOT_ALLOWED);
    }

    private static int sessionBytes(RawClient client) {
        return client.server.held().getOrDefault("session bytes", -1);
    }

    private static void leaveForAnother(RawClient client) {
        client.say(1, say(0, 1, "one"));
        client.say(1, new ClientMessage.Leave(""));
        client.say(1, new ClientMessage.Join(ClientMessage.Target.room("other"), JoinHistory.NONE, 1000, new byte[0]));
    }

    private static void requireOrder(RawClient client, Refusal ofFirst) {
        List<ServerMessage> heard = client.heard;
        List<ServerMessage.Refused> rooms = refused(client, ServerMessage.Subject.Room.class);
        assertThat(rooms).extracting(ServerMessage.Refused::refusal).containsExactly(ofFirst, Refusal.BUSY);
        ServerMessage left = heard(client, ServerMessage.RoomLeft.class).get(0);
        assertThat(heard.indexOf(left)).isBetween(heard.indexOf(rooms.get(0)), heard.indexOf(rooms.get(1)));
    }

    @Test
    void what_waits_counts_whatever_kind_it_is_of() throws Exception {
        RawClient client = new RawClient();
        client.signIn("ada").say(1, JOIN);
        Content unknown = new Content.Unknown(200, 0, new byte[0], new byte[4096], new byte[8192]);
        for (int i = 1; i <= 10; i++) {
            client.say(1, new ClientMessage.Say(0, new MessageId(7, i), unknown));
        }

        assertThat(refused(client, ServerMessage.Subject.Message.class))
                .as("two of 12 KiB fit 32 KiB, and what is behind the third is void")
                .extracting(refused ->
                        ((ServerMessage.Subject.Message) refused.subject()).id().number())
                .containsExactly(3L);
    }

    @Test
    void what_is_remembered_as_refused_counts_until_the_room_is_left() throws Exception {
        RawClient client = new RawClient();
        client.commits = true;
        client.signIn("ada").say(1, JOIN);
        client.say(1, say(0, 0, "hello"));
        int before = sessionBytes(client);
        for (int i = 1; i <= 100; i++) {
            client.say(1, new ClientMessage.Say(0, new MessageId(8, i), new Content.Left("no kind to say")));
        }
        client.pass(Duration.ofSeconds(1));
        assertThat(sessionBytes(client) - before).isBetween(5_000, 20_000);

        client.say(1, new ClientMessage.Leave(""));
        client.pass(Duration.ofSeconds(1));
        assertThat(sessionBytes(client)).isLessThanOrEqualTo(before);
    }

    @Test
    void join_behind_a_leave_waits_with_it_while_the_host_program_decides() throws Exception {
        RawClient client = RawClient.ofHost();
        client.commits = true;
        client.signIn("ada").say(1, JOIN);
        leaveForAnother(client);
        client.decide(new Verdict.Allowed()); // may enter
        client.say(1, say(0, 2, "elsewhere"));
        assertThat(heard(client, ServerMessage.Refused.class)).isEmpty();

        client.decide(new Verdict.Allowed()); // may say
        client.decide(new Verdict.Allowed()); // may enter the other one
        client.decide(new Verdict.Allowed()); // may say there

        assertThat(heard(client, ServerMessage.Refused.class)).isEmpty();
        assertThat(heard(client, ServerMessage.RoomLeft.class)).hasSize(1);
        assertThat(heard(client, ServerMessage.RoomEntered.class))
                .extracting(entered -> entered.room().text())
                .containsExactly("lobby", "other");
        assertThat(heard(client, ServerMessage.Accepted.class))
                .extracting(accepted -> accepted.id().number())
                .containsExactly(1L, 2L);
    }

    @Test
    void whoever_leaves_before_the_room_is_entered_and_has_said_nothing_need_not_wait() throws Exception {
        for (String room : List.of("lobby", "@bob")) {
            RawClient client = new RawClient();
            client.signIn("ada");
            client.holdAccounts = true;
            client.say(1, new ClientMessage.Join(ClientMessage.Target.room(room), JoinHistory.NONE, 1000, new byte[0]));
            client.say(1, new ClientMessage.Leave(""));

            assertThat(heard(client, ServerMessage.RoomLeft.class)).hasSize(1);
            client.releaseAccounts();
            assertThat(heard(client, ServerMessage.Refused.class)).isEmpty();
            client.say(
                    1, new ClientMessage.Join(ClientMessage.Target.room("other"), JoinHistory.NONE, 1000, new byte[0]));
            assertThat(heard(client, ServerMessage.Refused.class))
                    .as("the lane is free again")
                    .isEmpty();
        }
    }

    private static List<ServerMessage.Refused> refused(
            RawClient client, Class<? extends ServerMessage.Subject> subject) {
        return heard(client, ServerMessage.Refused.class).stream()
                .filter(refused -> subject.isInstance(refused.subject()))
                .toList();
    }

    // Who is let in, and how it is told

    @Test
    void a_leave_that_somebody_else_has_written_into_the_log_puts_out_who_reads_and_speaks() {
        EndpointRig rig = new EndpointRig();
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        TestClient device = rig.inside("ada", JoinHistory.NONE);
        TestClient bob = rig.inside("bob", JoinHistory.NONE);
        rig.foreign(ChatEvent.of(
                RoomName.LOBBY,
                0,
                java.time.Instant.EPOCH,
                Author.of(UserName.of("ada")),
                new Content.Left("put out")));
        rig.settle();

        assertThat(ada.of(ClientEvent.LeftRoom.class)).hasSize(1);
        assertThat(device.of(ClientEvent.LeftRoom.class)).hasSize(1);
        int told = ada.events(RoomName.LOBBY).size();
        long said = ada.say(RoomName.LOBBY, "still here");
        bob.say(RoomName.LOBBY, "is she gone?");
        rig.settle();
        assertThat(ada.refusal(said)).isEqualTo(Refusal.NOT_IN_ROOM);
        assertThat(ada.events(RoomName.LOBBY)).hasSize(told);
        assertThat(rig.log(RoomName.LOBBY)).last().asString().endsWith("is she gone?");

        ada.join(RoomName.LOBBY, JoinHistory.NONE);
        rig.settle();
        assertThat(rig.log(RoomName.LOBBY)).last().asString().endsWith("ada joined");
        long again = ada.say(RoomName.LOBBY, "back");
        rig.settle();
        assertThat(ada.numberOf(again)).isPositive();
    }

    @Test
    void the_role_of_whoever_comes_later_is_told_once_their_join_is() {
        EndpointRig rig = new EndpointRig();
        rig.account("olga", "owner");
        TestClient bob = rig.inside("bob", JoinHistory.NONE);
        rig.inside("olga", JoinHistory.NONE);

        List<ClientEvent> told = bob.told;
        ClientEvent.MemberChanged changed =
                bob.of(ClientEvent.MemberChanged.class).get(0);
        assertThat(changed.member().name()).isEqualTo(UserName.of("olga"));
        assertThat(changed.member().role()).isEqualTo(RoomRole.OWNER);
        ClientEvent joined = bob.of(ClientEvent.Event.class).get(0);
        assertThat(told.indexOf(joined)).isLessThan(told.indexOf(changed));
    }

    @Test
    void staff_is_told_of_no_rate_and_held_to_none() {
        EndpointRig rig = new EndpointRig();
        rig.account("olga", "staff");
        TestClient olga = rig.inside("olga", JoinHistory.NONE);
        for (int i = 0; i < 200; i++) {
            olga.say(RoomName.LOBBY, "announcement " + i);
        }
        rig.settle();

        assertThat(olga.of(ClientEvent.Accepted.class)).hasSize(200);
    }

    @Test
    void a_room_that_is_asked_for_again_begins_where_it_began() throws Exception {
        RawClient client = new RawClient();
        client.commits = true;
        client.signIn("ada").say(1, JOIN);
        client.say(1, say(0, 1, "one"));
        client.pass(Duration.ofSeconds(5));
        client.say(1, JOIN);

        List<ServerMessage.RoomEntered> entered = heard(client, ServerMessage.RoomEntered.class);
        assertThat(entered).hasSize(2);
        assertThat(entered.get(1).firstRestored()).isEqualTo(entered.get(0).firstRestored());
        assertThat(entered.get(1).live()).isEqualTo(entered.get(0).live());
        assertThat(entered.get(1).last()).isEqualTo(2);
    }
}
