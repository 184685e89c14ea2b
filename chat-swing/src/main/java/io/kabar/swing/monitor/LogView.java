package io.kabar.swing.monitor;

import com.formdev.flatlaf.FlatClientProperties;
import io.kabar.swing.actions.CopyLinesAction;
import io.kabar.swing.actions.JumpToNewestAction;
import io.kabar.swing.look.Theme;
import java.awt.Color;
import java.awt.Component;
import java.awt.Font;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.swing.BoundedRangeModel;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.ListCellRenderer;
import net.miginfocom.swing.MigLayout;

/** The newest lines of a server's log; follows them until somebody scrolls away from the end. */
public final class LogView extends JPanel {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final ZoneId zone;
    private final LogEntries entries = new LogEntries();
    private final JList<LogEntry> list = new JList<>(entries);
    private final BoundedRangeModel bar;
    private final JButton newest;
    private boolean words;
    private boolean following = true;
    private int extent;
    private int maximum;

    public LogView(ZoneId zone) {
        super(new MigLayout("insets 0, fill, wrap 1, hidemode 3", "[grow, fill]", "[grow, fill]6[]6[]"));
        this.zone = zone;
        list.setName("monitor.log");
        list.getAccessibleContext().setAccessibleName("Log");
        list.setCellRenderer(new EntryView());
        CopyLinesAction copy = new CopyLinesAction(this::selectedText);
        list.getInputMap().put(copy.key(), "copy-lines");
        list.getActionMap().put("copy-lines", copy);
        JScrollPane scroll = new JScrollPane(list);
        scroll.putClientProperty(FlatClientProperties.STYLE, "arc: 8");
        add(scroll, "hmin 0, wmin 0, push, grow");
        newest = new JButton(new JumpToNewestAction(this::jumpToNewest));
        newest.setName("monitor.log.newest");
        newest.setVisible(false);
        add(newest, "growx 0, alignx center");
        bar = scroll.getVerticalScrollBar().getModel();
        bar.addChangeListener(e -> follow());
        add(
                new LogBar(
                        entries::filter,
                        entries::pause,
                        this::lines,
                        entries::clear,
                        sentence -> add(List.of(LogEntry.of(Instant.now(), LogEntry.Kind.SERVER, sentence)))),
                "growx, wmin 0");
    }

    /**
     * Whoever scrolls decides whether the newest lines are followed. What a new line or another size of the window does
     * to the scroll bar is no such decision.
     */
    private void follow() {
        boolean resized = bar.getExtent() != extent || bar.getMaximum() != maximum;
        extent = bar.getExtent();
        maximum = bar.getMaximum();
        if (!resized) {
            following = bar.getValue() + extent >= maximum;
        } else if (following) {
            bar.setValue(maximum - extent);
        }
        following |= maximum <= extent; // everything is in sight
        newest.setVisible(!following);
    }

    private void jumpToNewest() {
        following = true;
        bar.setValue(maximum - extent);
        newest.setVisible(false);
    }

    /** What is shown, as it is copied. */
    private List<String> lines() {
        return IntStream.range(0, entries.getSize())
                .mapToObj(i -> text(entries.getElementAt(i)))
                .toList();
    }

    /** Whether the newest lines come into sight by themselves. */
    boolean isFollowing() {
        return following;
    }

    public void add(List<LogEntry> more) {
        entries.add(more); // and the scroll bar follows once the list has its new size
    }

    @Override
    public boolean requestFocusInWindow() {
        return list.requestFocusInWindow();
    }

    /** Whether the words of messages are shown. */
    public void showWords(boolean show) {
        words = show;
        entries.changed();
    }

    private String text(LogEntry entry) {
        return TIME.format(entry.time().atZone(zone)) + " " + entry.kind().word() + " " + entry.shown(words);
    }

    private String selectedText() {
        return list.getSelectedValuesList().stream().map(this::text).collect(Collectors.joining("\n"));
    }

    @Override
    public void updateUI() {
        super.updateUI();
        setOpaque(false);
    }

    private final class EntryView extends JPanel implements ListCellRenderer<LogEntry> {
        private final JLabel time = new JLabel();
        private final JLabel kind = new JLabel();
        private final JLabel what = new JLabel();

        EntryView() {
            super(new MigLayout("insets 3 10 3 10", "[]12[70lp!]8[]", "[center]"));
            add(time);
            add(kind);
            add(what);
        }

        @Override
        public Component getListCellRendererComponent(
                JList<? extends LogEntry> shown, LogEntry entry, int index, boolean selected, boolean focus) {
            Font font = shown.getFont();
            time.setFont(font);
            time.setText(TIME.format(entry.time().atZone(zone)));
            time.setForeground(Theme.color("muted"));
            kind.setFont(font);
            kind.setText(entry.kind().word());
            kind.setForeground(color(entry.kind()));
            what.setFont(font);
            what.setText(entry.shown(words));
            what.setForeground(shown.getForeground());
            setBackground(selected ? Theme.color("selection") : shown.getBackground());
            setToolTipText(entry.shown(words));
            getAccessibleContext().setAccessibleName(text(entry));
            return this;
        }

        private static Color color(LogEntry.Kind kind) {
            return switch (kind) {
                case PEOPLE -> Theme.color("good");
                case MESSAGE, SERVER -> Theme.color("accent");
                case REFUSED, WARNING -> Theme.color("bad");
            };
        }
    }
}
