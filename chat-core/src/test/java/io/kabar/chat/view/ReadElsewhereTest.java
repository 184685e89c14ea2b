package io.kabar.chat.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.RoomName;
import org.junit.jupiter.api.Test;

/** What was read on one device is not new on another. */
class ReadElsewhereTest {

    private static final RoomName OPS = RoomName.of("ops");

    private final Scene scene = Scene.inLobby("tam");

    @Test
    void rooms_that_are_looked_at_are_told_as_read_and_others_are_not() {
        scene.model.setWatching(true);
        scene.enter("ops", 3, 4, "tam");
        scene.said(1, "tam", "in front");
        scene.saidIn("ops", 4, "tam", "behind");
        assertThat(scene.client.read).containsEntry(RoomName.LOBBY, 1L).doesNotContainKey(OPS);

        scene.model.select(OPS);
        assertThat(scene.client.read).containsEntry(OPS, 4L);
        scene.model.setWatching(false);
        scene.saidIn("ops", 5, "tam", "nobody looks");
        assertThat(scene.client.read).containsEntry(OPS, 4L);
        scene.model.setWatching(true);
        assertThat(scene.client.read).containsEntry(OPS, 5L);
    }

    @Test
    void what_is_read_elsewhere_is_unread_no_more() {
        scene.enter("ops", 0, 1, "tam");
        scene.model.select(RoomName.LOBBY);
        scene.saidIn("ops", 1, "tam", "one");
        scene.saidIn("ops", 2, "tam", "ada, two");
        scene.saidIn("ops", 3, "tam", "three");
        RoomModel ops = scene.room("ops");

        scene.model.onReadElsewhere(scene.client, OPS, 1);
        assertThat(ops.unread()).isEqualTo(2);
        assertThat(ops.mentions()).isOne();
        assertThat(ops.readTo()).isEqualTo(1);
        scene.changes.clear();
        scene.model.onReadElsewhere(scene.client, OPS, 1);
        assertThat(scene.changes).as("no news").isEmpty();
        scene.model.onReadElsewhere(scene.client, OPS, 9);
        assertThat(ops.unread()).isZero();
        assertThat(ops.readTo()).isEqualTo(3);
    }

    @Test
    void of_very_much_that_is_unread_the_newest_is_told_apart() {
        scene.enter("ops", 0, 1, "tam");
        scene.model.select(RoomName.LOBBY);
        for (int i = 1; i <= 5_000; i++) {
            scene.saidIn("ops", i, "tam", "line " + i);
        }
        assertThat(scene.room("ops").unread()).isEqualTo(5_000);
        scene.model.onReadElsewhere(scene.client, OPS, 4_990);
        assertThat(scene.room("ops").unread()).isEqualTo(10);
    }
}
