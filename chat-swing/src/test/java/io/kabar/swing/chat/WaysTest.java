package io.kabar.swing.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kabar.chat.RoomName;
import io.kabar.chat.view.TranscriptLine;
import io.kabar.swing.Chat;
import io.kabar.swing.OnScreen;
import io.kabar.swing.ShownLines;
import java.awt.event.KeyEvent;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.swing.JList;
import org.assertj.swing.fixture.FrameFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The ways about: to rooms, people and commands by a few letters, to messages by their words, and being told. */
class WaysTest {

    @RegisterExtension
    final OnScreen screen = new OnScreen();

    private final Chat chat = new Chat();
    private FrameFixture window;

    @BeforeEach
    void open() {
        window = screen.show(() -> {
            chat.entered(Chat.GENERAL).entered(Chat.OPS);
            return new ChatView(
                    new Conversation(chat.model, chat.client, "localhost:2120", true),
                    chat.clock,
                    ZoneOffset.UTC,
                    List.of(),
                    () -> {});
        });
        window.textBox("chat.input").focus();
    }

    private void ctrl(int key) {
        screen.robot().pressKey(KeyEvent.VK_CONTROL);
        screen.robot().pressAndReleaseKeys(key);
        screen.robot().releaseKey(KeyEvent.VK_CONTROL);
        screen.robot().waitForIdle();
    }

    private ShownLines lines() {
        return new ShownLines(screen.robot(), window);
    }

    private List<String> found(String list) {
        JList<?> shown = window.list(list).target();
        return OnScreen.inEventThread(() -> IntStream.range(0, shown.getModel().getSize())
                .mapToObj(i -> shown.getAccessibleContext()
                        .getAccessibleChild(i)
                        .getAccessibleContext()
                        .getAccessibleName())
                .toList());
    }

    @Test
    void ctrl_k_goes_to_a_room_a_person_or_a_command() {
        ctrl(KeyEvent.VK_K);
        await().untilAsserted(() -> window.textBox("chat.switch.typed").requireFocused());
        window.textBox("chat.switch.typed").enterText("op").pressAndReleaseKeys(KeyEvent.VK_ENTER);
        await().untilAsserted(() -> window.label("chat.title").requireText("#ops"));
        await().untilAsserted(() -> window.textBox("chat.input").requireFocused());

        ctrl(KeyEvent.VK_K);
        window.textBox("chat.switch.typed").enterText("mir");
        assertThat(found("chat.switch.found")).first().isEqualTo("mira, talk to them alone");
        window.textBox("chat.switch.typed").pressAndReleaseKeys(KeyEvent.VK_ENTER);
        assertThat(chat.client.joined).containsExactly(RoomName.of("@mira"));

        ctrl(KeyEvent.VK_K);
        window.textBox("chat.switch.typed").enterText("/top").pressAndReleaseKeys(KeyEvent.VK_ENTER);
        window.textBox("chat.input").requireText("/topic ");

        ctrl(KeyEvent.VK_K);
        window.textBox("chat.switch.typed").enterText("newroom").pressAndReleaseKeys(KeyEvent.VK_ENTER);
        assertThat(chat.client.joined).last().isEqualTo(RoomName.of("newroom"));
    }

    @Test
    void ctrl_f_lists_what_is_found_and_goes_there() {
        OnScreen.inEventThread(() -> {
            for (int i = 0; i < 300; i++) {
                chat.said(Chat.GENERAL, "mira", i == 20 ? "a rose is a rose" : "line " + i);
            }
            return null;
        });
        ctrl(KeyEvent.VK_F);
        await().untilAsserted(() -> window.textBox("chat.find.words").requireFocused());
        window.textBox("chat.find.words").enterText("rose").pressAndReleaseKeys(KeyEvent.VK_ENTER);
        await().untilAsserted(() ->
                assertThat(found("chat.find.hits")).singleElement().asString().endsWith("a rose is a rose"));
        window.label("chat.find.told").requireText("1 message; nothing older is kept.");

        window.list("chat.find.hits").clickItem(0);

        await().untilAsserted(() -> assertThat(OnScreen.inEventThread(lines().timeline()::focusedLine))
                .map(TranscriptLine::text)
                .contains("a rose is a rose"));
        assertThat(lines().firstVisible()).isLessThan(30);
        window.button("chat.find.close").click();
        await().untilAsserted(() -> window.textBox("chat.input").requireFocused());
    }

    @Test
    void whoever_does_not_look_is_told_of_what_is_meant_for_them_alone() {
        List<String> told = new ArrayList<>();
        boolean[] looks = {false};
        OnScreen.inEventThread(() -> {
            chat.model.observe(
                    new Notifier(chat.model, () -> !looks[0], (title, text) -> told.add(title + ": " + text)));
            chat.said(Chat.GENERAL, "mira", "hello all");
            chat.said(Chat.OPS, "mira", "ada: the disk\nis full");
            chat.replayed(RoomName.of("past"), "ori", "ada: look");
            looks[0] = true;
            chat.said(Chat.OPS, "mira", "ada: again");
            return null;
        });
        assertThat(told).containsExactly("mira in #ops: ada: the disk is full");
    }
}
