package io.kabar.swing.transcript;

import com.formdev.flatlaf.util.UIScale;
import io.kabar.chat.view.LinesObserver;
import io.kabar.chat.view.TranscriptLine;
import io.kabar.chat.view.TranscriptLine.Said;
import io.kabar.swing.look.Theme;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.event.FocusAdapter;
import java.awt.event.FocusEvent;
import java.awt.event.MouseEvent;
import java.util.Optional;
import java.util.StringJoiner;
import javax.accessibility.Accessible;
import javax.accessibility.AccessibleContext;
import javax.swing.JComponent;
import javax.swing.ToolTipManager;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a transcript that are in sight; no others are ever laid out, however many there are. One row has the
 * focus of the keyboard, and text is selected over any of them. Event thread only.
 */
public final class Timeline extends JComponent implements LinesObserver, Accessible {

    private final TranscriptRows rows;
    private final RowWords words;
    private final RowCache cache = new RowCache();
    private final Sight sight;
    private final Selection selection = new Selection();
    private final RowPainter painter;
    private final Runnable onMoved;
    private @Nullable Fonts fonts;
    private int focused = -1;
    private int hovered = -1;

    Timeline(TranscriptRows rows, RowWords words, Runnable onMoved) {
        this.rows = rows;
        this.words = words;
        this.onMoved = onMoved;
        sight = new Sight(rows::size, this::heightOf);
        painter = new RowPainter(this, words);
        setName("chat.lines");
        setFocusable(true);
        setOpaque(true);
        ToolTipManager.sharedInstance().registerComponent(this);
        addFocusListener(new FocusAdapter() {
            @Override
            public void focusGained(FocusEvent e) {
                repaint();
            }

            @Override
            public void focusLost(FocusEvent e) {
                repaint();
            }
        });
        updateUI();
    }

    // --- What is in sight -------------------------------------------------------------------------------------

    /** Where the first row in sight stands; -1 if there is none. */
    public int firstVisible() {
        lay();
        return sight.slots().isEmpty() ? -1 : sight.slots().get(0).row();
    }

    /** Where the last row in sight stands; -1 if there is none. */
    public int lastVisible() {
        lay();
        return sight.slots().isEmpty()
                ? -1
                : sight.slots().get(sight.slots().size() - 1).row();
    }

    /** How many rows there are. */
    public int count() {
        return rows.size();
    }

    /** What a screen reader says of a row. */
    public String spoken(int row) {
        return words.spoken(rows.line(row));
    }

    /** How many rows were ever measured. */
    public long laidOut() {
        return cache.laidOut();
    }

    Sight sight() {
        return sight;
    }

    Selection selection() {
        return selection;
    }

    TranscriptLine line(int row) {
        return rows.line(row);
    }

    RowLayout layout(int row) {
        Fonts used = fonts;
        if (used == null || !used.base().equals(getFont())) {
            used = Fonts.of(this);
            fonts = used;
            cache.clear();
        }
        return cache.layout(rows.row(row), Math.max(getWidth(), UIScale.scale(120)), used);
    }

    private int heightOf(int row) {
        return layout(row).height();
    }

    void lay() {
        sight.lay(Math.max(0, getHeight() - UIScale.scale(10)));
    }

    /** Something may stand elsewhere now. */
    void arrange() {
        lay();
        onMoved.run();
        repaint();
    }

    /** The row at this height, if there is one. */
    Optional<Sight.Slot> at(int y) {
        lay();
        return sight.slots().stream()
                .filter(slot -> y >= slot.y() && y < slot.end())
                .findFirst();
    }

    /** Whether there is nothing further up. */
    boolean isAtTop() {
        lay();
        return sight.slots().isEmpty()
                || (sight.slots().get(0).row() == 0 && sight.slots().get(0).y() >= 0);
    }

    /** Turns pages, less a line or two to go on reading from. */
    void page(int by) {
        lay();
        int line = getFontMetrics(getFont()).getHeight();
        sight.scroll(by * Math.max(line, getHeight() - 3 * line));
        arrange();
    }

    /** How much at the top is covered by who speaks there. */
    int covered() {
        return fonts == null ? 0 : fonts.name().getHeight() + UIScale.scale(8);
    }

    private boolean needsSticky() {
        if (sight.slots().isEmpty()) {
            return false;
        }
        Sight.Slot first = sight.slots().get(0);
        RowLayout row = layout(first.row());
        return first.y() < -row.top()
                || (first.y() <= 0 && !row.row().head() && row.row().line() instanceof Said);
    }

    // --- The row with the focus -------------------------------------------------------------------------------

    /** The row that keys act on; empty if none has their focus. */
    public Optional<TranscriptLine> focusedLine() {
        return focused >= 0 && focused < rows.size() ? Optional.of(rows.line(focused)) : Optional.empty();
    }

    int focusedRow() {
        return Math.min(focused, rows.size() - 1);
    }

    /** Gives a row the focus of the keys; none if it is negative. */
    void focusRow(int row) {
        focused = row;
        if (row >= 0) {
            sight.reveal(row, covered());
            getAccessibleContext()
                    .firePropertyChange(
                            AccessibleContext.ACCESSIBLE_ACTIVE_DESCENDANT_PROPERTY,
                            null,
                            getAccessibleContext().getAccessibleChild(row));
        }
        arrange();
    }

    void hover(int row) {
        if (row != hovered) {
            hovered = row;
            repaint();
        }
    }

    /** What is selected: of one row its characters alone, of several "name: text" of each. */
    String selectedText() {
        if (selection.isEmpty()) {
            return focusedLine()
                    .map(line -> RowWords.speaker(line) + RowWords.body(line).text())
                    .orElse("");
        }
        StringJoiner text = new StringJoiner("\n");
        int last = Math.min(selection.last().row(), rows.size() - 1);
        boolean several = selection.first().row() < last;
        for (int row = selection.first().row(); row <= last; row++) {
            TranscriptLine line = rows.line(row);
            String body = RowWords.body(line).text();
            int[] of = selection.of(row, body.length());
            if (of[0] < of[1]) {
                text.add((several ? RowWords.speaker(line) : "") + body.substring(of[0], of[1]));
            }
        }
        return text.toString();
    }

    // --- Changes ----------------------------------------------------------------------------------------------

    @Override
    public void added(int index, int count) {
        sight.added(index, count);
        selection.added(index, count);
        focused += focused >= index ? count : 0;
        hovered = -1;
    }

    @Override
    public void removed(int index, int count) {
        sight.removed(index, count);
        selection.removed(index, count);
        focused -= focused >= index + count ? count : 0;
        hovered = -1;
    }

    @Override
    public void changed(int index) {
        // It is asked for when it is drawn.
    }

    // --- Drawing ----------------------------------------------------------------------------------------------

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D g = (Graphics2D) graphics.create();
        g.setColor(getBackground());
        g.fillRect(0, 0, getWidth(), getHeight());
        lay();
        for (Sight.Slot slot : sight.slots()) {
            RowLayout row = layout(slot.row());
            int[] selected = selection.of(slot.row(), row.body().text().text().length());
            g.translate(0, slot.y());
            painter.paint(g, row, selected, slot.row() == focused && isFocusOwner(), slot.row() == hovered);
            g.translate(0, -slot.y());
        }
        if (needsSticky()) {
            painter.sticky(g, layout(sight.slots().get(0).row()), covered());
        }
        g.dispose();
    }

    @Override
    public Dimension getPreferredSize() {
        return isPreferredSizeSet() ? super.getPreferredSize() : UIScale.scale(new Dimension(400, 300));
    }

    @Override
    public void updateUI() {
        super.updateUI();
        setFont(javax.swing.UIManager.getFont("List.font"));
        setForeground(javax.swing.UIManager.getColor("List.foreground"));
        setBackground(Theme.color("paper"));
        fonts = null;
    }

    @Override
    public @Nullable String getToolTipText(MouseEvent event) {
        return at(event.getY()).map(slot -> words.tip(rows.line(slot.row()))).orElse(null);
    }

    @Override
    public AccessibleContext getAccessibleContext() {
        if (accessibleContext == null) {
            accessibleContext = new AccessibleTimeline(this);
        }
        return accessibleContext;
    }
}
