package io.kabar.cli.screen;

import io.kabar.chat.view.Transcript;
import io.kabar.chat.view.TranscriptLine;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jline.utils.AttributedString;

/**
 * As much of a transcript as there is place for. Only the lines in sight are laid out, from the bottom up, so that a
 * long one costs no more than a short one.
 */
final class TranscriptPane {

    private final Transcript transcript;
    private final OptionalLong firstNew;
    private final OptionalLong chosen;
    private final LineRows layout;
    private final int height;
    /** By index; what was laid out for this picture. */
    private final Map<Integer, List<AttributedString>> known = new HashMap<>();

    private int bottom;
    private int hidden;

    /**
     * A picture of a transcript.
     *
     * @param firstNew the line before which the mark "new" stands
     * @param chosen the line that the reader has chosen
     */
    TranscriptPane(
            Look look,
            Transcript transcript,
            OptionalLong firstNew,
            OptionalLong chosen,
            int width,
            int height,
            Instant now) {
        this.transcript = transcript;
        this.firstNew = firstNew;
        this.chosen = chosen;
        this.height = height;
        layout = new LineRows(look, width, now);
    }

    /** Exactly as many rows as there are, the newest at the bottom unless the reader is elsewhere. */
    List<AttributedString> draw(Scroll scroll) {
        int last = transcript.size() - 1;
        if (last < 0) {
            scroll.takePending();
            scroll.drawn(OptionalLong.empty(), 0, true, 0, Set.of());
            return blank(height);
        }
        place(scroll, last);
        Deque<AttributedString> rows = new ArrayDeque<>();
        Set<Long> whole = new HashSet<>();
        int index = bottom;
        boolean top = false;
        while (rows.size() < height && index >= 0) {
            List<AttributedString> of = rows(index);
            int end = index == bottom ? of.size() - hidden : of.size();
            for (int i = end - 1; i >= 0 && rows.size() < height; i--) {
                rows.addFirst(of.get(i));
                if (i == 0) {
                    top = index == 0;
                    whole.add(transcript.line(index).id());
                }
            }
            index--;
        }
        boolean newest = bottom == last && hidden == 0;
        scroll.drawn(
                newest
                        ? OptionalLong.empty()
                        : OptionalLong.of(transcript.line(bottom).id()),
                hidden,
                top,
                last - bottom + (hidden > 0 ? 1 : 0),
                whole);
        List<AttributedString> picture = blank(height - rows.size());
        picture.addAll(rows);
        return picture;
    }

    private static List<AttributedString> blank(int rows) {
        List<AttributedString> blank = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            blank.add(AttributedString.EMPTY);
        }
        return blank;
    }

    private void place(Scroll scroll, int last) {
        bottom = last;
        hidden = 0;
        if (scroll.bottom().isPresent()) {
            bottom = indexOf(scroll.bottom().getAsLong());
            hidden = Math.min(scroll.hidden(), rows(bottom).size() - 1);
        }
        int pending = scroll.takePending();
        if (scroll.takeFromTop()) {
            hidden = Math.max(0, rows(bottom).size() - height);
            pending = Math.min(0, rows(bottom).size() - height);
        }
        for (; pending > 0; pending--) {
            up();
        }
        for (; pending < 0 && (bottom < last || hidden > 0); pending++) {
            down();
        }
        if (bottom < last || hidden > 0) {
            fill(last);
        }
    }

    private void up() {
        if (hidden + 1 < rows(bottom).size()) {
            hidden++;
        } else if (bottom > 0) {
            bottom--;
            hidden = 0;
        }
    }

    private void down() {
        if (hidden > 0) {
            hidden--;
        } else {
            bottom++;
            hidden = rows(bottom).size() - 1;
        }
    }

    /** Whoever has gone up as far as they can sees the oldest line at the top, not in the middle. */
    private void fill(int last) {
        int above = rows(bottom).size() - hidden;
        for (int index = bottom - 1; index >= 0 && above < height; index--) {
            above += rows(index).size();
        }
        for (; above < height && (bottom < last || hidden > 0); above++) {
            down();
        }
    }

    /** Where a line is; one that is not kept any more was the oldest. */
    private int indexOf(long id) {
        for (int i = transcript.size() - 1; i >= 0; i--) {
            if (transcript.line(i).id() == id) {
                return i;
            }
        }
        return 0;
    }

    private List<AttributedString> rows(int index) {
        return known.computeIfAbsent(index, at -> {
            TranscriptLine line = transcript.line(at);
            return layout.of(
                    at == 0 ? null : transcript.line(at - 1),
                    line,
                    firstNew.isPresent() && firstNew.getAsLong() == line.id(),
                    chosen.isPresent() && chosen.getAsLong() == line.id());
        });
    }
}
