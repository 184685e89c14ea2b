package io.kabar.swing.monitor;

import com.formdev.flatlaf.FlatClientProperties;
import io.kabar.chat.server.ServerStats;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.swing.JLabel;
import javax.swing.JPanel;
import net.miginfocom.swing.MigLayout;

/** A server in figures. */
final class Counters extends JPanel {

    private final Figure users = new Figure("users", "Users");
    private final Figure rooms = new Figure("rooms", "Rooms");
    // Everything that has a number in a room's log: messages, joins, leaves, topics.
    private final Figure messages = new Figure("messages", "Events");
    private final Figure deliveries = new Figure("deliveries", "Delivered");
    private final Figure refused = new Figure("refused", "Refused");
    private final Figure dropped = new Figure("dropped", "Dropped");
    private final Figure notStored = new Figure("notStored", "Not stored");

    Counters() {
        super(new MigLayout(
                "insets 0, fillx, gap 10, hidemode 3",
                "[grow, fill, sg][grow, fill, sg][grow, fill, sg][grow, fill, sg][grow, fill, sg][grow, fill, sg]"));
        setOpaque(false);
        for (Figure figure : new Figure[] {users, rooms, messages, deliveries, refused, dropped, notStored}) {
            add(figure, "wmin 0");
        }
        messages.setToolTipText("Messages, joins, leaves and topics that have a number");
        deliveries.setToolTipText("Events handed to members");
        refused.setToolTipText("Sign-ins that were refused");
        notStored.setVisible(false);
        notStored.setToolTipText("Messages refused because the disk could not take them.");
    }

    void show(ServerStats stats) {
        users.show(stats.sessions());
        rooms.show(stats.rooms());
        messages.show(stats.accepted());
        deliveries.show(stats.deliveries());
        refused.show(stats.loginsRefused());
        notStored.show(stats.notStored());
        // Of no interest until it happens, and then the first thing to look at.
        notStored.setVisible(stats.notStored() > 0);
        dropped.show(
                stats.dropped().values().stream().mapToLong(Long::longValue).sum());
        dropped.setToolTipText(reasons(stats.dropped()));
    }

    private static String reasons(Map<String, Long> byReason) {
        return byReason.isEmpty()
                ? "No datagram was dropped."
                : byReason.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", "));
    }

    /** A number and what it counts. */
    private static final class Figure extends JPanel {
        private final JLabel number = new JLabel("–");

        Figure(String name, String words) {
            super(new MigLayout("insets 8 12 8 12, wrap 1, gapy 0, fillx", "[grow, fill]"));
            putClientProperty(FlatClientProperties.STYLE, "arc: 10; background: $Kabar.paper");
            number.setName("monitor.figure." + name);
            number.putClientProperty(FlatClientProperties.STYLE_CLASS, "h2");
            JLabel label = new JLabel(words);
            label.setLabelFor(number);
            label.putClientProperty(FlatClientProperties.STYLE, "font: 85%; foreground: $Kabar.muted");
            add(number, "wmin 0");
            add(label, "wmin 0");
        }

        void show(long value) {
            number.setText(String.format(Locale.ROOT, "%,d", value));
        }
    }
}
