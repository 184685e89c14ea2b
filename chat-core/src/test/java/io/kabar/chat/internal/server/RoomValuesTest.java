package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Content;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Payload;
import io.kabar.chat.ProgramContent.ValueSet;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.RoomValue;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.server.core.LoginPolicy;
import io.kabar.chat.rules.RoomMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What programs keep in a room for each other. */
class RoomValuesTest {

    private static final RoomName ROOM = RoomName.of("table");

    private final EndpointRig rig =
            new EndpointRig(EndpointRig.settings(new LoginPolicy(true, null, new byte[32]), 0, 2048));
    private final TestClient ada = rig.client("ada");

    @BeforeEach
    void ada_has_the_room() {
        rig.settle();
        ada.join(ROOM, JoinHistory.NONE);
        rig.settle();
    }

    private long set(TestClient who, String key, String value) {
        return who.change(ROOM, new ValueSet(key, value.isEmpty() ? Payload.NONE : Payload.text(value)));
    }

    private TestClient enters(String name, JoinHistory history) {
        TestClient client = rig.client(name);
        rig.settle();
        client.join(ROOM, history);
        rig.pass(Duration.ofSeconds(1));
        return client;
    }

    private static Map<String, String> found(TestClient who) {
        List<ClientEvent.Entered> all = who.of(ClientEvent.Entered.class);
        return text(all.get(all.size() - 1).room());
    }

    private static Map<String, String> text(RoomState room) {
        Map<String, String> values = new TreeMap<>();
        room.values().forEach((key, value) -> {
            assertThat(value.key()).isEqualTo(key);
            values.put(
                    key,
                    value.payload().asText() + " #" + value.sequence() + " by "
                            + value.author().name());
        });
        return values;
    }

    @Test
    void whoever_enters_is_told_the_newest_value_of_each_key_whatever_history_they_want() {
        set(ada, "turn", "ada");
        set(ada, "score", "1:0");
        set(ada, "gone", "x");
        set(ada, "turn", "bob");
        set(ada, "gone", "");
        rig.settle();

        for (JoinHistory history : List.of(JoinHistory.NONE, JoinHistory.from(1), JoinHistory.last(1))) {
            TestClient who = enters("who-" + history.amount(), history);
            assertThat(found(who)).isEqualTo(Map.of("turn", "bob #5 by ada", "score", "1:0 #3 by ada"));
        }
    }

    @Test
    void values_are_told_before_any_event_and_events_behind_them_change_them() {
        set(ada, "turn", "ada");
        rig.settle();
        TestClient bob = enters("bob", JoinHistory.from(1));
        set(ada, "turn", "bob");
        rig.settle();

        List<ClientEvent> told = bob.told.stream()
                .filter(event -> event instanceof ClientEvent.Entered
                        || (event instanceof ClientEvent.Event happened
                                && happened.event().content().kind() == Content.VALUE_SET))
                .toList();
        assertThat(told.get(0)).isInstanceOf(ClientEvent.Entered.class);
        assertThat(told).hasSize(3);
    }

    @Test
    void values_are_the_same_after_a_restart_and_when_the_network_was_away() {
        TestClient bob = enters("bob", JoinHistory.NONE);
        set(ada, "score", "1:0");
        rig.settle();
        bob.speaks = false;
        bob.hears = false;
        rig.restart();
        rig.pass(Duration.ofSeconds(40));
        set(ada, "score", "2:0");
        rig.pass(Duration.ofSeconds(20));
        bob.speaks = true;
        bob.hears = true;
        rig.pass(Duration.ofSeconds(60));

        assertThat(found(bob).values()).singleElement().asString().startsWith("2:0 #");
        assertThat(found(enters("eve", JoinHistory.NONE))).isEqualTo(found(bob));
    }

    @Test
    void one_value_too_many_is_refused_also_with_others_on_their_way() {
        rig.holdJournal = true;
        for (int i = 0; i < RoomValue.MOST; i++) {
            set(ada, "key " + i, "x");
        }
        rig.pass(Duration.ofSeconds(3));
        long over = set(ada, "one more", "x");
        long known = set(ada, "key 7", "y");
        rig.pass(Duration.ofSeconds(3));
        assertThat(ada.refusal(over)).isEqualTo(Refusal.NOT_ALLOWED);
        rig.releaseJournal();
        rig.pass(Duration.ofSeconds(3));
        assertThat(ada.numberOf(known)).isPositive();

        long taken = set(ada, "key 0", "");
        long place = set(ada, "one more", "x");
        rig.pass(Duration.ofSeconds(3));
        assertThat(ada.numberOf(taken)).isPositive();
        assertThat(ada.numberOf(place)).isPositive();
        assertThat(found(enters("bob", JoinHistory.NONE)))
                .hasSize(RoomValue.MOST)
                .containsKey("one more");
    }

    @Test
    void more_bytes_than_a_room_keeps_are_refused() {
        String long4000 = "x".repeat(4000);
        for (int i = 0; i < 16; i++) {
            set(ada, "key " + i, long4000);
        }
        rig.pass(Duration.ofSeconds(3));
        long over = set(ada, "more", long4000);
        long shorter = set(ada, "key 1", "short");
        long fits = set(ada, "more", long4000);
        rig.pass(Duration.ofSeconds(3));

        assertThat(ada.refusal(over)).isEqualTo(Refusal.TOO_LARGE);
        assertThat(ada.numberOf(shorter)).isPositive();
        assertThat(ada.numberOf(fits)).isPositive();
        assertThat(found(enters("bob", JoinHistory.NONE))).hasSize(17);
    }

    @Test
    void whoever_may_not_speak_sets_no_value() {
        TestClient bob = enters("bob", JoinHistory.NONE);
        ada.change(ROOM, RoomChange.mute(UserName.of("bob"), RoomChange.FOREVER, ""));
        rig.settle();
        long muted = set(bob, "score", "9:0");
        rig.settle();
        ada.change(ROOM, RoomChange.unmute(UserName.of("bob")));
        ada.change(ROOM, RoomChange.mode(RoomMode.READ_ONLY, 1));
        rig.settle();
        long readOnly = set(bob, "score", "9:0");
        rig.settle();

        assertThat(bob.refusal(muted)).isEqualTo(Refusal.NOT_ALLOWED);
        assertThat(bob.refusal(readOnly)).isEqualTo(Refusal.NOT_ALLOWED);
        assertThat(rig.fold(ROOM).values().isEmpty()).isTrue();
    }
}
