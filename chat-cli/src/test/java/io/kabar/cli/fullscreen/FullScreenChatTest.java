package io.kabar.cli.fullscreen;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.CloseReason;
import io.kabar.chat.Content;
import io.kabar.chat.HistoryPage;
import io.kabar.chat.Presence;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ConnectionState;
import io.kabar.chat.rules.RoomRole;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What keys do to a chat on the full screen. */
class FullScreenChatTest {

    private final Stage stage = Stage.inLobby();

    private void rooms(String... names) {
        for (String name : names) {
            stage.enter(name, "", Stage.member("ada", RoomRole.GUEST, Presence.HERE));
        }
    }

    private String room() {
        return stage.model.current().orElseThrow().name().toString();
    }

    private String line() {
        List<String> rows = stage.see(80, 24).lines().toList();
        return rows.get(rows.size() - 2).strip();
    }

    @Test
    void what_is_written_is_said_and_its_mark_tells_how_far_it_has_come() {
        stage.enter("hello");
        assertThat(stage.asked).contains("send #lobby hello");
        assertThat(stage.see(80, 24)).contains("you  hello").containsPattern("hello +…");
        stage.accept(1);
        assertThat(stage.see(80, 24)).containsPattern("hello +✓");
    }

    @Test
    void keys_go_to_rooms_and_what_is_half_written_stays_where_it_belongs() {
        rooms("ops", "lounge");
        stage.type("half of it");
        stage.press("alt+3");
        assertThat(room()).isEqualTo("#lounge");
        assertThat(line()).isEqualTo("#lounge ▸");
        stage.press("ctrl+p");
        assertThat(room()).isEqualTo("#ops");
        stage.press("alt+up");
        assertThat(room()).isEqualTo("#lobby");
        assertThat(line()).isEqualTo("#lobby ▸ half of it");
        stage.press("ctrl+p");
        assertThat(room()).isEqualTo("#lounge");
    }

    @Test
    void the_next_room_with_something_new_is_one_where_one_is_named() {
        rooms("ops", "lounge");
        stage.happens("ops", 1, "tam", 0, new Content.Said("tea?", false));
        stage.happens("lounge", 1, "tam", 0, new Content.Said("ada: tea?", false));
        assertThat(stage.see(110, 30)).contains("2:1 3:1!").contains("(1) #lobby");
        assertThat(stage.bells).isEqualTo(1);
        stage.press("alt+a");
        assertThat(room()).isEqualTo("#lounge");
        stage.press("alt+a");
        assertThat(room()).isEqualTo("#ops");
        stage.press("alt+a");
        assertThat(room()).isEqualTo("#ops");
    }

    @Test
    void a_tab_completes_the_last_speaker_first_and_goes_on() {
        stage.said(1, "tam", "one");
        stage.said(2, "tim", "two");
        stage.type("t");
        stage.press("tab");
        assertThat(line()).isEqualTo("#lobby ▸ tim:");
        stage.press("tab");
        assertThat(line()).isEqualTo("#lobby ▸ tam:");
        stage.press("shift+tab");
        assertThat(line()).isEqualTo("#lobby ▸ tim:");
        stage.type("hi");
        assertThat(line()).isEqualTo("#lobby ▸ tim: hi");
    }

    @Test
    void a_message_is_chosen_and_answered_reacted_to_or_edited() {
        stage.said(1, "tam", "one");
        stage.enter("two");
        stage.accept(2);
        stage.see(80, 24);
        stage.press("shift+up");
        stage.type("e");
        assertThat(line()).isEqualTo("#lobby ▸ /edit #2 two");
        stage.press("ctrl+c", "shift+up", "up");
        stage.type("r");
        assertThat(line()).isEqualTo("#lobby ▸ /reply #1");
        stage.press("ctrl+c", "alt+m", "up");
        stage.type("=");
        assertThat(line()).isEqualTo("#lobby ▸ /react #1");
        stage.press("ctrl+c", "alt+m");
        stage.type("w");
        assertThat(stage.asked).contains("whoSaw #lobby 2");
        stage.press("alt+m", "up");
        stage.type("y");
        assertThat(stage.copied).containsExactly("one");
        // Any other letter goes on writing.
        stage.press("alt+m");
        stage.type("x");
        assertThat(line()).isEqualTo("#lobby ▸ x");
    }

    @Test
    void what_was_written_comes_back() {
        stage.enter("first");
        stage.enter("second");
        stage.type("draft");
        stage.press("up", "up");
        assertThat(line()).isEqualTo("#lobby ▸ first");
        stage.press("down", "down");
        assertThat(line()).isEqualTo("#lobby ▸ draft");
        stage.press("ctrl+c", "ctrl+r");
        stage.type("ir");
        assertThat(line()).isEqualTo("search ir ▸ first");
        stage.press("enter");
        assertThat(line()).isEqualTo("#lobby ▸ first");
    }

    @Test
    void many_pasted_lines_are_asked_about() {
        String text = IntStream.rangeClosed(1, 200).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
        stage.paste(text);
        stage.press("enter");
        assertThat(stage.see(80, 24)).contains("Send 200 lines as one message? [y/N]");
        stage.enter("n");
        assertThat(stage.asked).noneMatch(call -> call.startsWith("send"));
        assertThat(line()).endsWith("line 200");
        stage.press("enter");
        stage.enter("y");
        assertThat(stage.asked).anyMatch(call -> call.startsWith("send #lobby line 1\n"));
        assertThat(line()).isEqualTo("#lobby ▸");
    }

    @Test
    void who_did_not_notice_a_question_loses_nothing() {
        stage.enter("mine");
        stage.accept(1);
        stage.enter("/delete");
        assertThat(stage.see(80, 24)).contains("[y/N]");
        stage.enter("you know what");
        assertThat(stage.asked).noneMatch(call -> call.startsWith("amend"));
        assertThat(line()).isEqualTo("#lobby ▸ you know what");
    }

    @Test
    void ctrl_c_clears_first_then_asks_then_leaves() {
        stage.type("half");
        stage.press("ctrl+c");
        assertThat(line()).isEqualTo("#lobby ▸");
        stage.press("ctrl+c");
        assertThat(stage.see(80, 24)).contains("Leave Kabar? [y/N]");
        stage.press("esc");
        assertThat(stage.chat.code()).isEmpty();
        stage.press("ctrl+c", "ctrl+c");
        assertThat(stage.chat.code()).contains(0);
    }

    @Test
    void who_leaves_while_something_is_on_its_way_is_asked() {
        stage.enter("hello");
        stage.enter("/quit");
        assertThat(stage.chat.code()).isEmpty();
        assertThat(stage.see(80, 24)).contains("lost if you leave now");
        stage.enter("n");
        assertThat(stage.chat.code()).isEmpty();
        stage.accept(1);
        stage.enter("QUIT");
        assertThat(stage.chat.code()).contains(0);
    }

    @Test
    void the_end_of_the_connection_ends_the_chat_and_says_why() {
        stage.model.onClosed(stage.client, CloseReason.SERVER_STOPPED, "");
        assertThat(stage.chat.code()).contains(3);
        assertThat(stage.chat.lastWords()).contains("Signed out: the server was stopped.");
    }

    @Test
    void whoever_scrolls_up_stays_where_they_read() {
        for (int i = 1; i <= 100; i++) {
            stage.said(i, "tam", "line " + i + ".");
        }
        stage.see(80, 24);
        stage.press("pageup");
        String before = stage.see(80, 24);
        assertThat(before).contains("line 80.").doesNotContain("line 100.").contains("↓");
        stage.said(101, "tam", "ada, something new");
        String behind = stage.see(80, 24);
        assertThat(behind).contains("line 80.").doesNotContain("something new").contains("1:1!");
        stage.press("esc");
        assertThat(stage.see(80, 24)).contains("something new", "new since").doesNotContain("1:1!");
    }

    @Test
    void older_lines_are_fetched_at_the_top_and_nothing_jumps() {
        Stage late = new Stage();
        late.model.onStateChanged(late.client, ConnectionState.LIVE);
        late.model.onRoomEntered(
                late.client,
                new io.kabar.chat.RoomState(
                        RoomName.LOBBY,
                        "",
                        List.of(Stage.member("ada", RoomRole.GUEST, Presence.HERE)),
                        1,
                        3000,
                        2951,
                        "",
                        1,
                        1,
                        io.kabar.chat.rules.RoomSettings.NONE,
                        java.util.Optional.empty()));
        for (int i = 2951; i <= 3000; i++) {
            late.said(i, "tam", "line " + i + ".");
        }
        late.see(80, 24);
        int pages = 0;
        long oldest = 2951;
        for (int i = 0; i < 400 && oldest > 1; i++) {
            late.press("pageup");
            late.see(80, 24);
            if (!late.pages.isEmpty()) {
                String before = firstLine(late.see(80, 24));
                long from = Math.max(1, oldest - 100);
                late.pages.remove().complete(page(from, oldest - 1));
                oldest = from;
                pages++;
                assertThat(firstLine(late.see(80, 24))).isEqualTo(before);
            }
        }
        assertThat(pages).isEqualTo(30);
        late.press("ctrl+home");
        assertThat(late.see(80, 24)).contains("line 1.");
        late.press("ctrl+end");
        assertThat(late.see(80, 24)).contains("line 3000.");
    }

    private static String firstLine(String screen) {
        return screen.lines()
                .filter(row -> row.contains("line "))
                .findFirst()
                .orElse("")
                .replaceAll(".*line", "line");
    }

    private static HistoryPage page(long from, long to) {
        List<ChatEvent> events = java.util.stream.LongStream.rangeClosed(from, to)
                .mapToObj(i -> ChatEvent.of(
                        RoomName.LOBBY,
                        i,
                        Stage.NOON,
                        Author.of(UserName.of("tam")),
                        new Content.Said("line " + i + ".", false)))
                .toList();
        return new HistoryPage(RoomName.LOBBY, events, 1, 3000);
    }

    @Test
    void lists_are_shown_and_hidden_by_keys() {
        assertThat(stage.see(60, 20)).doesNotContain(" rooms", "members");
        stage.press("f7");
        assertThat(stage.see(60, 20)).contains(" rooms");
        stage.press("f7", "f8");
        assertThat(stage.see(60, 20)).doesNotContain(" rooms").contains("members 5");
        stage.press("alt+l");
        assertThat(stage.see(60, 20)).doesNotContain("members").doesNotContain("encrypted");
    }

    @Test
    void a_conversation_that_waits_is_opened_by_its_number() {
        stage.model.onDirectMessage(stage.client, RoomName.of("@3+17"), java.util.Optional.of(UserName.of("noa")), 1);
        assertThat(stage.see(110, 30)).contains("2 noa         1!");
        stage.press("alt+2");
        assertThat(stage.asked).anyMatch(call -> call.startsWith("join @3+17"));
    }

    @Test
    void only_what_is_said_is_announced() {
        stage.type("/msg tam psst");
        assertThat(stage.asked).doesNotContain("typing #lobby");
        stage.press("ctrl+c");
        stage.type("h");
        assertThat(stage.asked).contains("typing #lobby");
    }

    @Test
    void it_is_drawn_at_any_size_without_an_error() {
        for (int i = 1; i <= 30; i++) {
            stage.said(i, "tam", "line " + i + " 日本語 \uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67 and more of it");
        }
        stage.type("日本語 text that is longer than a small screen");
        for (int columns = 1; columns < 130; columns += 3) {
            for (int rows = 1; rows < 40; rows += 2) {
                assertThat(stage.frame(columns, rows).rows()).hasSize(rows);
            }
        }
    }

    @Test
    void an_answer_longer_than_the_screen_is_read_from_its_beginning() {
        stage.see(80, 24);
        stage.press("f1");
        assertThat(stage.see(80, 24)).contains("/join ROOM").contains("↓").doesNotContain("/quit");
        stage.press("pagedown");
        assertThat(stage.see(80, 24)).doesNotContain("/join ROOM");
        stage.enter("hello");
        assertThat(stage.see(80, 24)).contains("you  hello").doesNotContain("↓");
    }

    @Test
    void history_around_a_message_brings_one_there() {
        for (int i = 1; i <= 200; i++) {
            stage.said(i, "tam", "line " + i + ".");
        }
        stage.see(80, 24);
        stage.enter("/history #40");
        stage.pages.remove().complete(page(31, 50));
        assertThat(stage.see(80, 24)).containsPattern("▶.*line 40\\.").contains("│ #40".replace("│", "╎"));
        stage.type("r");
        assertThat(line()).isEqualTo("#lobby ▸ /reply #40");
    }

    @Test
    void a_moderator_keeps_order_by_the_keyboard_alone() {
        Stage mod = new Stage();
        mod.enter(
                "lobby",
                "",
                Stage.member("ada", RoomRole.MODERATOR, Presence.HERE),
                Stage.member("tam", RoomRole.GUEST, Presence.HERE));
        mod.said(1, "tam", "buy cheap watches");
        mod.see(80, 24);
        mod.press("shift+up");
        mod.type("d");
        mod.enter("off topic");
        assertThat(mod.see(80, 24)).contains("[y/N]");
        mod.enter("y");
        assertThat(mod.asked).anyMatch("delete #lobby 1 off topic"::equals);
        mod.type("/kic");
        mod.press("tab");
        mod.type("t");
        mod.press("tab");
        mod.enter("and do not come back with it");
        assertThat(mod.asked).anyMatch(call -> call.startsWith("change #lobby") && call.contains("tam"));
        mod.type("/ban ta");
        mod.press("tab");
        mod.enter("2h advertising");
        assertThat(mod.asked)
                .filteredOn(call -> call.startsWith("change #lobby"))
                .hasSize(2);
        mod.enter("/slow 10");
        assertThat(mod.asked)
                .filteredOn(call -> call.startsWith("change #lobby"))
                .hasSize(3);
    }
}
