package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Content;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.OrderQuery;
import io.kabar.chat.internal.wire.message.Query;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.spi.ServerRecords;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Passwords and closed doors of rooms, which stand in no log: they hold as long as what the log says of them. */
class RoomPasswordTest {

    private static final RoomName ROOM = RoomName.of("garden");
    private static final UserName EVE = UserName.of("eve");
    private static final byte[] FIRST = proof(1);
    private static final byte[] SECOND = proof(2);
    private static final byte[] NONE = {};

    private final EndpointRig rig = new EndpointRig();
    private TestClient ada;
    private long calls = 7000;

    private static byte[] proof(int of) {
        byte[] proof = new byte[32];
        Arrays.fill(proof, (byte) of);
        return proof;
    }

    @BeforeEach
    void adaHasTheRoom() {
        rig.timePasses = true;
        for (String name : List.of("ada", "eve", "tam")) {
            rig.account(name, "member");
        }
        ada = entered("ada");
    }

    private TestClient entered(String name) {
        TestClient client = rig.client(name);
        rig.settle();
        client.join(ROOM, JoinHistory.last(10));
        rig.pass(Duration.ofSeconds(2));
        return client;
    }

    private long change(TestClient who, Content change) {
        long call = who.change(ROOM, change);
        rig.pass(Duration.ofSeconds(1));
        return call;
    }

    private long setPassword(TestClient who, byte[] proof) {
        long call = ++calls;
        who.endpoint.askAll(call, new Query.SetRoomPassword(ROOM, proof), ROOM, Answer.Done.class, rig.now);
        rig.pass(Duration.ofSeconds(1));
        return call;
    }

    private long joinBy(TestClient who, byte[] proof) {
        long call = ++calls;
        who.endpoint.joinBy(call, ROOM, JoinHistory.NONE, proof, rig.now);
        rig.pass(Duration.ofSeconds(1));
        return call;
    }

    private boolean isLetIn(String name, byte[] proof) {
        TestClient client = rig.client(name);
        rig.settle();
        joinBy(client, proof);
        boolean letIn = !client.of(ClientEvent.Entered.class).isEmpty();
        client.leave(ROOM);
        rig.pass(Duration.ofSeconds(1));
        return letIn;
    }

    private static boolean isDone(TestClient who, long call) {
        return who.of(ClientEvent.Answered.class).stream().anyMatch(answered -> answered.callId() == call);
    }

    private static boolean isAnswered(TestClient who, long call) {
        return isDone(who, call)
                || who.of(ClientEvent.Failed.class).stream().anyMatch(failed -> failed.callId() == call);
    }

    private boolean asks() {
        return rig.fold(ROOM).rules().modes().is(RoomMode.PASSWORD);
    }

    private boolean isKept() {
        return rig.records.load().stream().map(ServerRecords.Entry::kind).anyMatch("room-password"::equals);
    }

    // A room that is another one

    /** The journal has nothing of the room any more, as when its log has aged and another room has got its place. */
    private void roomIsGone() {
        rig.logs.remove(ROOM);
        rig.clients.clear();
        rig.restart();
    }

    @Test
    void room_that_is_founded_anew_has_neither_the_password_nor_the_closed_doors_of_the_one_before() {
        setPassword(ada, FIRST);
        TestClient eve = entered("eve");
        change(ada, RoomChange.invite(EVE, ""));
        change(ada, RoomChange.ban(EVE, RoomChange.FOREVER, ""));
        ada.smuggle(new ClientMessage.Request(4711, new OrderQuery.ShutOut(ROOM, "eve")));
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.records.load()).extracting(ServerRecords.Entry::kind).hasSize(2);
        assertThat(eve.told).isNotEmpty();
        roomIsGone();

        TestClient tam = entered("tam");
        assertThat(tam.of(ClientEvent.Entered.class)).hasSize(1);
        assertThat(rig.records.load()).isEmpty();
        long call = change(tam, RoomChange.mode(RoomMode.PASSWORD, 1));
        assertThat(tam.refusal(call)).as("there is none to ask for").isEqualTo(Refusal.NOT_ALLOWED);
        assertThat(isLetIn("eve", NONE)).as("comes from where nobody might").isTrue();
    }

    @Test
    void closed_room_keeps_its_password_for_when_it_is_opened() {
        setPassword(ada, FIRST);
        change(ada, RoomChange.mode(RoomMode.CLOSED, 1));
        change(ada, RoomChange.mode(RoomMode.CLOSED, 0));
        assertThat(isLetIn("tam", NONE)).isFalse();
        assertThat(isLetIn("tam", FIRST)).isTrue();
    }

    // Both or neither

    @Test
    void password_is_set_when_the_log_says_so_and_not_before() {
        rig.holdJournal = true;
        long call = setPassword(ada, FIRST);
        assertThat(isAnswered(ada, call)).isFalse();
        rig.releaseJournal();
        rig.pass(Duration.ofSeconds(1));
        assertThat(isDone(ada, call)).isTrue();
        assertThat(asks() && isKept()).isTrue();
    }

    @Test
    void password_that_the_journal_does_not_take_is_forgotten() {
        rig.holdJournal = true;
        long call = setPassword(ada, FIRST);
        rig.refuseHeld();
        rig.holdJournal = false;
        rig.pass(Duration.ofSeconds(1));
        assertThat(ada.refusal(call)).isEqualTo(Refusal.STORAGE);
        assertThat(asks() || isKept()).isFalse();
    }

    @Test
    void one_that_the_journal_does_not_take_leaves_the_former_one() {
        setPassword(ada, FIRST);
        rig.holdJournal = true;
        long call = setPassword(ada, SECOND);
        rig.refuseHeld();
        rig.holdJournal = false;
        rig.pass(Duration.ofSeconds(1));
        assertThat(ada.refusal(call)).isEqualTo(Refusal.STORAGE);
        assertThat(isLetIn("tam", SECOND)).isFalse();
        assertThat(isLetIn("tam", FIRST)).isTrue();
    }

    @Test
    void one_that_the_records_do_not_take_leaves_the_former_one() {
        setPassword(ada, FIRST);
        rig.failRecords = kind -> true;
        long call = setPassword(ada, SECOND);
        rig.failRecords = kind -> false;
        assertThat(ada.refusal(call)).isEqualTo(Refusal.STORAGE);
        assertThat(isLetIn("tam", SECOND)).isFalse();
        assertThat(isLetIn("tam", FIRST)).isTrue();
    }

    @Test
    void password_whose_event_was_not_written_when_the_server_was_killed_is_forgotten() {
        rig.holdJournal = true;
        setPassword(ada, FIRST);
        assertThat(isKept()).isTrue();
        rig.holdJournal = false;
        rig.restart();
        rig.pass(Duration.ofSeconds(1));
        assertThat(asks() || isKept()).isFalse();
    }

    @Test
    void room_whose_password_was_taken_away_when_the_server_was_killed_has_none() {
        setPassword(ada, FIRST);
        rig.failRecords = kind -> true;
        setPassword(ada, NONE);
        rig.failRecords = kind -> false;
        assertThat(asks()).isFalse();
        assertThat(isKept()).isTrue();
        rig.restart();
        rig.pass(Duration.ofSeconds(1));
        assertThat(asks() || isKept()).isFalse();
    }

    @Test
    void password_is_forgotten_when_the_room_asks_for_none_any_more() {
        setPassword(ada, FIRST);
        change(ada, RoomChange.mode(RoomMode.PASSWORD, 0));
        assertThat(asks() || isKept()).isFalse();
        setPassword(ada, FIRST);
        long call = setPassword(ada, NONE);
        assertThat(isDone(ada, call)).isTrue();
        assertThat(asks() || isKept()).isFalse();
    }

    @Test
    void two_who_set_it_at_a_time_have_set_one_of_both() {
        change(ada, RoomChange.role(EVE, RoomRole.MODERATOR, ""));
        TestClient eve = entered("eve");
        rig.holdRecords = true;
        long first = setPassword(ada, FIRST);
        long second = setPassword(eve, SECOND);
        assertThat(eve.refusal(second)).isEqualTo(Refusal.BUSY);
        rig.releaseRecords();
        rig.pass(Duration.ofSeconds(1));
        assertThat(isDone(ada, first)).isTrue();
        assertThat(isLetIn("tam", SECOND)).isFalse();
        assertThat(isLetIn("tam", FIRST)).isTrue();
    }

    @Test
    void password_that_is_taken_away_while_another_one_is_set_is_the_other_one_then() {
        setPassword(ada, FIRST);
        rig.holdRecords = true;
        long call = setPassword(ada, SECOND);
        change(ada, RoomChange.mode(RoomMode.PASSWORD, 0));
        rig.releaseRecords();
        rig.pass(Duration.ofSeconds(1));
        assertThat(isDone(ada, call)).isTrue();
        assertThat(asks() && isKept()).isTrue();
        assertThat(isLetIn("tam", SECOND)).isTrue();
    }

    @Test
    void server_itself_does_not_have_a_room_ask_for_what_nobody_can_show() {
        rig.server.host().rooms(rig.now).say(78, ROOM, RoomChange.mode(RoomMode.PASSWORD, 1));
        rig.pass(Duration.ofSeconds(1));
        assertThat(asks()).isFalse();
        assertThat(rig.told.stream().filter(ServerEvent.HostRefusal.class::isInstance))
                .hasSize(1);
    }
}
