package io.kabar.chat.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.LogPosition;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.ServerKey;
import io.kabar.chat.rules.RoomSettings;
import io.kabar.chat.view.files.ReadMarkerFile;
import io.kabar.chat.view.files.ReadMarkers;
import io.kabar.chat.view.words.Reading;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user sees of a server that was put back to an older copy. */
class HistoryChangedTest {

    private static final ServerKey KEY = ServerKey.of(new byte[32]);
    private static final String SENTENCE = Wording.historyChanged(3);

    @TempDir
    Path folder;

    private static RoomState lobby(long last, long firstRestored, long epoch) {
        return new RoomState(
                RoomName.LOBBY,
                "",
                List.of(Scene.member("ada")),
                1,
                last,
                firstRestored,
                "",
                epoch,
                epoch + 1,
                RoomSettings.NONE,
                Optional.empty());
    }

    @Test
    void what_is_shown_stays_and_what_comes_is_shown_below_it() {
        Scene scene = Scene.inLobby("tam");
        for (int i = 1; i <= 5; i++) {
            scene.said(i, "tam", "old " + i);
        }

        scene.model.onHistoryChanged(scene.client, RoomName.LOBBY, 3);
        scene.model.onRoomEntered(scene.client, lobby(3, 3, 9));
        scene.said(3, "tam", "new 3");
        scene.said(4, "tam", "new 4");

        assertThat(scene.texts(scene.lobby().transcript()))
                .containsSubsequence("old 1", "old 5", SENTENCE, "new 3", "new 4");
        assertThat(scene.lobby().behind()).isZero();
        assertThat(scene.model.room(RoomName.LOBBY).orElseThrow().read()).isEqualTo(new LogPosition(10, 4));
    }

    @Test
    void own_words_that_were_accepted_in_the_lost_history_do_not_wait_for_ever() {
        Scene scene = Scene.inLobby("tam");
        RoomModel room = scene.lobby();
        long line = scene.model.ownWords().sending(room, Reading.of("lost"), false);
        scene.model.ownWords().settle(room, line, SendState.accepted(4));

        scene.model.onHistoryChanged(scene.client, RoomName.LOBBY, 3);
        scene.model.onRoomEntered(scene.client, lobby(2, 3, 9));
        scene.said(3, "tam", "new 3");

        assertThat(scene.texts(room.transcript())).containsSubsequence("lost", "new 3");
    }

    @Test
    void mark_of_another_history_is_not_where_the_user_left_and_one_before_it_is() {
        ReadMarkerFile file = new ReadMarkerFile(folder.resolve("read_markers"));
        for (long left : new long[] {2, 100}) {
            file.write(KEY, Scene.ADA, Map.of(RoomName.LOBBY, new ReadMarker(left, Scene.NOON, 7)));
            Scene scene = new Scene();
            try (ReadMarkers markers =
                    new ReadMarkers(file, KEY, Scene.ADA, () -> Scene.NOON, Runnable::run, sentence -> {})) {
                markers.follow(scene.model);
                assertThat(scene.model.having(RoomName.LOBBY, JoinHistory.last(5)))
                        .isEqualTo(JoinHistory.last(5).having(new LogPosition(7, left)));
                if (left > 2) {
                    scene.model.onHistoryChanged(scene.client, RoomName.LOBBY, 3);
                }
                scene.model.onRoomEntered(scene.client, lobby(200, 201, 9));

                assertThat(scene.lobby().isNewSinceLeft(150)).isEqualTo(left == 2);
                assertThat(scene.texts(scene.lobby().transcript()).contains(SENTENCE))
                        .isEqualTo(left > 2);
            }
            assertThat(file.read(KEY, Scene.ADA).get(RoomName.LOBBY)).isEqualTo(new ReadMarker(200, Scene.NOON, 9));
        }
    }
}
