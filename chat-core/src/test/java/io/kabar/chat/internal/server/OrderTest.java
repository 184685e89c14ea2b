package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Content;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.server.core.LoginPolicy;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.ClientMessageCodec;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What somebody says never stands in a room in another order, whatever the server has forgotten. */
class OrderTest {

    private static final RoomName LOBBY = RoomName.LOBBY;
    private static final int WINDOW = 16;

    private final EndpointRig rig =
            new EndpointRig(EndpointRig.settings(new LoginPolicy(true, null, new byte[32]), 0, WINDOW));

    private List<String> said(String name) {
        return rig.log(LOBBY).stream()
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .filter(line -> line.startsWith(name) && !line.endsWith("joined") && !line.endsWith("left"))
                .toList();
    }

    /** The journal takes the second of two messages and not the first, and the sender hears nothing of it. */
    private long[] firstRefusedAndNotHeard(TestClient ada) {
        rig.holdJournal = true;
        long first = ada.say(LOBBY, "first");
        long second = ada.say(LOBBY, "second");
        rig.settle();
        ada.hears = false;
        rig.server.handleRefusal(rig.held.remove().proposalId(), Refusal.STORAGE, rig.now);
        rig.releaseJournal();
        return new long[] {first, second};
    }

    @Test
    void message_whose_refusal_was_lost_does_not_come_in_behind_a_later_one_after_a_restart() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        long[] said = firstRefusedAndNotHeard(ada);
        rig.restart();
        ada.hears = true;
        rig.pass(Duration.ofMinutes(1));

        assertThat(said("ada")).containsExactly("ada second");
        assertThat(ada.refusal(said[0])).isEqualTo(Refusal.OUT_OF_ORDER);
        assertThat(ada.numberOf(said[1])).isPositive();
    }

    @Test
    void neither_does_it_however_long_the_sender_was_away() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        long[] said = firstRefusedAndNotHeard(ada);
        ada.speaks = false;
        rig.pass(Duration.ofMinutes(10));
        ada.hears = true;
        ada.speaks = true;
        rig.pass(Duration.ofMinutes(1));

        assertThat(said("ada")).containsExactly("ada second");
        assertThat(ada.refusal(said[0])).isEqualTo(Refusal.OUT_OF_ORDER);
        assertThat(ada.numberOf(said[1])).isPositive();
    }

    @Test
    void nothing_is_proposed_behind_a_later_message_that_the_journal_may_still_take() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        rig.holdJournal = true;
        long five = ada.say(LOBBY, "five", MessageId.numbered(5, "run"));
        long four = ada.say(LOBBY, "four", MessageId.numbered(4, "run"));
        rig.settle();
        assertThat(ada.refusal(four)).isEqualTo(Refusal.OUT_OF_ORDER);

        rig.releaseJournal();

        assertThat(said("ada")).containsExactly("ada five");
        assertThat(ada.numberOf(five)).isPositive();
    }

    @Test
    void later_one_that_the_journal_did_not_take_is_in_nobodys_way() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        rig.holdJournal = true;
        long five = ada.say(LOBBY, "five", MessageId.numbered(5, "run"));
        rig.settle();
        rig.refuseHeld();
        rig.holdJournal = false;
        long four = ada.say(LOBBY, "four", MessageId.numbered(4, "run"));
        rig.settle();

        assertThat(ada.refusal(five)).isEqualTo(Refusal.STORAGE);
        assertThat(ada.numberOf(four)).isPositive();
    }

    @Test
    void run_of_one_user_says_nothing_about_what_another_says_under_the_same() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        TestClient eve = rig.inside("eve", JoinHistory.NONE);
        eve.say(LOBBY, "I take them all", MessageId.numbered(Long.MAX_VALUE, "run"));
        rig.settle();
        rig.holdJournal = true;
        eve.say(LOBBY, "and those under way", new MessageId(MessageId.of("run").run(), -1));
        long one = ada.say(LOBBY, "one", MessageId.numbered(1, "run"));
        rig.settle();
        rig.releaseJournal();

        assertThat(ada.numberOf(one)).isPositive();
    }

    @Test
    void numbers_are_unsigned() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        long small = ada.say(LOBBY, "small", new MessageId(7, Long.MAX_VALUE));
        long large = ada.say(LOBBY, "large", new MessageId(7, Long.MIN_VALUE));
        long again = ada.say(LOBBY, "between", new MessageId(7, 1));
        rig.settle();

        assertThat(ada.numberOf(small)).isPositive();
        assertThat(ada.numberOf(large)).isPositive();
        assertThat(ada.refusal(again)).isEqualTo(Refusal.OUT_OF_ORDER);
    }

    @Test
    void all_devices_that_have_said_the_same_are_answered() {
        TestClient one = rig.inside("ada", JoinHistory.NONE);
        TestClient other = rig.inside("ada", JoinHistory.NONE);
        rig.holdJournal = true;
        long ones = one.say(LOBBY, "hello", MessageId.of("hello"));
        long others = other.say(LOBBY, "hello", MessageId.of("hello"));
        rig.settle();
        rig.releaseJournal();

        assertThat(one.numberOf(ones)).isEqualTo(other.numberOf(others)).isPositive();
    }

    @Test
    void what_so_much_has_come_after_that_the_server_cannot_know_it_is_not_said_again_and_its_sender_is_told() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        TestClient bob = rig.inside("bob", JoinHistory.NONE);
        ada.hears = false;
        long sent = ada.say(LOBBY, "said, and nobody told her");
        rig.settle();
        ada.speaks = false;
        for (int i = 0; i < WINDOW; i++) {
            bob.say(LOBBY, "line");
        }
        rig.pass(Duration.ofMinutes(10));
        ada.hears = true;
        ada.speaks = true;
        long later = ada.say(LOBBY, "never on a lane before");
        rig.pass(Duration.ofMinutes(1));

        assertThat(ada.refusal(sent)).isEqualTo(Refusal.FATE_UNKNOWN);
        assertThat(ada.numberOf(later)).isPositive();
        assertThat(said("ada")).containsExactly("ada said, and nobody told her", "ada never on a lane before");
    }

    @Test
    void what_came_before_no_more_than_the_server_knows_is_answered() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        TestClient bob = rig.inside("bob", JoinHistory.NONE);
        ada.hears = false;
        long sent = ada.say(LOBBY, "said, and nobody told her");
        rig.settle();
        ada.speaks = false;
        for (int i = 0; i < WINDOW / 2; i++) {
            bob.say(LOBBY, "line");
        }
        rig.pass(Duration.ofMinutes(1));
        ada.hears = true;
        ada.speaks = true;
        rig.pass(Duration.ofMinutes(1));

        assertThat(ada.numberOf(sent)).isPositive();
        assertThat(said("ada")).hasSize(1);
    }

    /**
     * Explorer seed 31001660: all was said again under a higher attempt, while the first copies waited for the journal.
     */
    @Test
    void second_copy_that_was_under_way_when_its_sender_was_told_of_the_refusal_is_not_said() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        MessageId id = MessageId.numbered(1, "run");
        rig.holdJournal = true;
        long sent = ada.say(LOBBY, "refused", id);
        rig.settle();
        rig.refuseHeld();
        rig.holdJournal = false;
        assertThat(ada.refusal(sent)).isEqualTo(Refusal.STORAGE);

        Objects.requireNonNull(ada.endpoint.connection())
                .lane(1)
                .offer(ClientMessageCodec.encode(new ClientMessage.Say(0, id, new Content.Said("refused", false))));
        rig.settle();

        assertThat(said("ada")).isEmpty();
    }
}
