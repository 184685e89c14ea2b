package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.server.journal.JournalRequests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rooms are read from the journal when somebody enters them. */
class LoadingTest {

    private static final RoomName LOBBY = RoomName.LOBBY;

    private final EndpointRig rig = new EndpointRig();

    private TestClient signedIn(String name) {
        TestClient client = rig.client(name);
        rig.settle();
        return client;
    }

    private void nothingIsAskedFor() {
        assertThat(rig.server.held())
                .containsEntry("loads", 0)
                .containsEntry("loading", 0)
                .containsEntry("awaiting", 0);
    }

    @Test
    void a_room_that_nobody_waits_for_any_more_is_not_loaded() {
        rig.history(LOBBY, "old", 3_000);
        TestClient ada = signedIn("ada");
        TestClient bob = signedIn("bob");
        rig.holdReads = true;
        ada.join(LOBBY, JoinHistory.NONE);
        bob.join(LOBBY, JoinHistory.NONE);
        rig.settle();
        assertThat(rig.server.held()).containsEntry("loads", 1).containsEntry("awaiting", 2);

        ada.leave(LOBBY);
        rig.settle();
        assertThat(rig.server.held()).containsEntry("loads", 1).containsEntry("awaiting", 1);
        bob.endpoint.signOut(rig.now);
        rig.pass(Duration.ofSeconds(5));
        nothingIsAskedFor();
        assertThat(rig.server.held()).as("the answer is still to come").containsEntry("pages", 1);

        rig.releaseReads();
        assertThat(rig.server.held()).containsEntry("pages", 0);
    }

    @Test
    void whoever_comes_again_before_the_first_answer_is_let_in_all_the_same() {
        rig.history(LOBBY, "old", 3_000);
        TestClient ada = signedIn("ada");
        rig.holdReads = true;
        ada.join(LOBBY, JoinHistory.last(2));
        rig.settle();
        ada.leave(LOBBY);
        rig.settle();
        ada.join(LOBBY, JoinHistory.last(2));
        rig.settle();
        assertThat(ada.of(ClientEvent.Entered.class)).isEmpty();

        rig.releaseReads();
        rig.pass(Duration.ofSeconds(1));
        assertThat(ada.of(ClientEvent.Entered.class)).hasSize(1);
        assertThat(ada.events(LOBBY)).hasSize(3).last().isEqualTo("3001 ada joined");
        nothingIsAskedFor();
    }

    @Test
    void rooms_whose_turn_has_not_come_are_forgotten_with_those_who_wait_for_them() {
        List<RoomName> rooms = new ArrayList<>();
        for (int i = 0; i < JournalRequests.MAX_LOADS + 3; i++) {
            RoomName room = RoomName.of("room-" + i);
            rooms.add(room);
            rig.history(room, "old", 10);
        }
        TestClient ada = signedIn("ada");
        rig.holdReads = true;
        rooms.forEach(room -> ada.join(room, JoinHistory.NONE));
        rig.settle();
        assertThat(rig.server.held()).containsEntry("loads", rooms.size());
        assertThat(rig.heldReads).hasSize(JournalRequests.MAX_LOADS);

        rooms.forEach(ada::leave);
        rig.settle();
        nothingIsAskedFor();
        TestClient bob = signedIn("bob");
        bob.join(rooms.get(0), JoinHistory.NONE);
        rig.settle();
        assertThat(rig.heldReads).as("no more at a time than ever").hasSize(JournalRequests.MAX_LOADS);
        rig.releaseReads();
        rig.pass(Duration.ofSeconds(1));
        assertThat(bob.of(ClientEvent.Entered.class)).hasSize(1);
        nothingIsAskedFor();
    }

    /** All 2,048, encoded, in one turn held up what was said elsewhere. */
    @Test
    void a_room_is_brought_into_memory_a_page_in_a_turn_and_what_is_said_meanwhile_stays_in_its_place() {
        rig.history(LOBBY, "old", 3_000);
        TestClient ada = signedIn("ada");
        ada.join(LOBBY, JoinHistory.last(1_000));
        rig.pass(Duration.ofSeconds(5));
        assertThat(ada.events(LOBBY))
                .hasSize(1_001)
                .startsWith("2001 old event 2000")
                .endsWith("3001 ada joined");
        assertThat(rig.server.mostRestored()).isEqualTo(JournalRequests.PAGE_EVENTS);
        nothingIsAskedFor();
        long said = ada.say(LOBBY, "hello");
        rig.pass(Duration.ofSeconds(1));
        assertThat(ada.numberOf(said)).isEqualTo(3_002);
    }

    @Test
    void whoever_leaves_between_two_turns_of_a_load_ends_it_and_the_next_begins_again() {
        rig.history(LOBBY, "old", 3_000);
        TestClient ada = signedIn("ada");
        rig.holdReads = true;
        ada.join(LOBBY, JoinHistory.last(2));
        rig.settle();
        for (int turn = 0; turn < 3; turn++) {
            rig.releaseReads();
            assertThat(rig.server.held()).containsEntry("loads", 1);
            ada.leave(LOBBY);
            rig.settle();
            assertThat(rig.server.held()).containsEntry("loads", 0);
            rig.holdReads = true;
            ada.join(LOBBY, JoinHistory.last(2));
            rig.settle();
            rig.pass(Duration.ofMillis(1));
        }
        rig.releaseReads();
        rig.pass(Duration.ofSeconds(1));
        assertThat(ada.of(ClientEvent.Entered.class)).hasSize(1);
        assertThat(ada.events(LOBBY)).last().isEqualTo("3001 ada joined");
        nothingIsAskedFor();
    }

    @Test
    void a_room_that_cannot_be_read_for_those_who_are_gone_is_read_for_the_next() {
        rig.history(LOBBY, "old", 10);
        TestClient ada = signedIn("ada");
        rig.holdReads = true;
        ada.join(LOBBY, JoinHistory.NONE);
        rig.settle();
        ada.leave(LOBBY);
        rig.settle();
        rig.server.handleReadFailed(rig.heldReads.remove().readId(), rig.now);
        TestClient bob = signedIn("bob");
        bob.join(LOBBY, JoinHistory.NONE);
        rig.settle();
        rig.releaseReads();
        rig.pass(Duration.ofSeconds(1));
        assertThat(bob.of(ClientEvent.Entered.class)).hasSize(1);
    }
}
