package io.kabar.swing.actions;

import java.awt.event.ActionEvent;
import javax.swing.AbstractAction;
import javax.swing.KeyStroke;

/** Turns a page of the transcript while one writes; Page Up and Page Down. */
public final class TurnPageAction extends AbstractAction {

    private final Runnable turn;

    /** Turns a page by running this, on that key. */
    public TurnPageAction(int key, Runnable turn) {
        super("Turn page");
        putValue(ACCELERATOR_KEY, KeyStroke.getKeyStroke(key, 0));
        this.turn = turn;
    }

    @Override
    public void actionPerformed(ActionEvent event) {
        turn.run();
    }
}
