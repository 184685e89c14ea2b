package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.server.core.LoginPolicy;
import io.kabar.chat.spi.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who shares an address with somebody who uses up what it has. */
class NeighboursTest {

    private static final String SHARED = "198.51.100.7";

    private final EndpointRig rig =
            new EndpointRig(EndpointRig.settings(new LoginPolicy(true, null, new byte[32]), 50, 2048));

    private List<String> heardBy(TestClient client) {
        return client.of(ClientEvent.Event.class).stream()
                .map(ClientEvent.Event::event)
                .filter(ChatEvent::isSaid)
                .map(event -> event.text())
                .toList();
    }

    @Test
    void whoever_has_been_here_for_a_week_speaks_while_a_newcomer_waits() {
        TestClient reader = rig.inside("reader", "203.0.113.9", JoinHistory.NONE);
        TestClient first = rig.inside("ada", SHARED, JoinHistory.NONE);
        first.endpoint.signOut(rig.now);
        rig.settle();
        Account ada = Objects.requireNonNull(rig.accounts.get("ada"));
        rig.accounts.put(
                "ada",
                TestAccounts.account(
                        UserName.of("ada"), null, ada.devices().get(0).claim(), ada.role(), Instant.EPOCH));
        TestClient old = rig.inside("ada", SHARED, JoinHistory.NONE);
        TestClient newcomer = rig.inside("bob", SHARED, JoinHistory.NONE);
        List<TestClient> loud = IntStream.range(0, 6)
                .mapToObj(i -> rig.inside("loud" + i, SHARED, JoinHistory.NONE))
                .toList();
        for (int message = 0; message < 60; message++) {
            loud.forEach(each -> each.say(RoomName.LOBBY, "noise"));
        }
        rig.settle();
        newcomer.say(RoomName.LOBBY, "from bob");
        old.say(RoomName.LOBBY, "from ada");
        rig.settle();
        assertThat(heardBy(reader)).contains("noise", "from ada").doesNotContain("from bob");
        rig.pass(Duration.ofMinutes(1));
        assertThat(heardBy(reader)).as("delayed, and not lost").contains("from bob");
    }
}
