package io.kabar.swing.monitor;

import com.formdev.flatlaf.FlatClientProperties;
import io.kabar.chat.server.ServerStats;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import javax.swing.JLabel;
import javax.swing.JPanel;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/** How much a server does a second, and the memory it takes, over the last minutes. Event thread only. */
final class Rates extends JPanel {

    private final Line events = new Line("monitor.rate.events", "Events a second");
    private final Line deliveries = new Line("monitor.rate.deliveries", "Delivered a second");
    private final Line memory = new Line("monitor.rate.memory", "Memory");
    private @Nullable ServerStats before;
    private @Nullable Instant beforeAt;

    Rates() {
        super(new MigLayout("insets 0, fillx, gap 16", "[grow, fill, sg][grow, fill, sg][grow, fill, sg]"));
        setOpaque(false);
        add(events, "wmin 0");
        add(deliveries, "wmin 0");
        add(memory, "wmin 0");
    }

    void show(ServerStats now, Instant at) {
        if (before != null && beforeAt != null) {
            double seconds = Math.max(0.001, Duration.between(beforeAt, at).toNanos() / 1e9);
            events.show((now.accepted() - before.accepted()) / seconds, "%,.0f events/s");
            deliveries.show((now.deliveries() - before.deliveries()) / seconds, "%,.0f delivered/s");
        }
        Runtime machine = Runtime.getRuntime();
        memory.show((machine.totalMemory() - machine.freeMemory()) / 1e6, "%,.0f MB");
        before = now;
        beforeAt = at;
    }

    /** Nothing is done any more. */
    void clear() {
        before = null;
        beforeAt = null;
        events.clear();
        deliveries.clear();
        memory.clear();
    }

    private static final class Line extends JPanel {
        private final JLabel now = new JLabel("\u2013");
        private final Sparkline line;

        Line(String name, String words) {
            super(new MigLayout("insets 0, fillx", "[110lp!]8[grow, fill]", "[center]"));
            setOpaque(false);
            now.setName(name);
            now.putClientProperty(FlatClientProperties.STYLE, "font: 90%; foreground: $Kabar.muted");
            line = new Sparkline(name + ".line", words);
            add(now);
            add(line, "wmin 20lp");
        }

        void show(double value, String format) {
            now.setText(String.format(Locale.ROOT, format, value));
            line.add(value);
        }

        void clear() {
            now.setText("\u2013");
            line.clear();
        }
    }
}
