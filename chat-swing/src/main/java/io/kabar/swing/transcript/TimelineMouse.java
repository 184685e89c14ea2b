package io.kabar.swing.transcript;

import com.formdev.flatlaf.util.UIScale;
import io.kabar.chat.view.TranscriptLine.Said;
import java.awt.Cursor;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.event.MouseWheelEvent;
import java.text.BreakIterator;
import java.util.Locale;
import java.util.Optional;
import javax.swing.SwingUtilities;

/** The mouse on a transcript: selects, opens what is pressed, scrolls. */
final class TimelineMouse extends MouseAdapter {

    /** Lines that a notch of the wheel goes. */
    private static final int WHEEL = 3;

    private final Timeline timeline;
    private final MessageActions actions;

    TimelineMouse(Timeline timeline, MessageActions actions) {
        this.timeline = timeline;
        this.actions = actions;
        timeline.addMouseListener(this);
        timeline.addMouseMotionListener(this);
        timeline.addMouseWheelListener(this);
        timeline.setAutoscrolls(true);
    }

    @Override
    public void mousePressed(MouseEvent e) {
        timeline.requestFocusInWindow();
        if (menu(e) || !SwingUtilities.isLeftMouseButton(e)) {
            return;
        }
        Optional<Sight.Slot> slot = timeline.at(e.getY());
        if (slot.isEmpty()) {
            timeline.selection().clear();
        } else if (e.isShiftDown()) {
            timeline.selection().extend(slot.get().row(), offset(slot.get(), e));
        } else {
            begin(slot.get(), e);
        }
        timeline.focusRow(-1);
    }

    private void begin(Sight.Slot slot, MouseEvent e) {
        int offset = offset(slot, e);
        String text = timeline.layout(slot.row()).body().text().text();
        if (e.getClickCount() == 2) {
            BreakIterator words = BreakIterator.getWordInstance(Locale.ROOT);
            words.setText(text);
            int end = words.following(Math.min(offset, Math.max(0, text.length() - 1)));
            timeline.selection().begin(slot.row(), Math.max(0, words.previous()));
            timeline.selection().extend(slot.row(), end == BreakIterator.DONE ? text.length() : end);
        } else if (e.getClickCount() > 2) {
            timeline.selection().begin(slot.row(), 0);
            timeline.selection().extend(slot.row(), text.length());
        } else {
            timeline.selection().begin(slot.row(), offset);
        }
    }

    private int offset(Sight.Slot slot, MouseEvent e) {
        RowLayout row = timeline.layout(slot.row());
        return row.body().offsetAt(e.getX() - row.bodyX(), e.getY() - slot.y() - row.bodyTop());
    }

    @Override
    public void mouseDragged(MouseEvent e) {
        if (!SwingUtilities.isLeftMouseButton(e)) {
            return;
        }
        int line = UIScale.scale(20);
        if (e.getY() < 0) {
            timeline.sight().scroll(-line);
        } else if (e.getY() > timeline.getHeight()) {
            timeline.sight().scroll(line);
        }
        timeline.at(Math.max(0, Math.min(e.getY(), timeline.getHeight() - line)))
                .ifPresent(slot -> timeline.selection().extend(slot.row(), offset(slot, e)));
        timeline.arrange();
    }

    @Override
    public void mouseReleased(MouseEvent e) {
        if (menu(e)
                || !SwingUtilities.isLeftMouseButton(e)
                || !timeline.selection().isEmpty()) {
            return;
        }
        timeline.at(e.getY()).ifPresent(slot -> press(slot, e.getX(), e.getY() - slot.y()));
    }

    private void press(Sight.Slot slot, int x, int y) {
        RowLayout row = timeline.layout(slot.row());
        if (!(row.row().line() instanceof Said said)) {
            RowHits.link(row, x, y).ifPresent(actions::open);
            return;
        }
        Optional<Marks> button = RowHits.button(row, x, y);
        if (button.isPresent()) {
            switch (button.get()) {
                case REPLY -> actions.reply(said);
                case REACT -> actions.react(said);
                default -> actions.menu(said, Optional.empty()).show(timeline, x, slot.y() + y);
            }
            return;
        }
        RowHits.chip(row, x, y).ifPresent(chip -> actions.toggle(said, chip.reaction()));
        RowHits.quote(row, x, y).ifPresent(actions::jump);
        RowHits.link(row, x, y).ifPresent(actions::open);
    }

    private boolean menu(MouseEvent e) {
        if (!e.isPopupTrigger()) {
            return false;
        }
        timeline.at(e.getY()).ifPresent(slot -> {
            timeline.focusRow(slot.row());
            Optional<String> link = RowHits.link(timeline.layout(slot.row()), e.getX(), e.getY() - slot.y());
            actions.menu(timeline.line(slot.row()), link).show(timeline, e.getX(), e.getY());
        });
        return true;
    }

    @Override
    public void mouseMoved(MouseEvent e) {
        Optional<Sight.Slot> slot = timeline.at(e.getY());
        timeline.hover(slot.map(Sight.Slot::row).orElse(-1));
        boolean active = slot.filter(at -> RowHits.isActive(timeline.layout(at.row()), e.getX(), e.getY() - at.y()))
                .isPresent();
        timeline.setCursor(Cursor.getPredefinedCursor(
                active ? Cursor.HAND_CURSOR : slot.isPresent() ? Cursor.TEXT_CURSOR : Cursor.DEFAULT_CURSOR));
    }

    @Override
    public void mouseExited(MouseEvent e) {
        timeline.hover(-1);
    }

    @Override
    public void mouseWheelMoved(MouseWheelEvent e) {
        int line = timeline.getFontMetrics(timeline.getFont()).getHeight();
        timeline.sight().scroll((int) Math.round(e.getPreciseWheelRotation() * WHEEL * line));
        timeline.arrange();
        if (e.getPreciseWheelRotation() < 0 && timeline.firstVisible() == 0 && timeline.isAtTop()) {
            actions.older();
        }
    }
}
