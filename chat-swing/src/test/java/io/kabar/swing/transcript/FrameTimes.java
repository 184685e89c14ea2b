package io.kabar.swing.transcript;

import io.kabar.chat.Amended;
import io.kabar.chat.view.TranscriptLine;
import io.kabar.chat.view.TranscriptLine.Said;
import io.kabar.swing.Chat;
import io.kabar.swing.look.Theme;
import java.awt.Dimension;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import javax.swing.JFrame;
import javax.swing.JPopupMenu;
import javax.swing.SwingUtilities;

/**
 * Prints how long a frame takes while one scrolls through a transcript of 100,000 lines, and how long one more line
 * takes, in milliseconds: median, 99 of 100, longest. No test, as it measures time.
 */
public final class FrameTimes {

    private static final int LINES = 100_000;

    private FrameTimes() {}

    public static void main(String[] arguments) throws Exception {
        SwingUtilities.invokeAndWait(() -> {
            Theme.apply(false);
            Chat chat = new Chat();
            chat.model.keepLines(2 * LINES);
            chat.entered(Chat.GENERAL);
            TranscriptView view = new TranscriptView(ZoneOffset.UTC, new Nothing());
            JFrame frame = new JFrame("Frame times");
            frame.setContentPane(view);
            frame.setSize(new Dimension(1080, 720));
            frame.setVisible(true);
            view.show(chat.model.transcript(), OptionalLong.empty());
            for (int i = 0; i < LINES; i++) {
                say(chat, i);
            }
            view.show(chat.model.transcript(), OptionalLong.empty());
            Timeline timeline = view.lines();
            print("wheel, three lines a frame", 2_000, i -> {
                timeline.sight().scroll(-54);
                timeline.arrange();
                timeline.paintImmediately(0, 0, timeline.getWidth(), timeline.getHeight());
            });
            print("a page a frame", 1_000, i -> {
                timeline.page(-1);
                timeline.paintImmediately(0, 0, timeline.getWidth(), timeline.getHeight());
            });
            print("anywhere, by the scroll bar", 1_000, i -> {
                timeline.sight().value((int) ((i * 7_919L % LINES) * Sight.UNIT));
                timeline.arrange();
                timeline.paintImmediately(0, 0, timeline.getWidth(), timeline.getHeight());
            });
            view.jumpToNewest();
            print("one more line", 1_000, i -> {
                say(chat, i);
                view.show(chat.model.transcript(), OptionalLong.empty());
                timeline.paintImmediately(0, 0, timeline.getWidth(), timeline.getHeight());
            });
            print("another width", 200, i -> {
                timeline.setSize(600 + i, timeline.getHeight());
                timeline.arrange();
                timeline.paintImmediately(0, 0, timeline.getWidth(), timeline.getHeight());
            });
            frame.dispose();
        });
        System.exit(0);
    }

    private static void say(Chat chat, int i) {
        String text =
                "line " + i + (i % 4 == 0 ? " of a talk that goes on and on, as talks do. ".repeat(1 + i % 3) : "");
        chat.said(
                Chat.GENERAL, i % 3 == 0 ? "mira" : "ori", i % 10 == 0 ? text + " 🎉 https://example.org/" + i : text);
    }

    private static void print(String what, int frames, java.util.function.IntConsumer frame) {
        double[] millis = new double[frames];
        for (int i = 0; i < frames; i++) {
            long start = System.nanoTime();
            frame.accept(i);
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        System.out.printf(
                Locale.ROOT,
                "%-30s %6.1f %6.1f %6.1f%n",
                what,
                millis[frames / 2],
                millis[frames * 99 / 100],
                millis[frames - 1]);
    }

    private static final class Nothing implements MessageActions {
        @Override
        public void reply(Said message) {}

        @Override
        public void edit(Said message) {}

        @Override
        public void delete(Said message) {}

        @Override
        public void react(Said message) {}

        @Override
        public void toggle(Said message, Amended.Reaction reaction) {}

        @Override
        public void jump(long sequence) {}

        @Override
        public void open(String link) {}

        @Override
        public JPopupMenu menu(TranscriptLine line, Optional<String> link) {
            return new JPopupMenu();
        }

        @Override
        public void type(char letter) {}

        @Override
        public void older() {}
    }
}
