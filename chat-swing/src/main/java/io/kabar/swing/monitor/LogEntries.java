package io.kabar.swing.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.swing.AbstractListModel;
import org.jspecify.annotations.Nullable;

/** The newest lines of a log, and of those the ones that are asked for. Event thread only. */
final class LogEntries extends AbstractListModel<LogEntry> {

    private static final long serialVersionUID = 1;

    private static final int MOST = 5_000;

    private final transient List<LogEntry> all = new ArrayList<>();
    private transient List<LogEntry> shown = new ArrayList<>();
    private transient LogEntry.@Nullable Kind kind;
    private String words = "";
    private boolean paused;

    void add(List<LogEntry> more) {
        all.addAll(more);
        int tooMany = all.size() - MOST;
        if (tooMany > 0) {
            all.subList(0, tooMany).clear();
        }
        if (paused) {
            return;
        }
        int start = shown.size();
        more.stream().filter(this::isWanted).forEach(shown::add);
        if (shown.size() > start) {
            fireIntervalAdded(this, start, shown.size() - 1);
        }
        int gone = shown.size() - MOST;
        if (gone > 0) {
            shown.subList(0, gone).clear();
            fireIntervalRemoved(this, 0, gone - 1);
        }
    }

    /** From now on those of one kind alone, or of all if it is null, with these letters in them. */
    void filter(LogEntry.@Nullable Kind one, String letters) {
        kind = one;
        words = letters.toLowerCase(Locale.ROOT).strip();
        showAnew();
    }

    /** What happens while it is paused is shown when it goes on. */
    void pause(boolean on) {
        paused = on;
        if (!on) {
            showAnew();
        }
    }

    void clear() {
        all.clear();
        showAnew();
    }

    /** The same lines read otherwise. */
    void changed() {
        fireContentsChanged(this, 0, Math.max(0, shown.size() - 1));
    }

    private void showAnew() {
        int before = shown.size();
        shown = new ArrayList<>();
        if (before > 0) {
            fireIntervalRemoved(this, 0, before - 1);
        }
        all.stream().filter(this::isWanted).forEach(shown::add);
        if (!shown.isEmpty()) {
            fireIntervalAdded(this, 0, shown.size() - 1);
        }
    }

    private boolean isWanted(LogEntry entry) {
        return (kind == null || entry.kind() == kind)
                && (words.isEmpty()
                        || entry.withWords().toLowerCase(Locale.ROOT).contains(words));
    }

    @Override
    public int getSize() {
        return shown.size();
    }

    @Override
    public LogEntry getElementAt(int index) {
        return shown.get(index);
    }
}
