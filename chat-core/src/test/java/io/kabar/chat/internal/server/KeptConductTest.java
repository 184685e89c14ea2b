package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Content;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.server.core.LoginPolicy;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.OrderQuery;
import io.kabar.chat.internal.wire.message.Query;
import io.kabar.chat.rules.OrderRules;
import io.kabar.chat.rules.Switches;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What somebody has said and used up lately is their account's, whatever they are called and how often they come. */
class KeptConductTest {

    private static final RoomName LOBBY = RoomName.LOBBY;
    private static final int TWICE = 2;

    private final EndpointRig rig =
            new EndpointRig(identity -> EndpointRig.settings(new LoginPolicy(true, null, new byte[32]))
                    .apply(identity)
                    .withOrder(OrderRules.STANDARD.withRepeats(TWICE)));

    private TestClient entered(String name) {
        return rig.inside(name, JoinHistory.NONE);
    }

    private long says(TestClient who, String text) {
        long call = who.say(LOBBY, text);
        rig.pass(Duration.ofSeconds(1));
        return call;
    }

    private TestClient comesAgain(TestClient who, String name) {
        who.endpoint.signOut(rig.now);
        rig.pass(Duration.ofSeconds(30));
        return entered(name);
    }

    private TestClient renamed(TestClient who, String from, String to) {
        who.smuggle(new ClientMessage.Request(4711, new Query.Rename(to)));
        rig.pass(Duration.ofSeconds(1));
        long account = Objects.requireNonNull(rig.accounts.get(from)).id();
        UserName name = new UserName(to);
        rig.accounts.remove(from);
        rig.accounts.put(
                name.key(),
                TestAccounts.account(name, null, rig.claimOf(to), "member").withId(account));
        return entered(to);
    }

    private static boolean isSaid(TestClient who, long call) {
        return who.of(ClientEvent.Accepted.class).stream().anyMatch(accepted -> accepted.callId() == call);
    }

    @Test
    void who_has_said_it_twice_does_not_say_it_again_after_coming_again() {
        says(entered("ada"), "hello");
        TestClient eve = entered("eve");
        says(eve, "buy now");
        says(eve, "buy now");
        TestClient again = comesAgain(eve, "eve");
        assertThat(again.refusal(says(again, "buy now"))).isEqualTo(Refusal.RATE_LIMITED);
        rig.pass(Duration.ofMinutes(2));
        assertThat(isSaid(again, says(again, "buy now"))).as("much later").isTrue();
    }

    @Test
    void who_has_said_it_twice_does_not_say_it_again_under_another_name() {
        TestClient eve = entered("eve");
        says(eve, "buy now");
        says(eve, "buy now");
        TestClient mallory = renamed(eve, "eve", "mallory");
        assertThat(mallory.refusal(says(mallory, "buy now"))).isEqualTo(Refusal.RATE_LIMITED);
        assertThat(isSaid(mallory, says(mallory, "something else"))).isTrue();
    }

    @Test
    void slow_mode_of_the_server_goes_on_under_another_name() {
        TestClient eve = entered("eve");
        rig.server.host().order(8, new OrderQuery.SetSwitches(Switches.NONE.withSlowSeconds(600)), rig.now);
        says(eve, "one");
        TestClient mallory = renamed(eve, "eve", "mallory");
        assertThat(isSaid(mallory, says(mallory, "two"))).isFalse();
    }

    @Test
    void what_is_used_up_is_used_up_under_another_name() {
        TestClient eve = entered("eve");
        for (int i = 0; i < 16; i++) { // as many topics as there may be at once
            eve.change(LOBBY, new Content.Topic("topic " + i));
            rig.settle();
        }
        TestClient mallory = renamed(eve, "eve", "mallory");
        long topic = mallory.change(LOBBY, new Content.Topic("one more"));
        rig.settle();
        assertThat(isSaid(mallory, topic)).isFalse();
    }

    @Test
    void next_owner_of_a_name_has_said_nothing() {
        TestClient eve = entered("eve");
        says(eve, "buy now");
        says(eve, "buy now");
        renamed(eve, "eve", "mallory");
        rig.accounts.put(
                "eve",
                TestAccounts.account(new UserName("eve"), null, rig.claimOf("eve"), "member")
                        .withId(77));
        TestClient next = entered("eve");
        assertThat(isSaid(next, says(next, "buy now"))).isTrue();
    }

    @Test
    void block_is_between_two_accounts_whatever_they_are_called() {
        TestClient ada = entered("ada");
        TestClient eve = entered("eve");
        ada.smuggle(new ClientMessage.Request(4712, new OrderQuery.BlockPerson("eve")));
        rig.pass(Duration.ofSeconds(1));
        TestClient mallory = renamed(eve, "eve", "mallory");
        long blocked = mallory.join(rig.talk("ada", "mallory"), JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(mallory.refusal(blocked)).as("whom she has blocked").isEqualTo(Refusal.NOT_ALLOWED);

        renamed(ada, "ada", "augusta");
        long again = mallory.join(rig.talk("augusta", "mallory"), JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(mallory.refusal(again)).as("who has blocked").isEqualTo(Refusal.NOT_ALLOWED);

        rig.accounts.put(
                "eve",
                TestAccounts.account(new UserName("eve"), null, rig.claimOf("eve"), "member")
                        .withId(77));
        TestClient next = entered("eve");
        next.join(rig.talk("augusta", "eve"), JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(next.of(ClientEvent.Failed.class)).as("the next eve").isEmpty();
    }

    @Test
    void nothing_is_kept_of_who_is_gone_for_long() {
        TestClient eve = entered("eve");
        says(eve, "buy now");
        TestClient mallory = renamed(eve, "eve", "mallory");
        says(mallory, "buy now");
        mallory.endpoint.signOut(rig.now);
        rig.clients.clear();
        rig.pass(Duration.ofHours(1));
        assertThat(rig.server.held()).containsEntry("users", 0);
    }
}
