package io.kabar.swing.transcript;

import io.kabar.chat.view.Transcript;
import io.kabar.chat.view.TranscriptLine;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import javax.swing.AbstractListModel;
import org.jspecify.annotations.Nullable;

/** The rows of one transcript, brought up to date in as few changes as they need. Event thread only. */
final class TranscriptRows extends AbstractListModel<Row> {

    private final ZoneId zone;
    private List<Row> rows = new ArrayList<>();

    TranscriptRows(ZoneId zone) {
        this.zone = zone;
    }

    /** Shows what the transcript holds now; the mark "new" stands before the line with that id. */
    void show(Transcript transcript, OptionalLong firstFresh) {
        List<Row> next = rows(transcript.lines(), firstFresh);
        dropOldest(next);
        int common = Math.min(rows.size(), next.size());
        int first = 0;
        while (first < common && same(rows.get(first), next.get(first))) {
            first++;
        }
        int last = common - 1;
        while (last >= first && same(rows.get(last), next.get(last))) {
            last--;
        }
        int before = rows.size();
        rows = next;
        if (before > next.size()) {
            fireIntervalRemoved(this, next.size(), before - 1);
        }
        if (first <= last) {
            fireContentsChanged(this, first, last);
        }
        if (next.size() > before) {
            fireIntervalAdded(this, before, next.size() - 1);
        }
    }

    /** Where a line is; -1 if it is not kept any more. */
    int indexOf(long id) {
        for (int i = rows.size() - 1; i >= 0; i--) {
            if (rows.get(i).line().id() == id) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public int getSize() {
        return rows.size();
    }

    @Override
    public Row getElementAt(int index) {
        return rows.get(index);
    }

    /** A full transcript loses its oldest lines; taken off first, everything else stays in its place. */
    private void dropOldest(List<Row> next) {
        if (rows.isEmpty() || next.isEmpty()) {
            return;
        }
        int gone = indexOf(next.get(0).line().id());
        if (gone > 0) {
            rows = new ArrayList<>(rows.subList(gone, rows.size()));
            fireIntervalRemoved(this, 0, gone - 1);
        }
    }

    private List<Row> rows(List<TranscriptLine> lines, OptionalLong firstFresh) {
        List<Row> next = new ArrayList<>(lines.size());
        @Nullable TranscriptLine previous = null;
        for (TranscriptLine line : lines) {
            next.add(Row.after(previous, line, firstFresh.isPresent() && firstFresh.getAsLong() == line.id(), zone));
            previous = line;
        }
        return next;
    }

    private static boolean same(Row one, Row other) {
        // The model replaces a line that changes, so comparing what it says is not needed.
        return one.line() == other.line()
                && one.newDay() == other.newDay()
                && one.head() == other.head()
                && one.fresh() == other.fresh();
    }
}
