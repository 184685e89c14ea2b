package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.rules.RoomMode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What programs signal to each other in a room. */
class ProgramSignalsTest {

    private static final RoomName ROOM = RoomName.of("table");

    private final EndpointRig rig = new EndpointRig();
    private final TestClient ada = rig.client("ada");
    private final TestClient bob = rig.client("bob");
    private final TestClient eve = rig.client("eve");

    @BeforeEach
    void ada_has_the_room_and_bob_is_there() {
        rig.settle();
        ada.join(ROOM, JoinHistory.NONE);
        rig.settle();
        bob.join(ROOM, JoinHistory.NONE);
        eve.join(RoomName.LOBBY, JoinHistory.NONE);
        rig.settle();
    }

    private void signal(TestClient who, String key, int value) {
        who.endpoint.signal(ROOM, key, new byte[] {(byte) value}, rig.now);
        rig.settle();
    }

    private static List<String> heard(TestClient who) {
        return who.of(ClientEvent.Signalled.class).stream()
                .map(signal -> signal.from() + " " + signal.key() + signal.bytes()[0])
                .toList();
    }

    private List<String> heardByHost() {
        return rig.told.stream()
                .filter(ServerEvent.Signalled.class::isInstance)
                .map(ServerEvent.Signalled.class::cast)
                .map(signal -> signal.room() + " " + signal.from() + " " + signal.key() + signal.bytes()[0])
                .toList();
    }

    @Test
    void the_others_of_the_room_and_the_host_program_hear_and_no_log_does() {
        long last = rig.fold(ROOM).last();
        signal(ada, "x", 1);
        signal(bob, "", 2);
        rig.pass(Duration.ofSeconds(1));

        assertThat(heard(ada)).containsExactly("bob 2");
        assertThat(heard(bob)).containsExactly("ada x1");
        assertThat(heard(eve)).isEmpty();
        assertThat(heardByHost()).containsExactly("#table ada x1", "#table bob 2");
        assertThat(rig.fold(ROOM).last()).isEqualTo(last);
    }

    @Test
    void the_host_program_signals_under_the_name_of_the_server() {
        rig.server.host().rooms(rig.now).signal(7, ROOM, "tick", new byte[] {3});
        rig.settle();

        assertThat(bob.of(ClientEvent.Signalled.class)).singleElement().satisfies(signal -> {
            assertThat(signal.key()).isEqualTo("tick");
            assertThat(signal.from()).isNotIn(UserName.of("ada"), UserName.of("bob"));
        });
        assertThat(heardByHost()).isEmpty();
    }

    @Test
    void of_many_of_a_key_the_last_is_heard_and_no_more_than_twenty_a_second() {
        for (int i = 1; i <= 100; i++) {
            signal(ada, "x", i);
            rig.pass(Duration.ofMillis(10));
        }
        rig.pass(Duration.ofSeconds(1));

        assertThat(heard(bob)).endsWith("ada x100").hasSizeBetween(20, 26).doesNotHaveDuplicates();
    }

    @Test
    void several_keys_take_turns() {
        for (int i = 1; i <= 100; i++) {
            ada.endpoint.signal(ROOM, "x", new byte[] {(byte) i}, rig.now);
            signal(ada, "y", i);
            rig.pass(Duration.ofMillis(10));
        }
        rig.pass(Duration.ofSeconds(1));

        assertThat(heard(bob)).contains("ada x100", "ada y100");
        assertThat(heard(bob).stream().filter(signal -> signal.contains("x"))).hasSizeBetween(9, 14);
        assertThat(heard(bob).stream().filter(signal -> signal.contains("y"))).hasSizeBetween(9, 14);
    }

    @Test
    void the_longest_signal_of_the_longest_name_has_room_in_a_datagram() {
        TestClient long32 = rig.client("\u0436".repeat(32));
        rig.settle();
        long32.join(ROOM, JoinHistory.NONE);
        rig.settle();
        bob.say(ROOM, "an acknowledgement rides along");
        long32.endpoint.signal(ROOM, "k".repeat(32), new byte[1024], rig.now);
        rig.settle();

        assertThat(bob.of(ClientEvent.Signalled.class))
                .singleElement()
                .satisfies(signal -> assertThat(signal.bytes()).hasSize(1024));
    }

    @Test
    void whoever_may_not_speak_signals_in_vain() {
        ada.change(ROOM, RoomChange.mute(UserName.of("bob"), RoomChange.FOREVER, ""));
        rig.settle();
        signal(bob, "x", 1);
        assertThat(heard(ada)).isEmpty();

        ada.change(ROOM, RoomChange.unmute(UserName.of("bob")));
        rig.settle();
        signal(bob, "x", 2);
        assertThat(heard(ada)).containsExactly("bob x2");

        ada.change(ROOM, RoomChange.mode(RoomMode.MODERATED, 1));
        rig.settle();
        signal(bob, "x", 3);
        assertThat(heard(ada)).containsExactly("bob x2");
        assertThat(heardByHost()).containsExactly("#table bob x2");
    }

    @Test
    void whoever_is_put_out_neither_signals_nor_hears() {
        ada.change(ROOM, RoomChange.kick(UserName.of("bob"), ""));
        rig.settle();
        signal(bob, "x", 1);
        signal(ada, "x", 2);

        assertThat(heard(ada)).isEmpty();
        assertThat(heard(bob)).isEmpty();
        assertThat(heardByHost()).containsExactly("#table ada x2");
    }

    @Test
    void what_is_said_in_a_conversation_of_two_the_host_program_does_not_hear() {
        RoomName talk = rig.talk("ada", "bob");
        ada.join(talk, JoinHistory.NONE);
        bob.join(talk, JoinHistory.NONE);
        rig.settle();
        ada.endpoint.signal(talk, "x", new byte[] {1}, rig.now);
        rig.settle();

        assertThat(heard(bob)).containsExactly("ada x1");
        assertThat(heardByHost()).isEmpty();
    }

    @Test
    void nothing_is_signalled_while_the_network_is_away() {
        bob.speaks = false;
        for (int i = 1; i <= 60; i++) {
            signal(bob, "x", i);
            rig.pass(Duration.ofMillis(100));
        }
        bob.speaks = true;
        rig.pass(Duration.ofSeconds(30));

        assertThat(heard(ada)).as("what was under way is not sent again").hasSizeLessThan(2);
    }
}
