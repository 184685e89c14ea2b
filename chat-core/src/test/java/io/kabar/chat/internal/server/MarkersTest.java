package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.wire.message.ClientMessage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far somebody has read is the same on all their devices, and after a restart. */
class MarkersTest {

    private static final RoomName ROOM = RoomName.of("garden");

    private final EndpointRig rig = new EndpointRig();

    private TestClient inside(String name) {
        TestClient client = rig.client(name);
        rig.pass(Duration.ofSeconds(1));
        client.join(ROOM, JoinHistory.from(1));
        rig.pass(Duration.ofSeconds(1));
        return client;
    }

    private void says(TestClient client, int lines) {
        for (int i = 0; i < lines; i++) {
            client.say(ROOM, "line " + i);
        }
        rig.pass(Duration.ofSeconds(1));
    }

    private void reads(TestClient client, long upTo) {
        client.endpoint.read(ROOM, upTo, rig.now);
        rig.pass(Duration.ofSeconds(1));
    }

    private static List<Long> elsewhere(TestClient client) {
        return client.of(ClientEvent.ReadElsewhere.class).stream()
                .map(ClientEvent.ReadElsewhere::upTo)
                .toList();
    }

    private static long told(TestClient client) {
        List<ClientEvent.Entered> entered = client.of(ClientEvent.Entered.class);
        return entered.get(entered.size() - 1).room().readUpTo();
    }

    @Test
    void other_devices_hear_how_far_one_has_read_and_others_people_do_not() {
        TestClient bob = inside("bob");
        TestClient phone = inside("ada");
        TestClient laptop = inside("ada");
        says(bob, 10);
        reads(phone, 8);
        reads(phone, 5);
        reads(laptop, 7);
        reads(laptop, 9);

        assertThat(elsewhere(laptop)).containsExactly(8L);
        assertThat(elsewhere(phone)).containsExactly(9L);
        assertThat(elsewhere(bob)).isEmpty();
        assertThat(told(inside("ada"))).isEqualTo(9);
        assertThat(told(inside("bob"))).isZero();
    }

    @Test
    void nobody_has_read_what_is_not_there() {
        TestClient ada = inside("ada");
        TestClient other = inside("ada");
        reads(ada, 1_000_000);
        assertThat(elsewhere(other))
                .as("clients count no further than they know")
                .containsExactly(1L);
        ada.smuggle(new ClientMessage.Read(1, 1_000_000));
        rig.pass(Duration.ofSeconds(1));
        assertThat(told(inside("ada"))).isLessThan(5);
    }

    @Test
    void it_is_stored_now_and_then_and_at_sign_out_and_known_after_a_restart() {
        TestClient bob = inside("bob");
        TestClient ada = inside("ada");
        says(bob, 10);
        for (int i = 1; i <= 10; i++) {
            reads(ada, i);
        }
        assertThat(stored()).isEmpty();
        rig.pass(Duration.ofSeconds(31));
        assertThat(stored()).containsExactly("garden 10");
        says(bob, 2);
        reads(ada, 13);
        ada.endpoint.signOut(rig.now);
        rig.pass(Duration.ofSeconds(1));
        assertThat(stored()).containsExactly("garden 13");

        rig.clients.clear();
        rig.restart();
        assertThat(told(inside("ada"))).isEqualTo(13);
    }

    @Test
    void a_place_that_was_read_while_the_network_is_away_is_told_when_it_is_back() {
        TestClient bob = inside("bob");
        TestClient ada = inside("ada");
        says(bob, 5);
        ada.speaks = false;
        ada.hears = false;
        ada.endpoint.read(ROOM, 4, rig.now);
        rig.pass(Duration.ofMinutes(3));
        ada.speaks = true;
        ada.hears = true;
        rig.pass(Duration.ofSeconds(30));
        assertThat(told(inside("ada"))).isEqualTo(4);
    }

    private List<String> stored() {
        return rig.records.load().stream()
                .filter(record -> record.kind().equals("read"))
                .map(record -> record.value().replaceAll(" \\d+ ", " "))
                .toList();
    }
}
