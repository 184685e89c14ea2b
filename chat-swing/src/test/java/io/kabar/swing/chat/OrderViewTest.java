package io.kabar.swing.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kabar.chat.Member;
import io.kabar.chat.RoomChange;
import io.kabar.chat.UserName;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomModes;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.rules.RoomSettings;
import io.kabar.chat.rules.Standing;
import io.kabar.swing.Chat;
import io.kabar.swing.OnScreen;
import java.awt.event.KeyEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JMenuItem;
import javax.swing.JPopupMenu;
import javax.swing.MenuElement;
import javax.swing.MenuSelectionManager;
import org.assertj.swing.fixture.FrameFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Roles, modes and order in a chat's window. */
class OrderViewTest {

    private static final UserName MIRA = UserName.of("mira");

    @RegisterExtension
    final OnScreen screen = new OnScreen();

    private final Chat chat = new Chat();
    private Duration ahead = Duration.ZERO;
    private FrameFixture window;

    @BeforeEach
    void open() {
        InstantSource clock = () -> chat.clock.instant().plus(ahead);
        window = screen.show(() -> {
            chat.entered(Chat.GENERAL).entered(Chat.OPS);
            return new ChatView(
                    new Conversation(chat.model, chat.client, "localhost:2120", true),
                    clock,
                    ZoneOffset.UTC,
                    List.of(),
                    () -> {});
        });
    }

    private void happen(Runnable what) {
        OnScreen.inEventThread(() -> {
            what.run();
            return null;
        });
        screen.robot().waitForIdle();
    }

    private void stand(RoomSettings settings) {
        happen(() -> chat.set(Chat.GENERAL, settings));
    }

    private JPopupMenu menuOf(String name) {
        JList<?> list = window.list("chat.roster.list").target();
        OnScreen.inEventThread(() -> {
            for (int i = 0; i < list.getModel().getSize(); i++) {
                if (((Member) list.getModel().getElementAt(i)).name().text().equals(name)) {
                    list.setSelectedIndex(i);
                }
            }
            list.requestFocusInWindow();
            return null;
        });
        window.list("chat.roster.list").focus();
        window.list("chat.roster.list")
                .pressKey(KeyEvent.VK_SHIFT)
                .pressAndReleaseKeys(KeyEvent.VK_F10)
                .releaseKey(KeyEvent.VK_SHIFT);
        screen.robot().waitForIdle();
        MenuElement[] path = OnScreen.inEventThread(
                () -> MenuSelectionManager.defaultManager().getSelectedPath());
        assertThat(path).isNotEmpty();
        return (JPopupMenu) path[0];
    }

    private static JMenuItem item(JPopupMenu menu, String name) {
        return OnScreen.inEventThread(() -> {
            for (MenuElement element : menu.getSubElements()) {
                if (("chat.member." + name).equals(element.getComponent().getName())) {
                    return (JMenuItem) element;
                }
            }
            throw new AssertionError("no " + name);
        });
    }

    @Test
    void what_is_set_for_a_room_stands_in_its_header() {
        window.label("chat.modes").requireText("");
        stand(RoomSettings.NONE.withModes(RoomModes.of(Map.of(RoomMode.MODERATED, 1L, RoomMode.SLOW, 30L))));
        window.label("chat.modes").requireText("moderated \u00b7 slow 30 s");
    }

    @Test
    void a_long_topic_leaves_the_modes_and_the_lists_their_width() {
        int lists = window.list("chat.roster.list").target().getWidth();
        stand(RoomSettings.NONE.withModes(RoomModes.of(Map.of(RoomMode.MODERATED, 1L, RoomMode.SLOW, 30L))));
        happen(() -> chat.topic(Chat.GENERAL, "mira", "what is to be done before the release ".repeat(6)));
        JLabel modes = window.label("chat.modes").target();
        await().untilAsserted(
                        () -> assertThat(modes.getWidth()).isPositive().isEqualTo(modes.getPreferredSize().width));
        assertThat(window.list("chat.roster.list").target().getWidth()).isEqualTo(lists);
    }

    @Test
    void whoever_may_not_speak_is_told_why_until_they_may_again() {
        stand(RoomSettings.NONE.withStanding(
                Standing.of(RoomRole.GUEST).withMute(chat.clock.instant().plusSeconds(60))));
        window.textBox("chat.silence.text").requireVisible();
        assertThat(window.textBox("chat.silence.text").text()).startsWith("You are muted in this room until");
        window.textBox("chat.input").requireEnabled();

        ahead = Duration.ofSeconds(61);
        await().ignoreExceptions()
                .untilAsserted(() -> window.panel("chat.inputBar").requireVisible());
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(OnScreen.inEventThread(() -> window.robot()
                                .finder()
                                .findByName("chat.silence", false)
                                .isVisible()))
                        .isFalse());
    }

    @Test
    void slow_mode_tells_when_the_next_message_is_taken() {
        stand(RoomSettings.NONE.withModes(RoomModes.of(Map.of(RoomMode.SLOW, 30L))));
        happen(() -> chat.said(Chat.GENERAL, "ada", "one"));
        await().ignoreExceptions()
                .untilAsserted(
                        () -> window.label("chat.pause").requireText("Slow mode: your next message is taken in 30 s."));
        ahead = Duration.ofSeconds(31);
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(OnScreen.inEventThread(() -> window.robot()
                                .finder()
                                .findByName("chat.pause", false)
                                .isVisible()))
                        .isFalse());
    }

    @Test
    void what_a_guest_cannot_do_is_greyed_with_the_reason() {
        JPopupMenu menu = menuOf("mira");
        assertThat(item(menu, "message").isEnabled()).isTrue();
        for (String name : new String[] {"kick", "ban", "mute"}) {
            assertThat(item(menu, name).isEnabled()).as(name).isFalse();
            assertThat(item(menu, name).getToolTipText()).contains("It takes a moderator of this room");
            assertThat(item(menu, name).getAccessibleContext().getAccessibleDescription())
                    .contains("It takes a moderator of this room");
        }
    }

    @Test
    void a_moderator_mutes_with_time_and_reason_by_keyboard() {
        stand(RoomSettings.NONE.withStanding(Standing.of(RoomRole.MODERATOR)));
        JPopupMenu menu = menuOf("mira");
        happen(() -> item(menu, "mute").doClick());
        happen(() -> menu.setVisible(false));
        window.label("chat.order.title").requireText("Mute mira in #general");
        window.comboBox("chat.order.length").selectItem("1 hour");
        window.textBox("chat.order.reason").focus().enterText("too loud").pressAndReleaseKeys(KeyEvent.VK_ENTER);
        assertThat(chat.client.changes)
                .containsExactly(RoomChange.mute(MIRA, chat.clock.instant().plusSeconds(3600), "too loud"));
        assertThat(OnScreen.inEventThread(() ->
                        window.robot().finder().findByName("chat.order", false).isVisible()))
                .isFalse();
    }

    @Test
    void an_owner_is_out_of_reach_of_a_moderator() {
        happen(() -> chat.member(Chat.GENERAL, "mira", RoomRole.OWNER));
        stand(RoomSettings.NONE.withStanding(Standing.of(RoomRole.MODERATOR)));
        JMenuItem kick = item(menuOf("mira"), "kick");
        assertThat(kick.isEnabled()).isFalse();
        assertThat(kick.getToolTipText()).startsWith("They are an owner of this room");
    }

    @Test
    void escape_gives_up_and_nothing_is_done() {
        stand(RoomSettings.NONE.withStanding(Standing.of(RoomRole.OWNER)));
        JPopupMenu menu = menuOf("mira");
        happen(() -> item(menu, "ban").doClick());
        happen(() -> menu.setVisible(false));
        window.textBox("chat.order.reason").focus().pressAndReleaseKeys(KeyEvent.VK_ESCAPE);
        assertThat(chat.client.changes).isEmpty();
        window.textBox("chat.input").requireFocused();
    }

    @Test
    void what_cannot_be_undone_is_asked_within_the_window() {
        stand(RoomSettings.NONE.withStanding(Standing.of(RoomRole.OWNER)));
        window.textBox("chat.input").enterText("/close-room").pressAndReleaseKeys(KeyEvent.VK_ENTER);
        await().ignoreExceptions()
                .untilAsserted(() -> window.textBox("chat.sure.text").requireVisible());
        window.button("chat.sure.no").click();
        assertThat(chat.client.changes).isEmpty();

        window.textBox("chat.input").enterText("/close-room").pressAndReleaseKeys(KeyEvent.VK_ENTER);
        await().ignoreExceptions()
                .untilAsserted(() -> window.button("chat.sure.yes").requireVisible());
        window.button("chat.sure.yes").click();
        await().ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(chat.client.changes).containsExactly(RoomChange.mode(RoomMode.CLOSED, 1)));
    }

    @Test
    void passwords_are_asked_for_unseen_and_escape_gives_up() {
        window.textBox("chat.input").enterText("/password").pressAndReleaseKeys(KeyEvent.VK_ENTER);
        for (String secret : new String[] {"old", "new", "new"}) {
            await().ignoreExceptions()
                    .untilAsserted(() ->
                            window.textBox("chat.sure.secret").requireFocused().requireText(""));
            window.textBox("chat.sure.secret").enterText(secret).pressAndReleaseKeys(KeyEvent.VK_ENTER);
        }
        await().untilAsserted(() -> assertThat(chat.client.passwords).containsExactly("old new"));

        window.textBox("chat.input").enterText("/password").pressAndReleaseKeys(KeyEvent.VK_ENTER);
        await().ignoreExceptions()
                .untilAsserted(() -> window.textBox("chat.sure.secret").requireFocused());
        window.textBox("chat.sure.secret").enterText("x").pressAndReleaseKeys(KeyEvent.VK_ESCAPE);
        window.textBox("chat.input").requireFocused();
        assertThat(chat.client.passwords).hasSize(1);
    }
}
