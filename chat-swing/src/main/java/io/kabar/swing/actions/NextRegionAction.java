package io.kabar.swing.actions;

import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import javax.swing.AbstractAction;
import javax.swing.KeyStroke;

/** Moves the focus to the next part of the window; F6. */
public final class NextRegionAction extends AbstractAction {

    private final Runnable move;

    /** Moves it by running this. */
    public NextRegionAction(Runnable move) {
        super("Next part");
        putValue(ACCELERATOR_KEY, KeyStroke.getKeyStroke(KeyEvent.VK_F6, 0));
        this.move = move;
    }

    @Override
    public void actionPerformed(ActionEvent event) {
        move.run();
    }
}
