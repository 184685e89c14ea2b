package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.Refusal;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.wire.message.OrderAnswer;
import io.kabar.chat.internal.wire.message.OrderQuery;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who ends and changes what others have imposed on the whole server: who may as much as they. */
class LiftingTest {

    private static final long HOUR = 3600;

    private final EndpointRig rig = new EndpointRig();
    private TestClient sam;
    private TestClient stan;
    private long calls = 7000;

    @BeforeEach
    void staffIsHere() {
        rig.timePasses = true;
        rig.account("olga", "owner");
        for (String name : List.of("sam", "stan")) {
            rig.account(name, "staff");
        }
        rig.account("troll", "member");
        sam = rig.inside("sam", JoinHistory.NONE);
        stan = rig.inside("stan", JoinHistory.NONE);
    }

    private long asks(TestClient who, OrderQuery query) {
        long call = ++calls;
        who.endpoint.askAll(call, query, null, OrderAnswer.Done.class, rig.now);
        rig.pass(Duration.ofSeconds(1));
        return call;
    }

    private boolean isDone(TestClient who, OrderQuery query) {
        long call = asks(who, query);
        return who.of(ClientEvent.Answered.class).stream().anyMatch(answered -> answered.callId() == call);
    }

    private String refusal(TestClient who, OrderQuery query) {
        long call = asks(who, query);
        ClientEvent.Failed failed = who.of(ClientEvent.Failed.class).stream()
                .filter(each -> each.callId() == call)
                .findFirst()
                .orElseThrow(() -> new AssertionError("not refused"));
        assertThat(failed.refusal()).isEqualTo(Refusal.NOT_ALLOWED);
        return failed.sentence();
    }

    @Test
    void what_an_owner_has_imposed_is_ended_by_no_staff() {
        TestClient olga = rig.inside("olga", JoinHistory.NONE);
        assertThat(isDone(olga, new OrderQuery.Mute("troll", HOUR, "enough"))).isTrue();
        String sentence = "olga, who is owner of this server, has imposed that; only who may as much can change it.";
        assertThat(refusal(sam, new OrderQuery.Unmute("troll"))).isEqualTo(sentence);
        assertThat(refusal(sam, new OrderQuery.Mute("troll", 1, "less")))
                .as("which would end in a second")
                .isEqualTo(sentence);
        olga.endpoint.signOut(rig.now);
        rig.pass(Duration.ofMinutes(10));
        assertThat(refusal(sam, new OrderQuery.Unmute("troll")))
                .as("olga is away")
                .isEqualTo(sentence);
        rig.account("olga", "member");
        assertThat(isDone(sam, new OrderQuery.Unmute("troll")))
                .as("olga is no owner")
                .isTrue();
    }

    @Test
    void what_staff_have_imposed_is_ended_by_other_staff_and_by_owners() {
        assertThat(isDone(sam, new OrderQuery.Ban("troll", false, HOUR, "enough")))
                .isTrue();
        assertThat(isDone(stan, new OrderQuery.Ban("troll", false, 2 * HOUR, "more")))
                .isTrue();
        assertThat(isDone(sam, new OrderQuery.Unban("troll"))).isTrue();
        assertThat(isDone(sam, new OrderQuery.Mute("troll", HOUR, "enough"))).isTrue();
        assertThat(isDone(rig.inside("olga", JoinHistory.NONE), new OrderQuery.Unmute("troll")))
                .isTrue();
    }

    @Test
    void what_the_server_has_imposed_is_ended_by_owners() {
        rig.server.host().order(8, new OrderQuery.Ban("troll", false, 0, "enough"), rig.now);
        rig.server.host().order(9, new OrderQuery.BanNetwork("192.0.2.0/24", 0, "enough"), rig.now);
        rig.pass(Duration.ofSeconds(1));
        String sentence = "The server itself has imposed that; only who may as much as an owner of it can change it.";
        assertThat(refusal(sam, new OrderQuery.Unban("troll"))).isEqualTo(sentence);
        assertThat(refusal(sam, new OrderQuery.UnbanRule(1))).isEqualTo(sentence);
        TestClient olga = rig.inside("olga", JoinHistory.NONE);
        assertThat(isDone(olga, new OrderQuery.Unban("troll"))).isTrue();
        assertThat(isDone(olga, new OrderQuery.UnbanRule(1))).isTrue();
    }

    @Test
    void who_has_imposed_something_ends_it_though_they_are_less_by_now() {
        TestClient olga = rig.inside("olga", JoinHistory.NONE);
        assertThat(isDone(olga, new OrderQuery.Mute("troll", HOUR, "enough"))).isTrue();
        olga.endpoint.signOut(rig.now);
        rig.account("olga", "staff");
        rig.pass(Duration.ofSeconds(10));
        assertThat(isDone(rig.inside("olga", JoinHistory.NONE), new OrderQuery.Unmute("troll")))
                .isTrue();
    }

    @Test
    void ban_with_the_address_does_not_replace_an_owners_ban_of_that_address() {
        TestClient olga = rig.inside("olga", JoinHistory.NONE);
        TestClient troll = rig.inside("troll", "192.0.2.7", JoinHistory.NONE);
        assertThat(isDone(olga, new OrderQuery.BanNetwork("192.0.2.7", 0, "enough")))
                .isTrue();
        assertThat(troll.of(ClientEvent.Closed.class)).isNotEmpty();
        assertThat(refusal(sam, new OrderQuery.Ban("troll", true, 1, "less"))).startsWith("olga, who is owner");
        assertThat(isDone(sam, new OrderQuery.Ban("troll", false, 1, "less"))).isTrue();
    }
}
