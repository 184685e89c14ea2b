package io.kabar.swing.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Amended;
import io.kabar.chat.Amendment;
import io.kabar.chat.Author;
import io.kabar.chat.Content;
import io.kabar.chat.UserName;
import io.kabar.chat.view.TranscriptLine;
import io.kabar.chat.view.TranscriptLine.Said;
import io.kabar.swing.Chat;
import io.kabar.swing.OnScreen;
import io.kabar.swing.ShownLines;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.event.KeyEvent;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.swing.JPopupMenu;
import org.assertj.swing.core.MouseButton;
import org.assertj.swing.fixture.FrameFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A transcript of any length, with everything one does to its messages. */
class TranscriptViewTest {

    @RegisterExtension
    final OnScreen screen = new OnScreen();

    private final Chat chat = new Chat();
    private final List<String> done = new ArrayList<>();
    private FrameFixture window;

    @SuppressWarnings("NullAway.Init") // made in the event thread
    private TranscriptView view;

    @BeforeEach
    void open() {
        window = screen.show(() -> {
            chat.model.keepLines(200_000);
            chat.entered(Chat.GENERAL);
            view = new TranscriptView(ZoneOffset.UTC, new Recorder());
            show();
            return view;
        });
    }

    private void show() {
        view.show(chat.model.transcript(), OptionalLong.empty());
    }

    private void happen(Runnable what) {
        OnScreen.inEventThread(() -> {
            what.run();
            show();
            return null;
        });
        screen.robot().waitForIdle();
    }

    private ShownLines lines() {
        return new ShownLines(screen.robot(), window);
    }

    private Timeline timeline() {
        return lines().timeline();
    }

    private void say(int count) {
        for (int i = 0; i < count; i++) {
            chat.said(Chat.GENERAL, i % 3 == 0 ? "mira" : "ori", "line " + i);
        }
    }

    @Test
    void only_what_is_in_sight_is_laid_out_and_one_more_line_costs_the_same_at_any_length() {
        happen(() -> say(100));
        long before = timeline().laidOut();
        happen(() -> say(1));
        long oneMore = timeline().laidOut() - before;

        happen(() -> say(100_000));
        assertThat(timeline().count()).isEqualTo(100_102);
        assertThat(timeline().laidOut()).isLessThan(300);
        before = timeline().laidOut();
        happen(() -> say(1));
        assertThat(timeline().laidOut() - before).isEqualTo(oneMore).isLessThan(5);

        before = timeline().laidOut();
        for (int page = 0; page < 20; page++) {
            happen(() -> view.page(-1));
        }
        assertThat(timeline().laidOut() - before).isLessThan(20 * 50);
        before = timeline().laidOut();
        for (int page = 0; page < 20; page++) {
            happen(() -> view.page(1));
        }
        assertThat(timeline().laidOut() - before).as("the same way back").isZero();
    }

    @Test
    void another_width_lays_out_no_more_than_is_in_sight_and_the_old_one_again_nothing() {
        happen(() -> say(50_000));
        long before = timeline().laidOut();
        OnScreen.inEventThread(() -> {
            window.target().setSize(700, 600);
            window.target().validate();
            return null;
        });
        screen.robot().waitForIdle();
        assertThat(timeline().laidOut() - before).isBetween(1L, 200L);
        assertThat(lines().lastVisible()).as("it follows").isEqualTo(timeline().count() - 1);
    }

    @Test
    void what_is_selected_over_messages_is_copied_with_names() {
        happen(() -> {
            chat.said(Chat.GENERAL, "mira", "the build is green");
            chat.said(Chat.GENERAL, "ori", "is it?");
            chat.said(Chat.GENERAL, "mira", "it is");
        });
        drag(1, 4, 3, 2);
        assertThat(OnScreen.inEventThread(timeline()::selectedText))
                .isEqualTo("mira: build is green\nori: is it?\nmira: it");
        drag(1, 4, 1, 9);
        assertThat(OnScreen.inEventThread(timeline()::selectedText)).isEqualTo("build");
        drag(3, 2, 1, 4);
        assertThat(OnScreen.inEventThread(timeline()::selectedText))
                .isEqualTo("mira: build is green\nori: is it?\nmira: it");
    }

    /** What is selected stays so while lines come and go around it. */
    @Test
    void a_selection_stays_with_its_words() {
        happen(() -> say(30));
        drag(28, 0, 29, 4);
        String selected = OnScreen.inEventThread(timeline()::selectedText);
        assertThat(selected).isEqualTo("mira: line 27\nori: line");
        happen(() -> say(40));
        assertThat(OnScreen.inEventThread(timeline()::selectedText)).isEqualTo(selected);
    }

    /** Between the characters at which it begins and ends. */
    private void drag(int fromRow, int fromOffset, int toRow, int toOffset) {
        Point from = point(fromRow, fromOffset);
        Point to = point(toRow, toOffset);
        Timeline timeline = timeline();
        OnScreen.inEventThread(() -> {
            for (int id : new int[] {
                java.awt.event.MouseEvent.MOUSE_PRESSED,
                java.awt.event.MouseEvent.MOUSE_DRAGGED,
                java.awt.event.MouseEvent.MOUSE_RELEASED
            }) {
                Point at = id == java.awt.event.MouseEvent.MOUSE_PRESSED ? from : to;
                timeline.dispatchEvent(new java.awt.event.MouseEvent(
                        timeline,
                        id,
                        0,
                        java.awt.event.InputEvent.BUTTON1_DOWN_MASK,
                        at.x,
                        at.y,
                        1,
                        false,
                        java.awt.event.MouseEvent.BUTTON1));
            }
            return null;
        });
    }

    private Point point(int row, int offset) {
        return OnScreen.inEventThread(() -> {
            Sight.Slot slot = timeline().sight().slots().stream()
                    .filter(each -> each.row() == row)
                    .findFirst()
                    .orElseThrow();
            RowLayout layout = timeline().layout(row);
            for (int x = 0; x < 2_000; x++) {
                if (layout.body().offsetAt(x, 4) >= offset) {
                    return new Point(layout.bodyX() + x, slot.y() + layout.bodyTop() + 4);
                }
            }
            throw new IllegalArgumentException("no character " + offset);
        });
    }

    @Test
    void letters_act_on_the_message_that_has_the_focus_and_go_to_the_input_otherwise() {
        happen(() -> say(5));
        lines().focus();
        screen.robot().type('h');
        assertThat(done).containsExactly("type h");
        done.clear();
        lines().press(KeyEvent.VK_UP).press(KeyEvent.VK_UP);
        assertThat(OnScreen.inEventThread(timeline()::focusedLine))
                .map(TranscriptLine::text)
                .contains("line 3");
        screen.robot().type('r');
        screen.robot().type('=');
        screen.robot().type('e');
        lines().press(KeyEvent.VK_BACK_SPACE);
        assertThat(done).containsExactly("reply 4", "react 4", "edit 4", "delete 4");
        screen.robot().type('x');
        assertThat(done).last().isEqualTo("type x");
        lines().press(KeyEvent.VK_ENTER);
        assertThat(done).last().isEqualTo("menu line 3");
    }

    @Test
    void quotes_jump_reactions_toggle_and_links_open() {
        happen(() -> {
            chat.said(Chat.GENERAL, "mira", "see https://example.org/x for more");
            chat.happens(Chat.GENERAL, Author.of(UserName.of("ori")), 1, new Content.Said("I have seen it", false));
            chat.happens(Chat.GENERAL, Author.of(UserName.of("ada")), 2, new Amendment.Reacted("+1", false));
        });
        Rectangle quote = OnScreen.inEventThread(() -> timeline().layout(2).quotePlace());
        click(2, new Point(quote.x + 15, quote.y + 5));
        Rectangle chip =
                OnScreen.inEventThread(() -> timeline().layout(2).chips().get(0).place());
        click(2, new Point(chip.x + 8, chip.y + 6));
        Point link = point(1, 8);
        screen.robot().click(timeline(), link, MouseButton.LEFT_BUTTON, 1);
        screen.robot().waitForIdle();
        assertThat(done).containsExactly("jump 1", "toggle 2 +1 true", "open https://example.org/x");
    }

    private void click(int row, Point at) {
        int y = OnScreen.inEventThread(() -> timeline().sight().slots().stream()
                .filter(slot -> slot.row() == row)
                .findFirst()
                .orElseThrow()
                .y());
        screen.robot().click(timeline(), new Point(at.x, y + at.y), MouseButton.LEFT_BUTTON, 1);
        screen.robot().waitForIdle();
    }

    @Test
    void a_jump_brings_the_message_into_sight_and_gives_it_the_focus() {
        happen(() -> say(5_000));
        assertThat(OnScreen.inEventThread(() -> view.jumpTo(2_500))).isTrue();
        assertThat(OnScreen.inEventThread(timeline()::focusedLine))
                .map(TranscriptLine::text)
                .contains("line 2499");
        assertThat(lines().firstVisible()).isLessThanOrEqualTo(2_500);
        assertThat(lines().lastVisible()).isGreaterThanOrEqualTo(2_500).isLessThan(2_600);
        assertThat(OnScreen.inEventThread(() -> view.jumpTo(7_000))).isFalse();
    }

    @Test
    void one_turn_of_speech_has_one_head() {
        happen(() -> {
            chat.said(Chat.GENERAL, "mira", "one");
            chat.later(Duration.ofMinutes(4));
            chat.said(Chat.GENERAL, "mira", "two");
            chat.later(Duration.ofMinutes(5));
            chat.said(Chat.GENERAL, "mira", "three");
            chat.said(Chat.GENERAL, "ori", "four");
            chat.later(Duration.ofDays(1));
            chat.said(Chat.GENERAL, "ori", "five");
        });
        List<Row> rows = OnScreen.inEventThread(() -> List.of(
                timeline().layout(1).row(),
                timeline().layout(2).row(),
                timeline().layout(3).row(),
                timeline().layout(4).row(),
                timeline().layout(5).row()));
        assertThat(rows).extracting(Row::head).containsExactly(true, false, true, true, true);
        assertThat(rows).extracting(Row::newDay).containsExactly(false, false, false, false, true);
    }

    private final class Recorder implements MessageActions {
        @Override
        public void reply(Said message) {
            done.add("reply " + message.state().sequence());
        }

        @Override
        public void edit(Said message) {
            done.add("edit " + message.state().sequence());
        }

        @Override
        public void delete(Said message) {
            done.add("delete " + message.state().sequence());
        }

        @Override
        public void react(Said message) {
            done.add("react " + message.state().sequence());
        }

        @Override
        public void toggle(Said message, Amended.Reaction reaction) {
            done.add("toggle " + message.state().sequence() + " " + reaction.emoji() + " " + reaction.own());
        }

        @Override
        public void jump(long sequence) {
            done.add("jump " + sequence);
        }

        @Override
        public void open(String link) {
            done.add("open " + link);
        }

        @Override
        public JPopupMenu menu(TranscriptLine line, Optional<String> link) {
            done.add("menu " + line.text());
            return new JPopupMenu();
        }

        @Override
        public void type(char letter) {
            done.add("type " + letter);
        }

        @Override
        public void older() {
            // Nothing is older.
        }
    }
}
