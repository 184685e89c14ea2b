package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.client.Saying;
import io.kabar.chat.internal.server.core.LoginPolicy;
import io.kabar.chat.internal.server.core.Quotas;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Rooms of which nothing is kept any more, on a server that has as many rooms as it may. */
class AgedRoomsTest {

    private static final int MOST = 3;
    private static final RoomName FIRST = RoomName.of("first");
    private static final RoomName SECOND = RoomName.of("second");
    private static final RoomName THIRD = RoomName.of("third");
    private static final RoomName NEW = RoomName.of("new");

    private final EndpointRig rig = new EndpointRig(
            EndpointRig.settings(new LoginPolicy(true, null, new byte[32]), 0, 2048, new Quotas(4, 32, 64, MOST, 32)));
    private final TestClient ada = rig.client("ada");

    private void talk(RoomName room) {
        assertThat(enter(room)).isTrue();
        ada.say(room, "hello");
        rig.settle();
        ada.leave(room);
        rig.settle();
    }

    private boolean enter(RoomName room) {
        int before = ada.told.size();
        ada.join(room, JoinHistory.NONE);
        rig.settle();
        return ada.told.subList(before, ada.told.size()).stream()
                .anyMatch(event -> event instanceof ClientEvent.Entered entered
                        && entered.room().name().equals(room));
    }

    /** As the journal's sweep does. */
    private void age(RoomName room) {
        long first = Objects.requireNonNull(rig.logs.get(room)).size() + 1L;
        rig.firstKept.put(room, first);
        rig.server.handleForgotten(room, first, rig.now);
    }

    @Test
    void a_room_that_has_aged_out_gives_its_place_to_a_new_one_and_its_numbers_go_on() {
        talk(FIRST);
        talk(SECOND);
        talk(THIRD);
        assertThat(enter(NEW)).as("one more than there may be").isFalse();
        age(SECOND);
        assertThat(enter(NEW)).isTrue();
        assertThat(enter(SECOND)).as("all are in use").isFalse();
        age(FIRST);
        assertThat(enter(SECOND)).isTrue();
        long said = ada.say(SECOND, "again");
        rig.settle();
        assertThat(ada.numberOf(said)).as("joined, said, left, joined").isEqualTo(5);
    }

    @Test
    void a_room_that_is_in_use_or_has_a_topic_or_newer_words_keeps_its_place() {
        assertThat(enter(FIRST)).isTrue();
        ada.endpoint.say(100, FIRST, Saying.TOPIC, "tea", rig.now);
        rig.settle();
        ada.leave(FIRST);
        rig.settle();
        talk(SECOND);
        talk(THIRD);
        List.of(FIRST, SECOND, THIRD).forEach(this::age);
        talk(THIRD);
        assertThat(enter(SECOND)).isTrue();
        age(SECOND);
        assertThat(enter(NEW)).isFalse();
        assertThat(rig.server.held()).containsEntry("readers", 1);
    }

    @Test
    void after_a_restart_too() {
        talk(FIRST);
        talk(SECOND);
        talk(THIRD);
        age(FIRST);
        rig.restart();
        TestClient bob = rig.client("bob");
        rig.settle();
        bob.join(NEW, JoinHistory.NONE);
        rig.settle();
        assertThat(bob.told).anyMatch(event -> event instanceof ClientEvent.Entered);
    }

    /** Nobody joins one in its log, so nothing would tell that it goes on behind what was said there before. */
    @Test
    void a_conversation_of_two_keeps_its_place_and_its_numbers() {
        rig.client("bob");
        rig.settle();
        RoomName pair = rig.talk("ada", "bob");
        talk(pair);
        talk(FIRST);
        talk(SECOND);
        age(pair);
        assertThat(enter(NEW)).isFalse();
        assertThat(enter(pair)).isTrue();
        long said = ada.say(pair, "again");
        rig.settle();
        assertThat(ada.numberOf(said)).isEqualTo(2);
    }
}
