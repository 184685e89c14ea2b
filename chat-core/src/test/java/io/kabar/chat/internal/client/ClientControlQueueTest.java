package io.kabar.chat.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.server.EndpointRig;
import io.kabar.chat.internal.server.TestClient;
import io.kabar.chat.internal.server.core.LoginPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a client asks while the server takes nothing: asked later, or refused, and never forgotten. */
class ClientControlQueueTest {
    private static final RoomName WANTED = RoomName.of("wanted");
    /** As long as a reason may be. */
    private static final String REASON = "\ud83d\ude80".repeat(390);

    private final EndpointRig rig =
            new EndpointRig(EndpointRig.settings(new LoginPolicy(true, null, new byte[32]), 0, 2048));
    private final TestClient ada = rig.inside("ada", JoinHistory.NONE);

    /** Joins and leaves a room so often; tells the ticket of the last call that joined. */
    private long joinAndLeave(int times) {
        long ticket = 0;
        for (int i = 0; i < times; i++) {
            ticket = ada.join(RoomName.of("room"), JoinHistory.NONE);
            ada.leave(RoomName.of("room"), REASON);
        }
        rig.settle();
        return ticket;
    }

    @Test
    void what_is_asked_when_the_lane_is_full_is_asked_when_there_is_room() {
        ada.speaks = false;
        joinAndLeave(200); // more than a lane holds
        ada.join(WANTED, JoinHistory.NONE);
        ada.endpoint.away(true, rig.now);
        rig.settle();
        ada.speaks = true;
        rig.pass(Duration.ofSeconds(30));

        assertThat(ada.of(ClientEvent.Entered.class))
                .last()
                .satisfies(entered -> assertThat(entered.room().name()).isEqualTo(WANTED));
        assertThat(ada.endpoint.held()).containsEntry("control", 0);
        TestClient bob = rig.inside("bob", JoinHistory.NONE);
        assertThat(bob.of(ClientEvent.Entered.class).get(0).room().members())
                .anyMatch(member -> member.presence() == io.kabar.chat.Presence.AWAY);
    }

    @Test
    void who_asks_on_and_on_is_told_that_too_much_waits() {
        ada.speaks = false;
        long last = joinAndLeave(400);

        assertThat(ada.refusal(last)).isEqualTo(Refusal.BACK_PRESSURED);
        assertThat(ada.endpoint.held().getOrDefault("lanes", 0)).isBetween(50, 400);
        for (int i = 0; i < 1000; i++) { // of what counts only as it is now, only that waits
            ada.endpoint.away(i % 2 == 0, rig.now);
        }
        assertThat(ada.endpoint.held().getOrDefault("control", 0)).isLessThan(2);
        ada.speaks = true;
        rig.pass(Duration.ofSeconds(30));
        assertThat(ada.endpoint.held()).containsEntry("control", 0);
        ada.join(WANTED, JoinHistory.NONE);
        rig.settle();
        assertThat(ada.of(ClientEvent.Entered.class))
                .last()
                .satisfies(entered -> assertThat(entered.room().name()).isEqualTo(WANTED));
    }
}
