package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody waits until everybody before them has all there is. */
class TakingTurnsTest {

    private final EndpointRig rig = new EndpointRig();

    @Test
    void nobody_is_sent_a_third_datagram_while_others_wait_for_their_first() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        TestClient bob = rig.inside("bob", JoinHistory.NONE);
        TestClient eve = rig.inside("eve", JoinHistory.NONE);
        rig.holdJournal = true;
        for (int i = 0; i < 9; i++) {
            ada.say(RoomName.LOBBY, "x".repeat(1000));
        }
        rig.settle();
        rig.sentTo.clear();
        rig.releaseJournal(); // nine datagrams for each, at one moment

        List<InetSocketAddress> first = rig.sentTo.subList(0, 18);
        assertThat(first).contains(ada.from, bob.from, eve.from);
        for (int i = 0; i + 2 < first.size(); i++) {
            assertThat(first.subList(i, i + 3))
                    .as("three in a row in %s", first)
                    .satisfies(three -> assertThat(three.stream().distinct()).hasSizeGreaterThan(1));
        }
    }
}
