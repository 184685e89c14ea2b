package io.kabar.swing.actions;

import java.awt.event.ActionEvent;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import javax.swing.AbstractAction;
import javax.swing.KeyStroke;

/** Goes to the next room of the list; Alt+Down. */
public final class NextRoomAction extends AbstractAction {

    private final Runnable next;

    /** Goes on by running this. */
    public NextRoomAction(Runnable next) {
        super("Next room");
        putValue(ACCELERATOR_KEY, KeyStroke.getKeyStroke(KeyEvent.VK_DOWN, InputEvent.ALT_DOWN_MASK));
        this.next = next;
    }

    @Override
    public void actionPerformed(ActionEvent event) {
        next.run();
    }
}
