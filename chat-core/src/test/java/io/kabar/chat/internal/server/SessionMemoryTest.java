package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.CloseReason;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.internal.server.session.SessionLimits;
import io.kabar.chat.internal.wire.CloseCode;
import io.kabar.chat.internal.wire.WireLimits;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What sessions can make a server hold: a little before they have a right to it, so much each, and so much together.
 */
class SessionMemoryTest {

    private static final int PIECE = 900;

    /** A byte at the end of a window makes the receiver hold the whole window. */
    private static final int BEHIND_A_JOIN = 1024;

    private static final int FAR = WireLimits.LANE_WINDOW - PIECE;

    private int held(RawClient client) {
        return client.server.held().getOrDefault("session bytes", -1);
    }

    private static void join(RawClient client, int lane) {
        client.say(
                lane,
                new ClientMessage.Join(ClientMessage.Target.room("room" + lane), JoinHistory.NONE, 10, new byte[0]));
    }

    @Test
    void lanes_that_no_join_has_named_hold_one_window_together() throws Exception {
        RawClient attacker = new RawClient().signIn("eve");
        int before = held(attacker);
        for (int lane = 1; lane < WireLimits.LANES && attacker.closedWith == null; lane++) {
            attacker.sendPiece(lane, FAR, PIECE);
            assertThat(held(attacker) - before).isLessThanOrEqualTo(WireLimits.EARLY_LANES_HELD);
        }
        assertThat(attacker.closedWith).isEqualTo(CloseCode.FLOW_CONTROL);
        assertThat(held(attacker)).isZero();
    }

    @Test
    void what_is_said_right_behind_a_join_may_overtake_it() throws Exception {
        RawClient client = new RawClient().signIn("ada");
        for (int lane = 1; lane <= 8; lane++) {
            client.sendPiece(lane, BEHIND_A_JOIN, PIECE);
        }
        for (int lane = 1; lane <= 8; lane++) {
            join(client, lane);
            client.sendPiece(lane, FAR, PIECE);
        }
        assertThat(client.closedWith).isNull();
        assertThat(held(client)).isGreaterThanOrEqualTo(8 * (WireLimits.LANE_WINDOW - 64));
    }

    @Test
    void a_session_in_all_its_rooms_holds_so_much() throws Exception {
        RawClient attacker = new RawClient().signIn("eve");
        for (int lane = 1; lane < WireLimits.LANES && attacker.closedWith == null; lane++) {
            join(attacker, lane);
            attacker.sendPiece(lane, FAR, PIECE);
            assertThat(held(attacker)).isLessThan(WireLimits.LANES_HELD + 64 * 1024);
        }
        assertThat(attacker.closedWith).isEqualTo(CloseCode.FLOW_CONTROL);
        assertThat(held(attacker)).isZero();
    }

    @Test
    void leaving_rooms_gives_no_right_to_more() throws Exception {
        RawClient attacker = new RawClient().signIn("eve");
        for (int lane = 1; lane < WireLimits.LANES && attacker.closedWith == null; lane++) {
            join(attacker, lane);
            attacker.sendPiece(lane, FAR, PIECE);
            attacker.say(lane, new ClientMessage.Leave(""));
        }
        assertThat(attacker.closedWith).isEqualTo(CloseCode.FLOW_CONTROL);
    }

    /** As 256 sessions of one private address once pinned a gibibyte, and the server ended on purpose. */
    @Test
    void who_holds_most_is_closed_when_all_together_hold_too_much_and_others_go_on() throws Exception {
        RawClient honest = new RawClient().signIn("ada");
        join(honest, 1);
        honest.sendPiece(1, BEHIND_A_JOIN, PIECE);
        int lanes = WireLimits.LANES_HELD / WireLimits.LANE_WINDOW - 1;
        long most = SessionLimits.MEMORY + 100L * SessionLimits.MEMORY_EACH; // as the settings say
        List<RawClient> attackers = new ArrayList<>();
        RawClient last = honest;
        for (int i = 0; i < 90; i++) {
            last = last.next(Duration.ofMillis(1)).signIn("eve" + i);
            attackers.add(last);
            for (int lane = 1; lane <= lanes; lane++) {
                join(last, lane);
                last.sendPiece(lane, FAR, PIECE);
            }
            assertThat((long) held(last)).isLessThanOrEqualTo(most);
        }
        assertThat(held(last)).as("the bound was met").isGreaterThan((int) (most - WireLimits.LANES_HELD));
        honest.now = last.now;
        honest.sendPiece(1, BEHIND_A_JOIN + PIECE, PIECE);
        assertThat(honest.closedWith).isNull();
        attackers.forEach(RawClient::ping);
        assertThat(attackers)
                .filteredOn(each -> each.closedWith != null)
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.closedWith).isEqualTo((long) CloseReason.SLOW_CONSUMER.code()));
    }

    @Test
    void who_asks_and_acknowledges_nothing_is_counted_with_what_waits_for_them() throws Exception {
        RawClient attacker = new RawClient().signIn("eve");
        attacker.deaf = true;
        int before = held(attacker);
        for (int i = 0; i < 100; i++) {
            attacker.say(0, new ClientMessage.Request(i, new Query.Rooms("")));
        }
        assertThat(held(attacker) - before).isGreaterThan(100);
    }
}
