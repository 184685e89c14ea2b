package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.Presence;
import io.kabar.chat.internal.client.ClientEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Being away with several devices. */
class AwayTest {

    private final EndpointRig rig = new EndpointRig();
    private final TestClient reader = rig.inside("reader", JoinHistory.NONE);
    private final TestClient desktop = rig.inside("ada", JoinHistory.NONE);
    private final TestClient phone = rig.inside("ada", JoinHistory.NONE);

    private Presence shown() {
        rig.pass(Duration.ofSeconds(5));
        return reader.of(ClientEvent.MemberChanged.class).stream()
                .map(ClientEvent.MemberChanged::member)
                .filter(member -> member.name().text().equals("ada"))
                .reduce((before, newest) -> newest)
                .orElseThrow()
                .presence();
    }

    @Test
    void a_device_that_goes_takes_along_that_it_was_away() {
        phone.endpoint.away(true, rig.now);
        assertThat(shown()).isEqualTo(Presence.AWAY);
        phone.endpoint.signOut(rig.now);
        assertThat(shown()).as("the other never said so").isEqualTo(Presence.HERE);
    }

    @Test
    void a_device_that_goes_leaves_the_word_of_the_other() {
        phone.endpoint.away(true, rig.now);
        desktop.endpoint.away(true, rig.now);
        assertThat(shown()).isEqualTo(Presence.AWAY);
        phone.endpoint.signOut(rig.now);
        assertThat(shown()).isEqualTo(Presence.AWAY);
        desktop.endpoint.away(false, rig.now);
        assertThat(shown()).isEqualTo(Presence.HERE);
    }

    @Test
    void the_newest_word_of_any_device_holds() {
        phone.endpoint.away(true, rig.now);
        assertThat(shown()).isEqualTo(Presence.AWAY);
        desktop.endpoint.away(false, rig.now);
        assertThat(shown()).isEqualTo(Presence.HERE);
    }

    /** Its newer connection is the same device. */
    @Test
    void a_device_that_comes_back_is_still_away() {
        phone.endpoint.away(true, rig.now);
        assertThat(shown()).isEqualTo(Presence.AWAY);
        phone.speaks = false;
        rig.pass(Duration.ofSeconds(60));
        phone.speaks = true;
        assertThat(shown()).isEqualTo(Presence.AWAY);
    }
}
