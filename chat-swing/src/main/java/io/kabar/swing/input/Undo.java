package io.kabar.swing.input;

import io.kabar.swing.actions.RunAction;
import java.awt.Toolkit;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import javax.swing.KeyStroke;
import javax.swing.text.JTextComponent;
import javax.swing.undo.UndoManager;

/** Takes back what was typed, and takes that back: the platform's keys, in one text. */
final class Undo {

    private static final int MOST = 500;

    private final UndoManager edits = new UndoManager();
    private final RunAction undo = new RunAction("Undo", this::undo);
    private final RunAction redo = new RunAction("Redo", this::redo);

    Undo(JTextComponent text) {
        edits.setLimit(MOST);
        text.getDocument().addUndoableEditListener(edits);
        int menu = Toolkit.getDefaultToolkit().getMenuShortcutKeyMaskEx();
        bind(text, KeyStroke.getKeyStroke(KeyEvent.VK_Z, menu), undo);
        bind(text, KeyStroke.getKeyStroke(KeyEvent.VK_Y, menu), redo);
        bind(text, KeyStroke.getKeyStroke(KeyEvent.VK_Z, menu | InputEvent.SHIFT_DOWN_MASK), redo);
    }

    private static void bind(JTextComponent text, KeyStroke key, RunAction action) {
        text.getInputMap().put(key, action);
        text.getActionMap().put(action, action);
    }

    /** What was typed until now is not taken back any more: it is the text of another room. */
    void forget() {
        edits.discardAllEdits();
    }

    RunAction action() {
        undo.setEnabled(edits.canUndo());
        return undo;
    }

    private void undo() {
        if (edits.canUndo()) {
            edits.undo();
        }
    }

    private void redo() {
        if (edits.canRedo()) {
            edits.redo();
        }
    }
}
