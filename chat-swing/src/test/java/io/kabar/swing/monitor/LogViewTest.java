package io.kabar.swing.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.swing.OnScreen;
import java.awt.Component;
import java.awt.Container;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import javax.swing.JScrollPane;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LogViewTest {

    @RegisterExtension
    final OnScreen screen = new OnScreen();

    private static List<LogEntry> lines(int count) {
        return Collections.nCopies(count, LogEntry.of(Instant.EPOCH, LogEntry.Kind.SERVER, "line"));
    }

    private static void size(LogView view, int height) {
        view.setSize(400, height);
        layOut(view);
    }

    private static void layOut(Container container) {
        container.doLayout();
        for (Component each : container.getComponents()) {
            if (each instanceof Container inner) {
                layOut(inner);
            }
        }
    }

    private static JScrollPane scroll(LogView view) {
        return (JScrollPane) view.getComponent(0);
    }

    @Test
    void a_log_that_is_made_smaller_goes_on_following_and_one_that_was_scrolled_back_stays() throws Exception {
        SwingUtilities.invokeAndWait(() -> {
            LogView view = new LogView(ZoneOffset.UTC);
            size(view, 300);
            view.add(lines(200));
            layOut(view);
            assertThat(view.isFollowing()).isTrue();
            var bar = scroll(view).getVerticalScrollBar().getModel();
            assertThat(bar.getMaximum()).isGreaterThan(bar.getExtent());
            assertThat(bar.getValue() + bar.getExtent()).isEqualTo(bar.getMaximum());

            size(view, 120);
            view.add(lines(10));
            layOut(view);
            assertThat(bar.getValue() + bar.getExtent()).isEqualTo(bar.getMaximum());

            bar.setValue(10);
            assertThat(view.isFollowing()).isFalse();
            view.add(lines(10));
            size(view, 200);
            assertThat(bar.getValue()).isEqualTo(10);

            bar.setValue(bar.getMaximum());
            view.add(lines(10));
            layOut(view);
            assertThat(bar.getValue() + bar.getExtent()).isEqualTo(bar.getMaximum());
        });
    }
}
