package io.kabar.swing.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kabar.chat.view.Completer;
import io.kabar.swing.Chat;
import io.kabar.swing.OnScreen;
import java.awt.event.KeyEvent;
import java.util.ArrayList;
import java.util.List;
import org.assertj.swing.fixture.FrameFixture;
import org.assertj.swing.fixture.JTextComponentFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Writing a message: what is suggested, taken back, and written by its name. */
class WritingAidsTest {

    @RegisterExtension
    final OnScreen screen = new OnScreen();

    private final Chat chat = new Chat();
    private final List<String> sent = new ArrayList<>();
    private FrameFixture window;

    @BeforeEach
    void open() {
        window = screen.show(() -> {
            chat.entered(Chat.GENERAL).entered(Chat.OPS);
            return new InputBar(
                    new Completer(chat.model),
                    chat.model::current,
                    chat.clock,
                    () -> 4096,
                    sent::add,
                    () -> {},
                    () -> sent.add("emoji"));
        });
        input().focus();
    }

    private JTextComponentFixture input() {
        return window.textBox("chat.input");
    }

    private void ctrl(int key) {
        input().pressKey(KeyEvent.VK_CONTROL).pressAndReleaseKeys(key).releaseKey(KeyEvent.VK_CONTROL);
    }

    @Test
    void emoji_are_written_by_their_names() {
        input().enterText("done :party: and :nosuchthing:");
        await().untilAsserted(() -> input().requireText("done 🎉 and :nosuchthing:"));
        input().setText("").enterText("/topic :heart:");
        screen.robot().waitForIdle();
        input().requireText("/topic :heart:");
        assertThat(EmojiCodes.before("see http://a:80:", 16)).isEmpty();
        assertThat(EmojiCodes.before(":+1:", 4)).contains(new EmojiCodes.Found(0, "👍"));
    }

    @Test
    void what_was_typed_is_taken_back_and_not_what_another_room_had() {
        input().enterText("abc");
        ctrl(KeyEvent.VK_Z);
        input().requireText("ab");
        ctrl(KeyEvent.VK_Y);
        input().requireText("abc");
        OnScreen.inEventThread(() -> {
            chat.model.select(Chat.OPS);
            ((InputBar) window.panel("chat.inputBar").target()).follow();
            return null;
        });
        input().requireText("");
        ctrl(KeyEvent.VK_Z);
        input().requireText("");
    }

    @Test
    void commands_and_names_are_suggested_while_they_are_typed() {
        input().enterText("/to");
        await().untilAsserted(() -> assertThat(suggested()).isEqualTo("/topic "));
        input().setText("").enterText("hello @mi");
        await().untilAsserted(() -> assertThat(suggested()).isEqualTo("@mira "));
        input().pressAndReleaseKeys(KeyEvent.VK_TAB);
        input().requireText("hello @mira ");
        await().untilAsserted(() ->
                assertThat(window.panel("chat.inputBar").target().isShowing()).isTrue());
        input().setText("").enterText("mi");
        screen.robot().waitForIdle();
        assertThat(isSuggesting()).as("nobody wants help with each word").isFalse();
    }

    private String suggested() {
        return OnScreen.inEventThread(() ->
                window.panel("chat.suggestions").target().getAccessibleContext().getAccessibleName());
    }

    private boolean isSuggesting() {
        return screen
                .robot()
                .finder()
                .findAll(window.target(), component -> "chat.suggestions".equals(component.getName()))
                .stream()
                .anyMatch(java.awt.Component::isShowing);
    }

    @Test
    void emoji_have_a_width_in_the_input_and_its_height_follows_its_text() {
        int one = OnScreen.inEventThread(() ->
                input().target().getFontMetrics(input().target().getFont()).stringWidth("😀"));
        assertThat(one).isGreaterThan(8);
        int low = input().target().getHeight();
        input().setText("a\nb\nc\nd");
        await().untilAsserted(() -> assertThat(input().target().getHeight()).isGreaterThan(2 * low));
        input().setText("a");
        await().untilAsserted(() -> assertThat(input().target().getHeight()).isEqualTo(low));
    }
}
