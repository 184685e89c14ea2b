package io.kabar.swing.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kabar.chat.ChatException;
import io.kabar.chat.CloseReason;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ConnectionState;
import io.kabar.swing.Chat;
import io.kabar.swing.OnScreen;
import io.kabar.swing.ShownLines;
import io.kabar.swing.input.InputArea;
import java.awt.Dialog;
import java.awt.Window;
import java.awt.event.KeyEvent;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.swing.JList;
import javax.swing.JPanel;
import org.assertj.swing.fixture.FrameFixture;
import org.assertj.swing.fixture.JTextComponentFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ChatViewTest {

    @RegisterExtension
    final OnScreen screen = new OnScreen();

    private final Chat chat = new Chat();
    private final List<String> left = new ArrayList<>();
    private FrameFixture window;

    @BeforeEach
    void open() {
        window = screen.show(() -> {
            chat.entered(Chat.GENERAL).entered(Chat.OPS);
            ChatView view = new ChatView(
                    new Conversation(chat.model, chat.client, "localhost:2120", true),
                    chat.clock,
                    ZoneOffset.UTC,
                    List.of(),
                    () -> left.add("left"));
            return view;
        });
    }

    @Test
    void run_of_joins_is_one_line() {
        happen(() -> {
            chat.joined(Chat.GENERAL, "tam");
            chat.joined(Chat.GENERAL, "lev");
            chat.left(Chat.GENERAL, "kai");
        });

        assertThat(lines()).last().asString().contains("tam and lev joined, kai left");
    }

    @Test
    void message_is_shown_as_sending_and_then_as_accepted() {
        write("hello");
        assertThat(chat.client.sent).containsExactly("hello");
        assertThat(lines()).last().asString().contains("hello").endsWith("sending");

        happen(() -> chat.client.accept(0, Chat.GENERAL, 1));

        await().untilAsserted(() -> assertThat(lines()).last().asString().endsWith("accepted #1"));
    }

    @Test
    void refused_message_says_why() {
        write("hello");

        happen(() -> chat.client.receipts.get(0).completeExceptionally(ChatException.of(Refusal.NOT_ALLOWED)));

        await().untilAsserted(() -> assertThat(lines()).last().asString().contains("not sent: That is not allowed."));
    }

    @Test
    void message_in_another_room_is_counted_there_until_it_is_opened() {
        happen(() -> {
            chat.said(Chat.OPS, "ori", "disk is full");
            chat.said(Chat.OPS, "ori", "ada: look");
        });
        assertThat(rooms()).containsExactly("#general", "#ops, 2 unread, 1 for you");

        window.list("chat.rooms.list").selectItem(1);

        window.label("chat.title").requireText("#ops");
        assertThat(rooms()).containsExactly("#general", "#ops");
        assertThat(lines()).last().asString().contains("ada: look");
    }

    @Test
    void conversation_that_somebody_began_is_listed_and_opened_by_hand_only() {
        RoomName psst = RoomName.direct(1, 2);
        happen(() -> chat.model.onDirectMessage(chat.client, psst, Optional.of(UserName.of("kai")), 7));
        assertThat(rooms()).containsExactly("#general", "#ops", "kai, something new, not open yet");
        assertThat(chat.client.joined).isEmpty();

        window.list("chat.rooms.list").selectItem(2);
        await().untilAsserted(() -> assertThat(chat.client.joined).containsExactly(psst));
        happen(() -> chat.entered(psst));

        window.label("chat.title").requireText("kai");
        assertThat(rooms()).containsExactly("#general", "#ops", "kai");
    }

    @Test
    void reader_who_scrolled_up_stays_and_is_told_how_much_is_new() {
        happen(() -> IntStream.range(0, 200).forEach(i -> chat.said(Chat.GENERAL, "mira", "line " + i)));
        shown().focus().press(KeyEvent.VK_HOME);
        await().untilAsserted(() -> assertThat(shown().firstVisible()).isZero());

        happen(() -> chat.said(Chat.GENERAL, "mira", "one more"));

        window.button("chat.newBelow").requireVisible().requireText("1 new below");
        assertThat(shown().firstVisible()).isZero();
        window.button("chat.newBelow").click();
        // The beginning is told above the first line.
        await().untilAsserted(() -> assertThat(shown().lastVisible()).isEqualTo(202));
    }

    @Test
    void scrolling_to_the_top_brings_older_lines_and_the_reader_keeps_their_place() {
        RoomName big = RoomName.of("big");
        chat.client.kept = 250;
        happen(() -> {
            chat.entered(big, 250);
            chat.model.select(big);
            IntStream.range(0, 100).forEach(i -> chat.said(big, "mira", "line " + i));
        });
        await().untilAsserted(() -> assertThat(shown().lastVisible()).isEqualTo(100));
        assertThat(chat.client.asked).isEmpty();

        shown().focus().press(KeyEvent.VK_HOME);

        await().untilAsserted(() -> assertThat(lines()).hasSize(201));
        assertThat(chat.client.asked).containsExactly(HistoryRange.before(251, 100));
        assertThat(lines().get(shown().firstVisible())).contains("You are in #big");
        assertThat(lines().get(0)).endsWith("mira: old 151");
        assertThat(chat.model.room(big).orElseThrow().unread()).isZero();

        wheelUpToTheEnd();
        assertThat(lines())
                .hasSize(352)
                .first()
                .asString()
                .endsWith("This is the beginning of what is kept; history is kept for 30 days.");
        assertThat(lines().subList(1, 251))
                .extracting(line -> line.replaceFirst(".*mira: ", ""))
                .isEqualTo(
                        IntStream.rangeClosed(1, 250).mapToObj(i -> "old " + i).toList());
        assertThat(chat.client.asked).hasSize(3);
    }

    private void wheelUpToTheEnd() {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            screen.robot().rotateMouseWheel(shown().timeline(), -100);
            screen.robot().waitForIdle();
            assertThat(lines().get(0)).contains("This is the beginning of what is kept");
        });
    }

    @Test
    void what_is_replayed_notifies_nobody() {
        happen(() -> {
            chat.model.setWatching(false);
            chat.replayed(RoomName.of("past"), "ori", "ada: look");
        });

        assertThat(rooms()).containsExactly("#general", "#ops", "#past");
    }

    @Test
    void reader_at_the_end_follows_what_is_said() {
        happen(() -> IntStream.range(0, 200).forEach(i -> chat.said(Chat.GENERAL, "mira", "line " + i)));

        await().untilAsserted(() -> assertThat(shown().lastVisible()).isEqualTo(200));
    }

    @Test
    void page_keys_turn_pages_while_one_writes() {
        happen(() -> IntStream.range(0, 200).forEach(i -> chat.said(Chat.GENERAL, "mira", "line " + i)));
        await().untilAsserted(() -> assertThat(shown().lastVisible()).isEqualTo(200));

        input().focus().pressAndReleaseKeys(KeyEvent.VK_PAGE_UP);

        await().untilAsserted(() -> assertThat(shown().lastVisible()).isBetween(100, 199));
        window.button("chat.newBelow").requireVisible();
        input().requireFocused().pressAndReleaseKeys(KeyEvent.VK_PAGE_DOWN);
        await().untilAsserted(() -> assertThat(shown().lastVisible()).isEqualTo(200));
    }

    @Test
    void in_a_narrow_window_the_conversation_stays_and_the_lists_give_way() {
        JPanel roster = window.panel("chat.roster").target();
        JPanel rooms = window.panel("chat.rooms").target();
        assertThat(roster.isShowing() && rooms.isShowing()).isTrue();

        window.resizeWidthTo(420);

        await().untilAsserted(() ->
                assertThat(roster.isShowing() || rooms.isShowing()).isFalse());
        await().untilAsserted(() -> assertThat(input().target().getWidth()).isGreaterThan(250));
        window.resizeWidthTo(1000);
        await().untilAsserted(() ->
                assertThat(roster.isShowing() && rooms.isShowing()).isTrue());
    }

    @Test
    void five_thousand_lines_are_shown() {
        happen(() -> IntStream.range(0, 5_100).forEach(i -> chat.said(Chat.GENERAL, "mira", "line " + i)));

        assertThat(lines()).hasSize(5_000).last().asString().contains("line 5099");
    }

    @Test
    void lost_network_is_told_in_the_status_bar_and_opens_no_dialog() {
        write("hello");

        happen(() -> chat.model.onStateChanged(chat.client, ConnectionState.SEARCHING));

        window.label("chat.status.connection").requireText("◌ searching for network (1 queued)");
        assertThat(Arrays.stream(Window.getWindows()).filter(Dialog.class::isInstance))
                .isEmpty();
    }

    @Test
    void status_bar_says_that_it_is_safe_and_who_is_writing() {
        happen(() -> chat.model.onTyping(chat.client, Chat.GENERAL, io.kabar.chat.UserName.of("ori")));

        window.label("chat.status.connection").requireText("● live");
        window.label("chat.status.safety")
                .requireText("encrypted · key " + chat.client.info().key().fingerprint());
        window.label("chat.status.writing").requireText("ori is typing …");
    }

    @Test
    void end_of_the_connection_is_told_in_the_window() {
        happen(() -> chat.model.onClosed(chat.client, CloseReason.SERVER_STOPPED, ""));

        window.textBox("chat.banner.text").requireText("Signed out: the server was stopped.");
        window.textBox("chat.input").requireDisabled();
        window.button("chat.banner.dismiss").click();
        assertThat(left).hasSize(1);
    }

    @Test
    void replaced_session_is_told_in_the_window() {
        happen(() -> chat.model.onClosed(chat.client, CloseReason.REPLACED, "The connection ended."));

        window.textBox("chat.banner.text")
                .requireText("Signed out: this session was replaced by a newer one of the same program.");
        window.textBox("chat.input").requireDisabled();
    }

    @Test
    void quit_leaves_and_says_nothing() {
        write("QUIT");

        assertThat(left).hasSize(1);
        assertThat(chat.client.sent).isEmpty();
    }

    @Test
    void unknown_command_is_not_sent() {
        write("/nonsense");

        assertThat(chat.client.sent).isEmpty();
        assertThat(lines()).last().asString().contains("Unknown command /nonsense");
    }

    @Test
    void tab_completes_a_name_and_goes_around() {
        input().enterText("m").pressAndReleaseKeys(KeyEvent.VK_TAB);
        input().requireText("mira: ");
        input().setText("");

        input().enterText("/to").pressAndReleaseKeys(KeyEvent.VK_TAB);

        input().requireText("/topic ");
    }

    @Test
    void arrow_up_brings_back_what_was_sent() {
        write("one");
        write("two");

        input().pressAndReleaseKeys(KeyEvent.VK_UP, KeyEvent.VK_UP);
        input().requireText("one");
        input().pressAndReleaseKeys(KeyEvent.VK_DOWN);
        input().requireText("two");
    }

    @Test
    void shift_enter_breaks_the_line_and_enter_sends_all_of_it() {
        input().enterText("one");
        input().pressKey(KeyEvent.VK_SHIFT)
                .pressAndReleaseKeys(KeyEvent.VK_ENTER)
                .releaseKey(KeyEvent.VK_SHIFT);
        input().enterText("two").pressAndReleaseKeys(KeyEvent.VK_ENTER);

        assertThat(chat.client.sent).containsExactly("one\ntwo");
    }

    @Test
    void long_paste_is_sent_only_when_confirmed() {
        pasteSixLines();
        input().pressAndReleaseKeys(KeyEvent.VK_ENTER);
        assertThat(chat.client.sent).isEmpty();
        window.label("chat.paste.question").requireText("Send 6 lines as one message?");

        window.button("chat.paste.send").click();

        assertThat(chat.client.sent).containsExactly("1\n2\n3\n4\n5\n6");
    }

    @Test
    void question_about_a_paste_is_answered_by_keyboard() {
        pasteSixLines();
        input().pressAndReleaseKeys(KeyEvent.VK_ENTER);
        assertThat(asks()).isTrue();
        input().pressAndReleaseKeys(KeyEvent.VK_ESCAPE);
        assertThat(asks()).isFalse();
        assertThat(chat.client.sent).isEmpty();

        input().pressAndReleaseKeys(KeyEvent.VK_ENTER, KeyEvent.VK_ENTER);

        assertThat(chat.client.sent).containsExactly("1\n2\n3\n4\n5\n6");
    }

    @Test
    void each_room_has_a_draft_of_its_own_with_its_question() {
        input().enterText("for general");
        happen(() -> chat.model.select(Chat.OPS));
        input().requireText("");
        pasteSixLines();
        input().pressAndReleaseKeys(KeyEvent.VK_ENTER);
        chat.client.typing.clear();

        happen(() -> chat.model.select(Chat.GENERAL));
        input().requireText("for general");
        assertThat(asks()).isFalse();
        assertThat(chat.client.typing).as("nobody writes").isEmpty();
        // Whoever is quicker than the drawing sends nothing either to the wrong room.
        OnScreen.inEventThread(() -> {
            chat.model.select(Chat.OPS);
            input().target().getActionMap().get("send").actionPerformed(null);
            return null;
        });

        assertThat(chat.client.sent).doesNotContain("for general");
        happen(() -> chat.model.select(Chat.GENERAL));
        input().requireText("for general");
    }

    @Test
    void what_is_too_long_stays_written_and_is_told_with_its_length() {
        String most = "x".repeat(4096);
        input().setText(most);
        window.label("chat.length").requireText("4,096 of 4,096 bytes");
        input().setText(most + "\u00e9");
        window.label("chat.length").requireText("Too long to send: 4,098 of at most 4,096 bytes.");
        input().pressAndReleaseKeys(KeyEvent.VK_ENTER);
        assertThat(chat.client.sent).isEmpty();
        input().requireText(most + "\u00e9");
        input().setText("/me " + most + "y");
        input().pressAndReleaseKeys(KeyEvent.VK_ENTER);
        assertThat(chat.client.sent).isEmpty();
        input().setText("short").pressAndReleaseKeys(KeyEvent.VK_ENTER);
        assertThat(chat.client.sent).containsExactly("short");
    }

    @Test
    void whoever_leaves_while_something_is_not_sent_is_asked() {
        happen(() -> chat.model.onStateChanged(chat.client, ConnectionState.SEARCHING));
        write("hello");
        write("/quit");
        assertThat(left).isEmpty();
        assertThat(window.textBox("chat.leave.text").text()).startsWith("A message of yours has not got");
        window.button("chat.leave.stay").requireFocused().click();
        input().requireFocused();
        assertThat(left).isEmpty();

        write("/quit");
        happen(() -> {
            chat.model.onStateChanged(chat.client, ConnectionState.LIVE);
            chat.client.accept(0, Chat.GENERAL, 1);
        });
        await().untilAsserted(() -> assertThat(window.robot()
                        .finder()
                        .findAll(found -> "chat.leave".equals(found.getName()) && found.isShowing()))
                .isEmpty());
        assertThat(left).as("nobody is put out").isEmpty();

        happen(() -> chat.model.onStateChanged(chat.client, ConnectionState.SEARCHING));
        write("more");
        write("/quit");
        window.button("chat.leave.go").click();
        assertThat(left).hasSize(1);
    }

    @Test
    void whoever_leaves_when_everything_is_answered_is_not_asked() {
        write("hello");
        happen(() -> chat.client.accept(0, Chat.GENERAL, 1));
        write("/quit");
        assertThat(left).hasSize(1);
    }

    @Test
    void whoever_leaves_while_the_answer_is_a_moment_away_is_let_go_when_it_comes() {
        write("hello");
        write("/quit");
        assertThat(left).as("the network may be away, unnoticed so far").isEmpty();
        happen(() -> chat.client.accept(0, Chat.GENERAL, 1));
        await().untilAsserted(() -> assertThat(left).hasSize(1));
    }

    @Test
    void whoever_leaves_while_words_wait_that_no_line_shows_is_asked() {
        happen(() -> chat.model.onStateChanged(chat.client, ConnectionState.SEARCHING));
        write("/msg zoe hello");
        write("/topic New");
        window.label("chat.status.connection").requireText("◌ searching for network (2 queued)");
        write("/quit");
        assertThat(left).isEmpty();
        assertThat(window.textBox("chat.leave.text").text()).startsWith("2 messages of yours have not got");
        window.button("chat.leave.go").click();
        assertThat(left).hasSize(1);
    }

    @Test
    void tab_stays_where_something_is_written() {
        input().enterText("zzz").pressAndReleaseKeys(KeyEvent.VK_TAB, KeyEvent.VK_SPACE);
        input().requireFocused().requireText("zzz ");
        assertThat(chat.client.sent).isEmpty();
    }

    /** Whether the question about a paste is shown. */
    private boolean asks() {
        return screen
                .robot()
                .finder()
                .findAll(window.target(), component -> "chat.paste".equals(component.getName()))
                .stream()
                .anyMatch(java.awt.Component::isShowing);
    }

    private void pasteSixLines() {
        OnScreen.inEventThread(() -> {
            InputArea area = (InputArea) input().target();
            area.setText("1\n2\n3\n4\n5\n6");
            area.pasted(true);
            return null;
        });
    }

    @Test
    void writing_is_told_to_the_room_but_commands_are_not() {
        input().enterText("/");
        assertThat(chat.client.typing).isEmpty();
        input().setText("");

        input().enterText("h");

        assertThat(chat.client.typing).containsOnly(Chat.GENERAL);
    }

    @Test
    void alt_and_a_number_go_to_that_room() {
        input().focus();

        input().pressKey(KeyEvent.VK_ALT).pressAndReleaseKeys(KeyEvent.VK_2).releaseKey(KeyEvent.VK_ALT);

        await().untilAsserted(() -> window.label("chat.title").requireText("#ops"));
    }

    @Test
    void f6_reaches_every_part_of_the_window() {
        input().focus().pressAndReleaseKeys(KeyEvent.VK_F6);
        await().untilAsserted(() -> window.list("chat.roster.list").requireFocused());
        window.list("chat.roster.list").pressAndReleaseKeys(KeyEvent.VK_F6);
        await().untilAsserted(() -> window.list("chat.rooms.list").requireFocused());
        window.list("chat.rooms.list").pressAndReleaseKeys(KeyEvent.VK_F6);
        await().until(() -> OnScreen.inEventThread(shown().timeline()::isFocusOwner));
    }

    private JTextComponentFixture input() {
        return window.textBox("chat.input");
    }

    private void write(String text) {
        input().setText(text).pressAndReleaseKeys(KeyEvent.VK_ENTER);
    }

    /** Lets something happen on the event thread, and what follows from it be drawn. */
    private void happen(Runnable what) {
        OnScreen.inEventThread(() -> {
            what.run();
            chat.later(Duration.ofSeconds(1));
            return null;
        });
        screen.robot().waitForIdle();
    }

    /** What a screen reader would read. */
    private List<String> lines() {
        return shown().spoken();
    }

    private List<String> rooms() {
        screen.robot().waitForIdle();
        return spoken(window.list("chat.rooms.list").target());
    }

    private static List<String> spoken(JList<?> list) {
        return OnScreen.inEventThread(() -> IntStream.range(0, list.getModel().getSize())
                .mapToObj(i -> list.getAccessibleContext()
                        .getAccessibleChild(i)
                        .getAccessibleContext()
                        .getAccessibleName())
                .toList());
    }

    private ShownLines shown() {
        return new ShownLines(screen.robot(), window);
    }
}
