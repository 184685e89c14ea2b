package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.CloseReason;
import io.kabar.chat.Content;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.MessageId;
import io.kabar.chat.Receipt;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.server.core.HostPolicy;
import io.kabar.chat.internal.server.core.LoginPolicy;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.Verdict;
import io.kabar.chat.internal.wire.message.OrderQuery;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomRole;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a host program decides and does, with verdicts that come late, never, twice, or when it is too late. */
class HostTest {

    private static final RoomName LOBBY = RoomName.LOBBY;
    private static final Verdict ALLOWED = new Verdict.Allowed();

    private final EndpointRig rig =
            new EndpointRig(identity -> EndpointRig.settings(new LoginPolicy(true, null, new byte[32]))
                    .apply(identity)
                    .withHost(new HostPolicy(UserName.of("server"), false, true, false)));

    private <E extends ServerEvent> List<E> asked(Class<E> type) {
        return rig.told.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private <E extends ServerEvent> E last(Class<E> type) {
        List<E> all = asked(type);
        return all.get(all.size() - 1);
    }

    private ChatEvent event(int index) {
        return rig.logs.getOrDefault(LOBBY, List.of()).get(index).event();
    }

    private void answer(long questionId, Verdict verdict) {
        rig.server.handleVerdict(questionId, verdict, rig.now);
        rig.settle();
    }

    private TestClient signedIn(String name) {
        TestClient client = rig.client(name);
        rig.settle();
        answer(last(ServerEvent.MaySignIn.class).questionId(), ALLOWED);
        return client;
    }

    private TestClient inLobby(String name) {
        TestClient client = signedIn(name);
        client.join(LOBBY, JoinHistory.NONE);
        rig.settle();
        answer(last(ServerEvent.MayEnter.class).questionId(), ALLOWED);
        rig.pass(Duration.ofSeconds(1));
        return client;
    }

    // What it decides
    // ---------------------------------------------------------------------------------------------------------------

    @Test
    void who_may_not_sign_in_hears_it_in_the_words_of_the_host() {
        TestClient eve = rig.client("eve");
        rig.settle();
        assertThat(eve.of(ClientEvent.SignedIn.class)).isEmpty();

        answer(last(ServerEvent.MaySignIn.class).questionId(), new Verdict.Refused("Not on the list."));
        rig.pass(Duration.ofSeconds(3));

        ClientEvent.Closed closed = eve.of(ClientEvent.Closed.class).get(0);
        assertThat(closed.refusal()).isEqualTo(Refusal.NOT_ALLOWED);
        assertThat(closed.sentence()).isEqualTo("Not on the list.");
        assertThat(rig.server.held()).containsEntry("questions", 0);
    }

    @Test
    void who_may_not_enter_is_told_and_says_nothing() {
        TestClient eve = signedIn("eve");
        long join = eve.join(LOBBY, JoinHistory.NONE);
        long said = eve.say(LOBBY, "let me in");
        rig.settle();

        answer(last(ServerEvent.MayEnter.class).questionId(), new Verdict.Refused("This is a round of two."));

        assertThat(eve.of(ClientEvent.Failed.class))
                .filteredOn(failed -> failed.callId() == join)
                .extracting(ClientEvent.Failed::sentence)
                .containsExactly("This is a round of two.");
        assertThat(eve.refusal(said)).isEqualTo(Refusal.NOT_ALLOWED);
        assertThat(rig.log(LOBBY)).isEmpty();
        assertThat(rig.server.held()).containsEntry("questions", 0);
    }

    @Test
    void what_comes_behind_a_question_waits_and_keeps_its_order() {
        TestClient ada = inLobby("ada");
        ada.say(LOBBY, "one");
        ada.say(LOBBY, "two");
        ada.say(LOBBY, "three");
        ada.leave(LOBBY, "bye");
        rig.settle();
        assertThat(asked(ServerEvent.MaySay.class)).as("one at a time").hasSize(1);

        answer(last(ServerEvent.MaySay.class).questionId(), ALLOWED);
        answer(last(ServerEvent.MaySay.class).questionId(), new Verdict.Refused("Not that."));
        answer(last(ServerEvent.MaySay.class).questionId(), ALLOWED);

        assertThat(asked(ServerEvent.MaySay.class)).hasSize(3);
        assertThat(rig.log(LOBBY)).containsExactly("1 ada joined", "2 ada one", "3 ada three", "4 ada left");
        assertThat(ada.of(ClientEvent.Failed.class))
                .extracting(ClientEvent.Failed::sentence)
                .containsExactly("Not that.");
    }

    @Test
    void rooms_do_not_wait_for_one_another() {
        TestClient ada = inLobby("ada");
        RoomName other = RoomName.of("other");
        ada.join(other, JoinHistory.NONE);
        rig.settle();
        answer(last(ServerEvent.MayEnter.class).questionId(), ALLOWED);
        ada.say(LOBBY, "undecided");
        rig.settle();
        ada.say(other, "decided");
        rig.settle();

        answer(last(ServerEvent.MaySay.class).questionId(), ALLOWED);

        assertThat(rig.log(other)).contains("2 ada decided");
        assertThat(rig.log(LOBBY)).containsExactly("1 ada joined");
    }

    @Test
    void no_verdict_in_five_seconds_is_busy_and_it_is_said_again_in_its_order() {
        TestClient ada = inLobby("ada");
        ada.say(LOBBY, "one");
        ada.say(LOBBY, "two");
        rig.settle();
        long forgotten = last(ServerEvent.MaySay.class).questionId();

        rig.pass(Duration.ofSeconds(7));
        long again = last(ServerEvent.MaySay.class).questionId();
        assertThat(again).isNotEqualTo(forgotten);
        answer(forgotten, ALLOWED); // too late
        assertThat(rig.log(LOBBY)).containsExactly("1 ada joined");
        answer(again, ALLOWED);
        answer(again, new Verdict.Refused("On second thoughts, no.")); // and one verdict is all there is
        answer(last(ServerEvent.MaySay.class).questionId(), ALLOWED);

        assertThat(rig.log(LOBBY)).containsExactly("1 ada joined", "2 ada one", "3 ada two");
        assertThat(ada.of(ClientEvent.Failed.class)).isEmpty();
    }

    @Test
    void message_of_two_devices_is_one_whatever_the_second_verdict_is() {
        TestClient ada = inLobby("ada");
        TestClient device = inLobby("ada");
        long first = ada.say(LOBBY, "twice", MessageId.of("twice"));
        long second = device.say(LOBBY, "twice", MessageId.of("twice"));
        rig.settle();
        List<ServerEvent.MaySay> questions = asked(ServerEvent.MaySay.class);
        assertThat(questions).hasSize(2);
        answer(questions.get(0).questionId(), ALLOWED);
        answer(questions.get(1).questionId(), new Verdict.Refused("Not that."));

        assertThat(rig.log(LOBBY)).containsExactly("1 ada joined", "2 ada twice");
        assertThat(List.of(ada.numberOf(first), device.numberOf(second))).containsOnly(2L);
        assertThat(device.of(ClientEvent.Failed.class)).isEmpty();
    }

    @Test
    void staff_who_are_away_are_staff_still_when_the_verdict_comes() {
        TestClient bob = inLobby("bob");
        rig.account("sam", "staff");
        is("bob", RoomRole.OWNER);
        is("other", RoomRole.OWNER);
        long ban = bob.change(LOBBY, RoomChange.ban(UserName.of("sam"), RoomChange.FOREVER, ""));
        rig.settle();
        long open = last(ServerEvent.MaySay.class).questionId();
        is("bob", RoomRole.MODERATOR);

        answer(open, ALLOWED);

        assertThat(bob.refusal(ban)).isEqualTo(Refusal.NOT_ALLOWED);
        assertThat(rig.entries(LOBBY)).noneMatch(entry -> entry.event().content() instanceof RoomChange.Banned);
    }

    /** The host program gives somebody a role in the lobby. */
    private void is(String name, RoomRole role) {
        rig.accounts.computeIfAbsent(name, key -> TestAccounts.account(UserName.of(name), null, null, "member"));
        rig.server.host().rooms(rig.now).say(7, LOBBY, RoomChange.role(UserName.of(name), role, ""));
        rig.settle();
    }

    @Test
    void two_devices_of_one_person_are_one_person_in_slow_mode_when_the_verdicts_come() {
        TestClient one = inLobby("ada");
        TestClient other = inLobby("ada");
        rig.server.host().rooms(rig.now).say(7, LOBBY, RoomChange.mode(RoomMode.SLOW, 60));
        rig.settle();
        one.say(LOBBY, "one");
        other.say(LOBBY, "two");
        rig.settle();
        List<ServerEvent.MaySay> questions = asked(ServerEvent.MaySay.class);
        assertThat(questions).hasSize(2);

        answer(questions.get(0).questionId(), ALLOWED);
        answer(questions.get(1).questionId(), ALLOWED);
        assertThat(rig.entries(LOBBY).stream().filter(entry -> entry.event().isSaid()))
                .hasSize(1);
        rig.pass(Duration.ofSeconds(61));
        answer(last(ServerEvent.MaySay.class).questionId(), ALLOWED);
        assertThat(rig.log(LOBBY)).endsWith("3 ada one", "4 ada two");
    }

    @Test
    void who_is_muted_while_the_host_decides_says_nothing() {
        TestClient ada = inLobby("ada");
        long said = ada.say(LOBBY, "quick");
        rig.settle();
        long open = last(ServerEvent.MaySay.class).questionId();
        rig.server.host().rooms(rig.now).say(7, LOBBY, RoomChange.mute(UserName.of("ada"), RoomChange.FOREVER, ""));
        rig.settle();
        answer(open, ALLOWED);
        assertThat(ada.refusal(said)).isEqualTo(Refusal.NOT_ALLOWED);

        TestClient bob = inLobby("bob");
        long other = bob.say(LOBBY, "quick");
        rig.settle();
        rig.server.host().order(8, new OrderQuery.Mute("bob", 0, "enough"), rig.now);
        rig.settle();
        answer(last(ServerEvent.MaySay.class).questionId(), ALLOWED);
        assertThat(bob.refusal(other)).isEqualTo(Refusal.NOT_ALLOWED);
        assertThat(rig.entries(LOBBY)).noneMatch(entry -> entry.event().isSaid());
    }

    /** It is taken when the message comes, whatever the host says, and not a second time when it has decided. */
    @Test
    void what_is_asked_about_is_taken_once_from_what_one_may_say() {
        TestClient ada = inLobby("ada");
        for (int i = 0; i < 40; i++) { // of 50 that there may be at once
            ada.say(LOBBY, "line " + i);
            rig.settle();
            answer(last(ServerEvent.MaySay.class).questionId(), ALLOWED);
        }
        assertThat(rig.entries(LOBBY).stream().filter(entry -> entry.event().isSaid()))
                .hasSize(40);
    }

    @Test
    void who_is_banned_while_the_host_decides_is_not_signed_in() {
        rig.account("eve", "member");
        TestClient eve = rig.client("eve");
        rig.settle();
        long open = last(ServerEvent.MaySignIn.class).questionId();
        rig.server.host().order(8, new OrderQuery.Ban("eve", false, 0, "enough"), rig.now);
        rig.settle();
        answer(open, ALLOWED);
        rig.pass(Duration.ofSeconds(3));
        assertThat(eve.of(ClientEvent.SignedIn.class)).isEmpty();
        assertThat(eve.of(ClientEvent.Closed.class))
                .singleElement()
                .satisfies(closed -> assertThat(closed.sentence()).startsWith("You are banned from this server"));
    }

    @Test
    void verdict_for_somebody_who_is_gone_changes_nothing() {
        TestClient ada = inLobby("ada");
        ada.say(LOBBY, "still there?");
        rig.settle();
        long open = last(ServerEvent.MaySay.class).questionId();
        rig.server.host().disconnect(1, UserName.of("ada"), "out", rig.now);
        rig.settle();

        answer(open, ALLOWED);
        rig.pass(Duration.ofSeconds(10));

        assertThat(rig.log(LOBBY)).containsExactly("1 ada joined", "2 ada left");
        assertThat(rig.server.held()).containsEntry("questions", 0).containsEntry("sessions", 0);
    }

    // What it does
    // ---------------------------------------------------------------------------------------------------------------

    @Test
    void server_speaks_as_itself_and_nobody_signs_in_by_its_name() {
        TestClient ada = inLobby("ada");

        rig.server.host().rooms(rig.now).say(7, LOBBY, new Content.Said("round begins", false));
        rig.settle();

        assertThat(ada.events(LOBBY)).contains("2 server round begins");
        assertThat(event(1).author().account()).isZero();
        ServerEvent.HostAnswer answer = last(ServerEvent.HostAnswer.class);
        assertThat(answer.callId()).isEqualTo(7);
        assertThat(answer.value())
                .isInstanceOfSatisfying(
                        Receipt.class, receipt -> assertThat(receipt.sequence()).isEqualTo(2));
        TestClient impostor = rig.client("Server");
        rig.pass(Duration.ofSeconds(3));
        assertThat(impostor.of(ClientEvent.Closed.class))
                .extracting(ClientEvent.Closed::refusal)
                .containsExactly(Refusal.NAME_TAKEN);
    }

    @Test
    void description_given_while_the_one_before_is_read_is_the_one_in_force() {
        rig.server.host().rooms(rig.now).say(7, LOBBY, new Content.Described("for tea"));
        rig.settle();
        rig.restart();
        rig.holdReads = true;
        rig.server.host().rooms(rig.now).say(8, LOBBY, new Content.Described("for coffee"));
        rig.server.host().rooms(rig.now).say(9, LOBBY, new Content.Said("hello", false));
        rig.settle();
        rig.readNext(); // the room
        assertThat(rig.heldReads).as("both ask what it was for").hasSize(2);
        rig.readNext();
        rig.releaseReads();
        rig.server.host().rooms(rig.now).description(10, LOBBY);
        rig.settle();

        assertThat(last(ServerEvent.HostAnswer.class).value()).isEqualTo("for coffee");
    }

    @Test
    void room_that_was_made_for_words_that_cannot_be_stored_goes_with_them() {
        int before = rig.server.rooms();
        rig.holdJournal = true;
        rig.server.host().rooms(rig.now).say(7, RoomName.of("tables"), new Content.Said("round begins", false));
        rig.settle();
        assertThat(rig.server.rooms()).isEqualTo(before + 1);

        rig.refuseHeld();

        assertThat(last(ServerEvent.HostRefusal.class).refusal()).isEqualTo(Refusal.STORAGE);
        assertThat(rig.server.rooms()).isEqualTo(before);
    }

    @Test
    void who_is_put_out_is_told_why_and_so_are_the_others() {
        TestClient ada = inLobby("ada");
        TestClient bob = inLobby("bob");

        rig.server.host().rooms(rig.now).say(7, LOBBY, RoomChange.kick(UserName.of("bob"), "You saw the cards."));
        rig.settle();

        assertThat(bob.of(ClientEvent.LeftRoom.class))
                .extracting(ClientEvent.LeftRoom::reason)
                .containsExactly("You saw the cards.");
        assertThat(ada.events(LOBBY)).contains("3 server kicked");
        assertThat(event(2).text()).isEqualTo("You saw the cards.");
        long unfair = bob.say(LOBBY, "unfair");
        rig.settle();
        assertThat(bob.refusal(unfair)).isEqualTo(Refusal.NOT_IN_ROOM);

        rig.server.host().rooms(rig.now).say(8, LOBBY, RoomChange.kick(UserName.of("bob"), "again"));
        rig.settle();
        assertThat(last(ServerEvent.HostRefusal.class).refusal()).isEqualTo(Refusal.NO_SUCH_USER);
        assertThat(rig.log(LOBBY)).hasSize(3);
    }

    @Test
    void whoever_is_on_the_way_in_is_put_out_as_well() {
        TestClient ada = signedIn("ada");
        rig.holdJournal = true;
        long join = ada.join(LOBBY, JoinHistory.NONE);
        rig.settle();
        answer(last(ServerEvent.MayEnter.class).questionId(), ALLOWED);

        rig.server.host().rooms(rig.now).say(7, LOBBY, RoomChange.kick(UserName.of("ada"), "Not you."));
        rig.settle();
        rig.releaseJournal();

        assertThat(ada.refusal(join)).isEqualTo(Refusal.NOT_ALLOWED);
        assertThat(rig.log(LOBBY)).containsExactly("1 ada joined", "2 server kicked");
    }

    @Test
    void disconnected_user_hears_the_reason_and_does_not_come_back_by_itself() {
        TestClient ada = inLobby("ada");

        rig.server.host().disconnect(7, UserName.of("ada"), "Enough for today.", rig.now);
        rig.pass(Duration.ofSeconds(30));

        ClientEvent.Closed closed = ada.of(ClientEvent.Closed.class).get(0);
        assertThat(closed.reason()).isEqualTo(CloseReason.PUT_OUT);
        assertThat(closed.sentence()).isEqualTo("Enough for today.");
        assertThat(asked(ServerEvent.SignedOut.class))
                .extracting(ServerEvent.SignedOut::reason)
                .containsExactly(CloseReason.PUT_OUT);
        assertThat(asked(ServerEvent.MaySignIn.class)).hasSize(1);
    }

    @Test
    void closed_room_is_empty_and_may_be_entered_when_it_is_opened_again() {
        TestClient ada = inLobby("ada");
        inLobby("bob");

        rig.server.host().rooms(rig.now).say(7, LOBBY, RoomChange.mode(RoomMode.CLOSED, 1));
        rig.settle();

        assertThat(ada.of(ClientEvent.LeftRoom.class)).hasSize(1);
        rig.server.host().rooms(rig.now).members(8, LOBBY);
        rig.settle();
        assertThat(last(ServerEvent.HostAnswer.class).value()).isEqualTo(List.of());
        rig.server.host().rooms(rig.now).say(7, LOBBY, RoomChange.mode(RoomMode.CLOSED, 0));
        ada.join(LOBBY, JoinHistory.NONE);
        rig.settle();
        answer(last(ServerEvent.MayEnter.class).questionId(), ALLOWED);
        assertThat(rig.log(LOBBY)).hasSize(5);
    }
}
