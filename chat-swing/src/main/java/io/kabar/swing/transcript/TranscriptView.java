package io.kabar.swing.transcript;

import io.kabar.chat.view.Transcript;
import io.kabar.swing.actions.CopyLinesAction;
import io.kabar.swing.actions.JumpToNewestAction;
import io.kabar.swing.look.ColumnList;
import io.kabar.swing.look.Theme;
import java.awt.EventQueue;
import java.awt.Rectangle;
import java.awt.event.ComponentAdapter;
import java.awt.event.ComponentEvent;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.awt.event.MouseEvent;
import java.time.ZoneId;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import javax.swing.BorderFactory;
import javax.swing.BoundedRangeModel;
import javax.swing.InputMap;
import javax.swing.JButton;
import javax.swing.JLayeredPane;
import javax.swing.JList;
import javax.swing.JScrollBar;
import javax.swing.JScrollPane;
import javax.swing.KeyStroke;
import javax.swing.ListSelectionModel;
import javax.swing.ScrollPaneConstants;
import org.jspecify.annotations.Nullable;

/**
 * What was said in one room. It follows the newest line as long as the reader is there; scrolled up it stays, and says
 * how much has come meanwhile.
 */
public final class TranscriptView extends JLayeredPane {

    private final TranscriptRows rows;
    private final RowView rowView;
    private final RowList list;
    private final JScrollPane scroll;
    private final JButton newBelow;
    private final Runnable onTop;
    private @Nullable Transcript shown;
    private OptionalLong mark = OptionalLong.empty();
    private boolean following = true;
    private int unseen;
    private boolean scrolling;

    /** {@code onTop} is run when the reader is at the top and wants to go further up. */
    public TranscriptView(ZoneId zone, Runnable onTop) {
        this.onTop = onTop;
        rows = new TranscriptRows(zone);
        rowView = new RowView(zone);
        list = new RowList();
        scroll = new JScrollPane(
                list, ScrollPaneConstants.VERTICAL_SCROLLBAR_AS_NEEDED, ScrollPaneConstants.HORIZONTAL_SCROLLBAR_NEVER);
        scroll.setBorder(BorderFactory.createEmptyBorder());
        scroll.getVerticalScrollBar().putClientProperty("FlatLaf.style", "track: $Kabar.paper");
        scroll.getVerticalScrollBar().addAdjustmentListener(e -> scrolled());
        // At the top a wheel moves nothing, so nobody else tells.
        scroll.addMouseWheelListener(e -> {
            if (e.getWheelRotation() < 0) {
                askForOlder();
            }
        });
        newBelow = new JButton(new JumpToNewestAction(this::jumpToNewest));
        newBelow.setName("chat.newBelow");
        newBelow.putClientProperty("FlatLaf.style", "arc: 999; margin: 4,14,4,14");
        newBelow.setVisible(false);
        add(scroll, DEFAULT_LAYER);
        add(newBelow, PALETTE_LAYER);
        setName("chat.transcript");
    }

    /** Brings up to date what is shown, or shows another transcript. */
    public void show(Transcript transcript, OptionalLong firstUnread) {
        boolean other = transcript != shown;
        boolean marked = !firstUnread.equals(mark);
        shown = transcript;
        mark = firstUnread;
        int before = rows.getSize();
        long newest = before == 0 ? 0 : rows.getElementAt(before - 1).line().id();
        Anchor anchor = anchor();
        rows.show(transcript, firstUnread);
        if (other) {
            list.clearSelection();
            openAt(firstUnread);
        } else if (following && marked) {
            // What was said while nobody was here has arrived: it is read from its beginning.
            openAt(firstUnread);
        } else if (following) {
            scrollToEnd();
        } else {
            unseen += added(newest);
            stay(anchor);
        }
        showNewBelow();
    }

    /** Back to following what is said. */
    public void jumpToNewest() {
        following = true;
        unseen = 0;
        scrollToEnd();
        showNewBelow();
    }

    /** Turns pages, forward or (negative) back, less a line or two to go on reading from. */
    public void page(int by) {
        JScrollBar bar = scroll.getVerticalScrollBar();
        bar.setValue(bar.getValue() + by * bar.getBlockIncrement(by));
        if (by < 0) {
            askForOlder();
        }
    }

    private void askForOlder() {
        if (scroll.getVerticalScrollBar().getValue() == 0) {
            onTop.run();
        }
    }

    /** What takes the focus when the transcript does. */
    public JList<Row> lines() {
        return list;
    }

    private void openAt(OptionalLong firstUnread) {
        unseen = 0;
        following = true;
        scrollToEnd();
        int index = firstUnread.isPresent() ? rows.indexOf(firstUnread.getAsLong()) : -1;
        Rectangle first = index < 0 ? null : list.getCellBounds(index, index);
        if (first != null && first.y < list.getVisibleRect().y) {
            following = false;
            unseen = rows.getSize() - index;
            list.scrollRectToVisible(new Rectangle(0, first.y, 1, list.getVisibleRect().height));
        }
    }

    private int added(long newestBefore) {
        int count = 0;
        for (int i = rows.getSize() - 1; i >= 0 && rows.getElementAt(i).line().id() > newestBefore; i--) {
            count++;
        }
        return count;
    }

    /** The line at the top, and how far below the top it ends: what is above it may come and go. */
    private Anchor anchor() {
        int index = list.getFirstVisibleIndex();
        Rectangle cell = index < 0 ? null : list.getCellBounds(index, index);
        return cell == null
                ? new Anchor(0, 0)
                : new Anchor(rows.getElementAt(index).line().id(), cell.y + cell.height - list.getVisibleRect().y);
    }

    /** Lines that were put in or dropped above must not move what is being read. */
    private void stay(Anchor anchor) {
        int index = rows.indexOf(anchor.line());
        Rectangle cell = index < 0 ? null : list.getCellBounds(index, index);
        if (cell != null) {
            scrolling = true;
            scroll.validate();
            scroll.getVerticalScrollBar().setValue(cell.y + cell.height - anchor.end());
            scrolling = false;
        }
    }

    private record Anchor(long line, int end) {}

    private void scrollToEnd() {
        scrolling = true;
        scroll.validate();
        list.scrollRectToVisible(new Rectangle(0, list.getHeight() - 1, 1, 1));
        scrolling = false;
    }

    /** Only the reader's own hand ends following; text that grows and a window that changes its size do not. */
    private void scrolled() {
        if (scrolling) {
            return;
        }
        BoundedRangeModel bar = scroll.getVerticalScrollBar().getModel();
        boolean atEnd = bar.getValue() + bar.getExtent()
                >= bar.getMaximum() - list.getFont().getSize();
        if (atEnd) {
            following = true;
            unseen = 0;
        } else if (EventQueue.getCurrentEvent() instanceof InputEvent) {
            following = false;
            askForOlder();
        } else if (following) {
            scrollToEnd();
        }
        showNewBelow();
    }

    private void showNewBelow() {
        newBelow.setText(unseen == 0 ? "Jump to newest" : unseen + " new below");
        boolean show = !following;
        if (show != newBelow.isVisible() || show) {
            newBelow.setVisible(show);
            revalidate();
            repaint();
        }
    }

    @Override
    public void doLayout() {
        scroll.setBounds(0, 0, getWidth(), getHeight());
        var size = newBelow.getPreferredSize();
        newBelow.setBounds(
                (getWidth() - size.width) / 2, getHeight() - size.height - size.height / 2, size.width, size.height);
    }

    /** The list, as wide as its view port, and measured anew when that changes. */
    private final class RowList extends ColumnList<Row> {

        RowList() {
            super(rows);
            setName("chat.lines");
            getAccessibleContext().setAccessibleName("Messages");
            setCellRenderer(rowView);
            setSelectionMode(ListSelectionModel.MULTIPLE_INTERVAL_SELECTION);
            setBorder(BorderFactory.createEmptyBorder(0, 0, 10, 0));
            InputMap keys = getInputMap(WHEN_FOCUSED);
            CopyLinesAction copy = new CopyLinesAction(this::selectedText);
            keys.put(copy.key(), "copy-lines");
            getActionMap().put("copy-lines", copy);
            keys.put(KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), "jump-to-newest");
            getActionMap().put("jump-to-newest", new JumpToNewestAction(() -> {
                clearSelection();
                jumpToNewest();
            }));
            addComponentListener(new ComponentAdapter() {
                private int width;

                @Override
                public void componentResized(ComponentEvent e) {
                    if (getWidth() != width) {
                        width = getWidth();
                        measureAgain();
                    }
                }
            });
        }

        private void measureAgain() {
            // The documented way to drop a list's cached cell heights.
            setFixedCellHeight(1);
            setFixedCellHeight(-1);
            if (following) {
                scrollToEnd();
            }
        }

        private String selectedText() {
            return getSelectedValuesList().stream().map(rowView::copied).collect(Collectors.joining("\n"));
        }

        @Override
        public void updateUI() {
            super.updateUI();
            setBackground(Theme.color("paper"));
        }

        @Override
        public @Nullable String getToolTipText(MouseEvent event) {
            int index = locationToIndex(event.getPoint());
            Rectangle cell = index < 0 ? null : getCellBounds(index, index);
            return cell == null || !cell.contains(event.getPoint()) ? null : rowView.tip(rows.getElementAt(index));
        }
    }
}
