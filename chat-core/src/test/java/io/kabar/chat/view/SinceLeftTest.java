package io.kabar.chat.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.HistoryPage;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import io.kabar.chat.view.files.ReadMarkerFile;
import io.kabar.chat.view.files.ReadMarkers;
import io.kabar.chat.view.words.PeopleWording;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user who comes back to a room: what was said meanwhile, and where they left. */
class SinceLeftTest {

    private static final ServerKey KEY = ServerKey.of(new byte[ServerKey.LENGTH]);
    private static final Duration THREE_DAYS = Duration.ofDays(3);

    @TempDir
    Path folder;

    private ReadMarkerFile file;
    private Scene scene;
    private ReadMarkers markers;
    private final List<String> complaints = new ArrayList<>();

    @BeforeEach
    void left_three_days_ago() {
        file = new ReadMarkerFile(folder.resolve("read_markers"));
        file.write(KEY, Scene.ADA, Map.of(Scene.LOBBY, new ReadMarker(100, Scene.NOON.minus(THREE_DAYS))));
        start();
    }

    private void start() {
        scene = new Scene();
        markers = new ReadMarkers(file, KEY, Scene.ADA, () -> scene.now, Runnable::run, complaints::add);
        markers.follow(scene.model);
    }

    private RoomModel enter(long firstKept, long last, long firstRestored) {
        scene.model.onRoomEntered(
                scene.client,
                new RoomState(
                        Scene.LOBBY,
                        "",
                        List.of(Scene.member("ada"), Scene.member("tam")),
                        firstKept,
                        last,
                        firstRestored,
                        ""));
        return scene.lobby();
    }

    private List<String> lines() {
        return scene.texts(scene.lobby().transcript());
    }

    private long idOf(String text) {
        return scene.lobby().transcript().lines().stream()
                .filter(line -> line.text().equals(text))
                .findFirst()
                .orElseThrow()
                .id();
    }

    @Test
    void the_mark_stands_where_the_user_left_with_how_much_has_been_said() {
        assertThat(scene.model.usualHistory(Scene.LOBBY)).isEqualTo(JoinHistory.last(100));
        assertThat(scene.model.usualHistory(RoomName.of("ops"))).isEqualTo(JoinHistory.last(50));
        RoomModel lobby = enter(1, 105, 99);
        scene.said(99, "tam", "before");
        scene.said(100, "ada", "good night");
        scene.left(101, "ada", "");
        scene.said(102, "tam", "ada?");
        scene.said(103, "ada", "from another device");
        scene.said(104, "tam", "later");
        assertThat(lines())
                .contains("New since you left (3 days ago):")
                .noneMatch(line -> line.startsWith("You are in"));
        scene.joined(105, "ada");

        assertThat(lines())
                .containsExactly(
                        "before",
                        "good night",
                        "ada left",
                        "Since you left (3 days ago): 2 messages.",
                        "ada?",
                        "from another device",
                        "later",
                        "ada joined",
                        "You are in #lobby, 1 other is here.");
        assertThat(lobby.firstUnread()).hasValue(idOf("Since you left (3 days ago): 2 messages."));
        assertThat(scene.printed)
                .startsWith("before", "good night", "ada left", "New since you left (3 days ago):", "ada?")
                .endsWith(
                        "ada joined",
                        "Since you left (3 days ago): 2 messages.",
                        "You are in #lobby, 1 other is here.");
    }

    @Test
    void replayed_messages_are_marked_as_such_and_never_notify() {
        scene.model.setWatching(false);
        RoomModel lobby = enter(1, 102, 101);
        scene.said(101, "tam", "ada: wake up");
        scene.said(102, "tam", "ada!");
        assertThat(lobby.unread()).isZero();
        assertThat(lobby.mentions()).isZero();
        assertThat(lobby.transcript().lines())
                .filteredOn(TranscriptLine.Said.class::isInstance)
                .allMatch(line -> ((TranscriptLine.Said) line).restored());

        scene.said(103, "tam", "ada, now");
        assertThat(lobby.unread()).isOne();
        assertThat(lobby.mentions()).isOne();
        assertThat(scene.lastSaid().restored()).isFalse();
    }

    @Test
    void what_is_more_than_a_page_is_told_and_comes_on_demand_with_the_mark() {
        RoomModel lobby = enter(51, 1_400, 1_301);
        LongStream.rangeClosed(1_301, 1_400).forEach(i -> scene.said(i, "tam", "message " + i));
        String first = "Since you left (3 days ago): 100 messages, and 1,200 more events: /history.";
        assertThat(lines()).startsWith(first, "message 1301");

        page(1_201, 1_300);
        scene.runner.run("/history");
        assertThat(lines())
                .startsWith(
                        "Since you left (3 days ago): 200 messages, and 1,100 more events: /history.", "message 1201");
        page(51, 1_200);
        scene.runner.run("/history 1000");
        assertThat(scene.client.asked).containsExactly("history #lobby 1201 100", "history #lobby 201 1000");
        String all = "Since you left (3 days ago): 1,300 messages.";
        assertThat(lines().subList(0, 3))
                .containsExactly("This is the beginning of what is kept.", "message 51", "message 52");
        assertThat(lines().subList(50, 53)).containsExactly("message 100", all, "message 101");
        assertThat(lines().stream().filter(line -> line.startsWith("message ")))
                .doesNotHaveDuplicates()
                .hasSize(1_350);
        assertThat(lobby.firstUnread()).hasValue(idOf(all));
        assertThat(lobby.unread()).isZero();
    }

    private void page(long from, long to) {
        scene.client.page = new HistoryPage(
                Scene.LOBBY,
                LongStream.rangeClosed(from, to).mapToObj(SinceLeftTest::said).toList(),
                51,
                1_400);
    }

    private static ChatEvent said(long sequence) {
        return ChatEvent.of(
                Scene.LOBBY,
                sequence,
                Scene.NOON,
                Author.of(UserName.of("tam")),
                new Content.Said("message " + sequence, false));
    }

    @Test
    void what_is_no_longer_kept_is_told() {
        enter(151, 160, 159);
        scene.said(159, "tam", "a");
        scene.joined(160, "ada");
        assertThat(lines())
                .startsWith(
                        "Since you left (3 days ago): 1 message, and 8 more events: /history. 50 events are no longer "
                                + "kept.");
    }

    @Test
    void if_nothing_was_said_that_is_told_and_nothing_is_marked() {
        RoomModel lobby = enter(1, 102, 50);
        LongStream.rangeClosed(50, 100).forEach(i -> scene.said(i, "tam", "message " + i));
        scene.left(101, "ada", "");
        scene.joined(102, "ada");
        assertThat(lines())
                .endsWith("Nothing was said since you left (3 days ago).", "You are in #lobby, 1 other is here.");
        assertThat(lobby.firstUnread()).isEqualTo(OptionalLong.empty());
    }

    @Test
    void nobody_restores_anything_but_knows_how_much_there_would_be() {
        enter(1, 110, 110);
        scene.joined(110, "ada");
        assertThat(lines()).contains("Since you left (3 days ago): 9 events, not shown here: /history.");
    }

    @Test
    void a_log_that_ends_before_the_mark_is_another_log() {
        enter(1, 3, 1);
        LongStream.rangeClosed(1, 3).forEach(i -> scene.said(i, "tam", "message " + i));
        assertThat(lines())
                .containsExactly("message 1", "message 2", "message 3", "You are in #lobby, 1 other is here.");
        scene.now = scene.now.plusSeconds(60);
        markers.close();
        assertThat(file.read(KEY, Scene.ADA)).containsEntry(Scene.LOBBY, new ReadMarker(3, scene.now));
    }

    /** Number of the last event that the file has. */
    private long kept() {
        return Objects.requireNonNull(file.read(KEY, Scene.ADA).get(Scene.LOBBY))
                .sequence();
    }

    @Test
    void the_place_is_kept_now_and_then_and_at_the_end() {
        enter(1, 102, 101);
        scene.said(101, "tam", "a");
        scene.joined(102, "ada");
        assertThat(kept()).isEqualTo(100);
        scene.now = scene.now.plusSeconds(10);
        scene.said(103, "tam", "b");
        assertThat(file.read(KEY, Scene.ADA)).containsEntry(Scene.LOBBY, new ReadMarker(103, scene.now));

        scene.now = scene.now.plusSeconds(5);
        scene.said(104, "tam", "c");
        scene.now = scene.now.plusSeconds(3_600);
        markers.close();
        assertThat(file.read(KEY, Scene.ADA)).containsEntry(Scene.LOBBY, new ReadMarker(104, scene.now));
        scene.said(105, "tam", "d");
        markers.close();
        assertThat(kept()).isEqualTo(104);
    }

    @Test
    void what_was_not_looked_at_is_not_read_unless_all_rooms_are_shown() {
        enter(1, 101, 101);
        scene.joined(101, "ada");
        scene.model.setWatching(false);
        scene.said(102, "tam", "a");
        scene.said(103, "tam", "b");
        assertThat(scene.lobby().readTo()).isEqualTo(101);
        scene.model.setWatching(true);
        assertThat(scene.lobby().readTo()).isEqualTo(103);

        scene.model.setWatching(false);
        scene.model.showAllRooms();
        scene.said(104, "tam", "c");
        assertThat(scene.lobby().readTo()).isEqualTo(104);
    }

    @Test
    void a_room_that_was_left_and_is_entered_again_goes_on_there() {
        enter(1, 101, 101);
        scene.joined(101, "ada");
        scene.model.onRoomLeft(scene.client, Scene.LOBBY, "");
        scene.now = scene.now.plus(Duration.ofHours(2));
        enter(1, 104, 99);
        LongStream.rangeClosed(99, 103).forEach(i -> scene.said(i, "tam", "message " + i));
        scene.joined(104, "ada");
        assertThat(lines()).contains("Since you left (2 hours ago): 2 messages.");

        markers.close();
        assertThat(file.read(KEY, Scene.ADA)).containsEntry(Scene.LOBBY, new ReadMarker(104, scene.now));
    }

    @Test
    void a_file_that_cannot_be_written_is_told_once_and_keeps_nobody_from_chatting() {
        file = new ReadMarkerFile(folder.resolve("read_markers/below/a/file"));
        start();
        enter(1, 1, 1);
        for (int i = 1; i <= 3; i++) {
            scene.now = scene.now.plusSeconds(60);
            scene.said(i, "tam", "message " + i);
        }
        markers.close();
        assertThat(complaints)
                .singleElement()
                .asString()
                .startsWith("Where you left cannot be remembered: ")
                .endsWith(" cannot be written.");
    }

    @Test
    void how_long_ago_in_words() {
        assertThat(PeopleWording.ago(Duration.ofSeconds(-5))).isEqualTo("just now");
        assertThat(PeopleWording.ago(Duration.ofSeconds(59))).isEqualTo("just now");
        assertThat(PeopleWording.ago(Duration.ofMinutes(1))).isEqualTo("1 minute ago");
        assertThat(PeopleWording.ago(Duration.ofHours(23))).isEqualTo("23 hours ago");
        assertThat(PeopleWording.ago(Duration.ofDays(1200))).isEqualTo("1,200 days ago");
    }
}
