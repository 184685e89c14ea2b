package io.kabar.swing.transcript;

import io.kabar.chat.view.TranscriptLine;
import io.kabar.chat.view.TranscriptLine.Said;
import io.kabar.swing.actions.CopyLinesAction;
import io.kabar.swing.actions.RunAction;
import java.awt.event.InputEvent;
import java.awt.event.KeyAdapter;
import java.awt.event.KeyEvent;
import java.util.Optional;
import java.util.function.Consumer;
import javax.swing.KeyStroke;

/**
 * The keys on a transcript: arrows move the focus from row to row, with Shift they select, and a letter does something
 * with the message that has it; any other letter goes to where one writes.
 */
final class TimelineKeys extends KeyAdapter {

    private final Timeline timeline;
    private final MessageActions actions;
    private final Runnable toNewest;

    TimelineKeys(Timeline timeline, MessageActions actions, Runnable toNewest) {
        this.timeline = timeline;
        this.actions = actions;
        this.toNewest = toNewest;
        timeline.addKeyListener(this);
        bind("UP", () -> move(-1, false));
        bind("DOWN", () -> move(1, false));
        bind("shift UP", () -> move(-1, true));
        bind("shift DOWN", () -> move(1, true));
        bind("PAGE_UP", () -> page(-1));
        bind("PAGE_DOWN", () -> page(1));
        bind("HOME", this::first);
        bind("END", this::newest);
        bind("ESCAPE", this::newest);
        bind("BACK_SPACE", () -> message(actions::delete));
        bind("DELETE", () -> message(actions::delete));
        bind("ENTER", this::menu);
        bind("CONTEXT_MENU", this::menu);
        bind("shift F10", this::menu);
        CopyLinesAction copy = new CopyLinesAction(timeline::selectedText);
        timeline.getInputMap().put(copy.key(), "copy");
        timeline.getActionMap().put("copy", copy);
        RunAction all = new RunAction("Select all", this::selectAll);
        timeline.getInputMap().put(KeyStroke.getKeyStroke(KeyEvent.VK_A, InputEvent.CTRL_DOWN_MASK), "all");
        timeline.getActionMap().put("all", all);
    }

    private void bind(String key, Runnable body) {
        timeline.getInputMap().put(KeyStroke.getKeyStroke(key), key);
        timeline.getActionMap().put(key, new RunAction(key, key, body));
    }

    private void move(int by, boolean selects) {
        int at = timeline.focusedRow();
        int row = at < 0 ? timeline.lastVisible() : Math.max(0, Math.min(at + by, timeline.count() - 1));
        if (row < 0) {
            return;
        }
        if (selects) {
            select(at < 0 ? row : at, row);
        } else {
            timeline.selection().clear();
        }
        timeline.focusRow(row);
        if (row == 0 && by < 0) {
            actions.older();
        }
    }

    /** Whole rows, from where it began to here. */
    private void select(int from, int to) {
        Selection selection = timeline.selection();
        int begin = selection.isEmpty() ? from : selection.anchor().row();
        selection.begin(begin, to >= begin ? 0 : Integer.MAX_VALUE);
        selection.extend(to, to >= begin ? Integer.MAX_VALUE : 0);
    }

    private void selectAll() {
        if (timeline.count() > 0) {
            timeline.selection().begin(0, 0);
            timeline.selection().extend(timeline.count() - 1, Integer.MAX_VALUE);
            timeline.repaint();
        }
    }

    private void page(int by) {
        timeline.page(by);
        timeline.focusRow(by < 0 ? timeline.firstVisible() : timeline.lastVisible());
        if (by < 0 && timeline.isAtTop()) {
            actions.older();
        }
    }

    private void first() {
        if (timeline.count() > 0) {
            timeline.focusRow(0);
            timeline.sight().show(0, 0);
            timeline.arrange();
            actions.older();
        }
    }

    private void newest() {
        timeline.selection().clear();
        timeline.focusRow(-1);
        toNewest.run();
    }

    private void menu() {
        int row = timeline.focusedRow();
        if (row >= 0) {
            timeline.sight().reveal(row, timeline.covered());
            int y = timeline.sight().slots().stream()
                    .filter(slot -> slot.row() == row)
                    .mapToInt(slot -> slot.y() + timeline.layout(row).bodyTop())
                    .findFirst()
                    .orElse(0);
            actions.menu(timeline.line(row), Optional.empty()).show(timeline, RowLayout.margin() * 2, Math.max(0, y));
        }
    }

    private void message(Consumer<Said> deed) {
        Optional<TranscriptLine> line = timeline.focusedLine();
        if (line.isPresent()
                && line.get() instanceof Said said
                && said.state().sequence() > 0
                && !said.reading().deleted()) {
            deed.accept(said);
        }
    }

    @Override
    public void keyTyped(KeyEvent e) {
        boolean command = e.isControlDown() || e.isMetaDown() || (e.isAltDown() && !e.isAltGraphDown());
        if (command || Character.isISOControl(e.getKeyChar())) {
            return;
        }
        boolean focused = timeline.focusedLine().isPresent();
        switch (focused ? e.getKeyChar() : 0) {
            case 'r', 'R' -> message(actions::reply);
            case '=', '+' -> message(actions::react);
            case 'e', 'E' -> message(actions::edit);
            default -> actions.type(e.getKeyChar());
        }
        e.consume();
    }
}
