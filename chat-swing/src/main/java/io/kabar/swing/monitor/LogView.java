package io.kabar.swing.monitor;

import com.formdev.flatlaf.FlatClientProperties;
import io.kabar.swing.actions.CopyLinesAction;
import io.kabar.swing.look.Theme;
import java.awt.Color;
import java.awt.Component;
import java.awt.Font;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.swing.AbstractListModel;
import javax.swing.BoundedRangeModel;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.ListCellRenderer;
import net.miginfocom.swing.MigLayout;

/** The newest lines of a server's log; follows them until somebody scrolls away from the end. */
public final class LogView extends JPanel {

    private static final int MAX_ENTRIES = 5_000;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final ZoneId zone;
    private final Entries entries = new Entries();
    private final JList<LogEntry> list = new JList<>(entries);
    private final BoundedRangeModel bar;
    private boolean words;
    private boolean following = true;
    private int extent;
    private int maximum;

    public LogView(ZoneId zone) {
        super(new MigLayout("insets 0, fill", "[grow, fill]", "[grow, fill]"));
        this.zone = zone;
        list.setName("monitor.log");
        list.getAccessibleContext().setAccessibleName("Log");
        list.setCellRenderer(new EntryView());
        CopyLinesAction copy = new CopyLinesAction(this::selectedText);
        list.getInputMap().put(copy.key(), "copy-lines");
        list.getActionMap().put("copy-lines", copy);
        JScrollPane scroll = new JScrollPane(list);
        scroll.putClientProperty(FlatClientProperties.STYLE, "arc: 8");
        add(scroll, "hmin 0, wmin 0");
        bar = scroll.getVerticalScrollBar().getModel();
        bar.addChangeListener(e -> follow());
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

    private static final class Entries extends AbstractListModel<LogEntry> {
        private final List<LogEntry> all = new ArrayList<>();

        void add(List<LogEntry> more) {
            int start = all.size();
            all.addAll(more);
            fireIntervalAdded(this, start, all.size() - 1);
            int tooMany = all.size() - MAX_ENTRIES;
            if (tooMany > 0) {
                all.subList(0, tooMany).clear();
                fireIntervalRemoved(this, 0, tooMany - 1);
            }
        }

        void changed() {
            fireContentsChanged(this, 0, Math.max(0, all.size() - 1));
        }

        @Override
        public int getSize() {
            return all.size();
        }

        @Override
        public LogEntry getElementAt(int index) {
            return all.get(index);
        }
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
