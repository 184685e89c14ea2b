package io.kabar.swing.transcript;

import com.formdev.flatlaf.util.UIScale;
import io.kabar.chat.view.LinesObserver;
import io.kabar.chat.view.Transcript;
import io.kabar.swing.actions.JumpToNewestAction;
import java.awt.Dimension;
import java.time.ZoneId;
import java.util.OptionalInt;
import java.util.OptionalLong;
import javax.swing.JButton;
import javax.swing.JLayeredPane;
import javax.swing.JScrollBar;
import org.jspecify.annotations.Nullable;

/**
 * What was said in one room. It follows the newest line as long as the reader is there; scrolled up it stays, and says
 * how much has come meanwhile.
 */
public final class TranscriptView extends JLayeredPane {

    private final TranscriptRows rows;
    private final Timeline timeline;
    private final JScrollBar bar = new JScrollBar();
    private final JButton newBelow;
    private final MessageActions actions;
    private final LinesObserver counter = new Counter();
    private @Nullable Transcript shown;
    private OptionalLong mark = OptionalLong.empty();
    private int unseen;
    private boolean moving;

    /** What the reader wants to do is told to {@code actions}. */
    public TranscriptView(ZoneId zone, MessageActions actions) {
        this.actions = actions;
        rows = new TranscriptRows(zone);
        timeline = new Timeline(rows, new RowWords(zone), this::moved);
        new TimelineMouse(timeline, actions);
        new TimelineKeys(timeline, actions, this::jumpToNewest);
        bar.setOpaque(false); // it lies over the margin of the rows
        bar.setUnitIncrement(Sight.UNIT);
        bar.addAdjustmentListener(e -> dragged());
        newBelow = new JButton(new JumpToNewestAction(this::jumpToNewest));
        newBelow.setName("chat.newBelow");
        newBelow.putClientProperty("FlatLaf.style", "arc: 999; margin: 4,14,4,14");
        newBelow.setVisible(false);
        add(timeline, DEFAULT_LAYER);
        add(bar, PALETTE_LAYER);
        add(newBelow, PALETTE_LAYER);
        setName("chat.transcript");
    }

    /** Brings up to date what is shown, or shows another transcript. */
    public void show(Transcript transcript, OptionalLong firstUnread) {
        boolean other = transcript != shown;
        boolean marked = !firstUnread.equals(mark);
        mark = firstUnread;
        rows.show(transcript, firstUnread);
        if (other) {
            follow(transcript);
        }
        // What was said while nobody was here has arrived: it is read from its beginning.
        if (other || (timeline.sight().isFollowing() && marked)) {
            openAt(firstUnread);
        }
        timeline.arrange();
    }

    private void follow(Transcript transcript) {
        if (shown != null) {
            shown.unobserve(timeline);
            shown.unobserve(counter);
        }
        shown = transcript;
        transcript.observe(timeline);
        transcript.observe(counter);
        timeline.selection().clear();
        timeline.focusRow(-1);
    }

    /** Shows a transcript no more, and keeps nothing of it. */
    public void forget() {
        if (shown != null) {
            shown.unobserve(timeline);
            shown.unobserve(counter);
        }
    }

    /** Back to following what is said. */
    public void jumpToNewest() {
        unseen = 0;
        timeline.sight().toEnd();
        timeline.arrange();
    }

    /** Goes to a message, which gets the focus; false if it does not stand here. */
    public boolean jumpTo(long sequence) {
        OptionalInt index = shown == null ? OptionalInt.empty() : shown.indexOfMessage(sequence);
        if (index.isPresent()) {
            timeline.lay();
            timeline.sight().show(index.getAsInt(), getHeight() / 3);
            timeline.requestFocusInWindow();
            timeline.focusRow(index.getAsInt());
        }
        return index.isPresent();
    }

    /** Turns pages, forward or (negative) back, less a line or two to go on reading from. */
    public void page(int by) {
        timeline.page(by);
        if (by < 0 && timeline.isAtTop()) {
            actions.older();
        }
    }

    /** What takes the focus when the transcript does. */
    public Timeline lines() {
        return timeline;
    }

    private void openAt(OptionalLong firstUnread) {
        unseen = 0;
        timeline.sight().toEnd();
        timeline.lay();
        int index = firstUnread.isPresent() ? rows.indexOf(firstUnread.getAsLong()) : -1;
        if (index >= 0 && index <= timeline.firstVisible()) {
            unseen = rows.size() - index;
            timeline.sight().show(index, 0);
        }
    }

    /** Something stands elsewhere: the bar and the button follow. */
    private void moved() {
        Sight sight = timeline.sight();
        moving = true;
        bar.setValues(sight.value(), sight.extent(), 0, sight.maximum());
        bar.setBlockIncrement(Math.max(Sight.UNIT, sight.extent() - Sight.UNIT));
        moving = false;
        boolean needsBar = sight.slots().size() < rows.size()
                || (!sight.slots().isEmpty() && sight.slots().get(0).y() < 0);
        if (needsBar != bar.isVisible()) {
            bar.setVisible(needsBar);
        }
        showNewBelow();
    }

    /** Only the reader's own hand moves it when nothing else does. */
    private void dragged() {
        if (!moving) {
            timeline.sight().value(bar.getValue());
            timeline.arrange();
            if (timeline.isAtTop()) {
                actions.older();
            }
        }
    }

    private void showNewBelow() {
        boolean show = !timeline.sight().isFollowing();
        unseen = show ? unseen : 0;
        newBelow.setText(unseen == 0 ? "Jump to newest" : unseen + " new below");
        if (show != newBelow.isVisible() || show) {
            newBelow.setVisible(show);
            revalidate();
            repaint();
        }
    }

    @Override
    public void doLayout() {
        int wide = bar.getPreferredSize().width;
        bar.setBounds(getWidth() - wide, 0, wide, getHeight());
        timeline.setBounds(0, 0, getWidth(), getHeight());
        Dimension size = newBelow.getPreferredSize();
        newBelow.setBounds(
                (getWidth() - size.width) / 2, getHeight() - size.height - UIScale.scale(14), size.width, size.height);
        timeline.arrange();
    }

    @Override
    public Dimension getPreferredSize() {
        return timeline.getPreferredSize();
    }

    @Override
    public boolean isOptimizedDrawingEnabled() {
        return false; // the button lies over the rows
    }

    /** What has come below while the reader is further up. */
    private final class Counter implements LinesObserver {
        @Override
        public void added(int index, int count) {
            if (!timeline.sight().isFollowing() && index + count == rows.size()) {
                unseen += count;
            }
        }

        @Override
        public void removed(int index, int count) {
            // What is gone was seen, or will never be.
        }

        @Override
        public void changed(int index) {
            // It is no more for that.
        }
    }
}
