package io.kabar.swing.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kabar.chat.rules.RoomModes;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.rules.RoomSettings;
import io.kabar.chat.rules.Standing;
import io.kabar.chat.view.TranscriptLine.Said;
import io.kabar.swing.Chat;
import io.kabar.swing.OnScreen;
import io.kabar.swing.ShownLines;
import java.awt.Component;
import java.awt.event.KeyEvent;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.swing.JFrame;
import javax.swing.JMenuItem;
import javax.swing.JPopupMenu;
import org.assertj.swing.fixture.FrameFixture;
import org.assertj.swing.fixture.JTextComponentFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What one does with a message: by keys on it and by its menu, with the commands that do it. */
class MessageMenuTest {

    @RegisterExtension
    final OnScreen screen = new OnScreen();

    private final Chat chat = new Chat();
    private FrameFixture window;

    @BeforeEach
    void open() {
        window = screen.show(() -> {
            chat.entered(Chat.GENERAL).entered(Chat.OPS);
            chat.said(Chat.GENERAL, "mira", "the build is green");
            chat.said(Chat.GENERAL, "ada", "at last");
            return new ChatView(
                    new Conversation(chat.model, chat.client, "localhost:2120", true),
                    chat.clock,
                    ZoneOffset.UTC,
                    List.of(),
                    () -> {});
        });
    }

    private ShownLines lines() {
        return new ShownLines(screen.robot(), window);
    }

    private JTextComponentFixture input() {
        return window.textBox("chat.input");
    }

    /** Gives the message that many from the newest the focus, and types a letter there. */
    private void onMessage(int fromEnd, char letter) {
        lines().focus().press(KeyEvent.VK_END);
        for (int i = 0; i < fromEnd; i++) {
            lines().press(KeyEvent.VK_UP);
        }
        screen.robot().type(letter);
        screen.robot().waitForIdle();
    }

    @Test
    void r_answers_the_message_that_has_the_focus_and_says_which() {
        onMessage(2, 'r');
        window.label("chat.about.words").requireText("Answer to mira: the build is green");
        await().untilAsserted(() -> input().requireFocused());

        input().enterText("hooray").pressAndReleaseKeys(KeyEvent.VK_ENTER);

        assertThat(chat.client.sent).containsExactly("> #1 hooray");
        assertThat(lines().spoken()).last().asString().contains("> mira: the build is green\nhooray");
        assertThat(asks("chat.about")).isFalse();
        input().enterText("next").pressAndReleaseKeys(KeyEvent.VK_ENTER);
        assertThat(chat.client.sent).last().isEqualTo("next");
    }

    @Test
    void e_edits_ones_own_and_what_was_being_written_comes_back() {
        input().enterText("half a thought");
        onMessage(1, 'e');
        input().requireText("at last");

        input().setText("at long last").pressAndReleaseKeys(KeyEvent.VK_ENTER);

        assertThat(chat.client.amended).containsExactly("#2 Edited[text=at long last]");
        input().requireText("half a thought");
        onMessage(1, 'e');
        input().requireText("at last").pressAndReleaseKeys(KeyEvent.VK_ESCAPE);
        input().requireText("half a thought");
        assertThat(asks("chat.about")).isFalse();
    }

    @Test
    void what_is_not_possible_says_why() {
        onMessage(2, 'e');
        assertThat(lines().spoken())
                .last()
                .asString()
                .endsWith("#1 is somebody else's, and only who has said it can edit it.");
        List<JMenuItem> items = menu(1);
        assertThat(items)
                .filteredOn(item -> !item.isEnabled())
                .extracting(Component::getName)
                .containsExactly("chat.message.edit", "chat.message.delete");
        assertThat(items)
                .filteredOn(item -> "chat.message.delete".equals(item.getName()))
                .singleElement()
                .satisfies(item -> assertThat(item.getToolTipText()).contains("moderator"));
        OnScreen.inEventThread(() -> {
            chat.set(Chat.GENERAL, new RoomSettings(RoomModes.NONE, "", Standing.of(RoomRole.MODERATOR)));
            return null;
        });
        assertThat(menu(1))
                .filteredOn(item -> !item.isEnabled())
                .extracting(Component::getName)
                .containsExactly("chat.message.edit");
    }

    /** Of the menu on the event with this number. */
    private List<JMenuItem> menu(int number) {
        return OnScreen.inEventThread(() -> {
            ChatView view = (ChatView) ((JFrame) window.target()).getContentPane();
            Said said = (Said) chat.model
                    .transcript()
                    .line(chat.model.transcript().indexOfMessage(number).orElseThrow());
            JPopupMenu menu = view.messageMenu(said, Optional.empty());
            return Stream.of(menu.getComponents())
                    .filter(JMenuItem.class::isInstance)
                    .map(JMenuItem.class::cast)
                    .toList();
        });
    }

    @Test
    void backspace_deletes_after_a_question() {
        lines().focus().press(KeyEvent.VK_UP).press(KeyEvent.VK_BACK_SPACE);
        assertThat(window.textBox("chat.sure.text").text())
                .isEqualTo("Delete #2: at last? Nobody is given its text any more.");
        assertThat(chat.client.amended).isEmpty();
        window.button("chat.sure.yes").click();
        assertThat(chat.client.amended).containsExactly("#2 Deleted[reason=]");
    }

    @Test
    void equals_reacts_with_an_emoji_that_is_found_by_a_word() {
        onMessage(2, '=');
        await().untilAsserted(() -> window.textBox("chat.emoji.find").requireFocused());
        window.textBox("chat.emoji.find").enterText("party").pressAndReleaseKeys(KeyEvent.VK_ENTER);

        assertThat(chat.client.amended).containsExactly("#1 Reacted[emoji=🎉, takenBack=false]");
        await().untilAsserted(() -> input().requireFocused());
        onMessage(2, '=');
        window.textBox("chat.emoji.find").enterText("tea!").pressAndReleaseKeys(KeyEvent.VK_ESCAPE);
        assertThat(asks("chat.emoji")).isFalse();
        assertThat(chat.client.amended).hasSize(1);
    }

    @Test
    void an_answer_waits_in_its_room_with_what_is_written() {
        onMessage(2, 'r');
        input().enterText("half");
        window.list("chat.rooms.list").selectItem(1);
        assertThat(asks("chat.about")).isFalse();
        window.list("chat.rooms.list").selectItem(0);
        input().requireText("half");
        window.label("chat.about.words").requireText("Answer to mira: the build is green");
        input().focus().enterText("//x").pressAndReleaseKeys(KeyEvent.VK_ENTER);
        assertThat(chat.client.sent).containsExactly("> #1 half//x");
    }

    private boolean asks(String name) {
        return screen.robot().finder().findAll(window.target(), component -> name.equals(component.getName())).stream()
                .anyMatch(Component::isShowing);
    }
}
