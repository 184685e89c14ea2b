package io.kabar.swing.actions;

import java.awt.event.ActionEvent;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import javax.swing.AbstractAction;
import javax.swing.KeyStroke;

/** Goes to the room above in the list; Alt+Up. */
public final class PreviousRoomAction extends AbstractAction {

    private final Runnable previous;

    /** Goes back by running this. */
    public PreviousRoomAction(Runnable previous) {
        super("Previous room");
        putValue(ACCELERATOR_KEY, KeyStroke.getKeyStroke(KeyEvent.VK_UP, InputEvent.ALT_DOWN_MASK));
        this.previous = previous;
    }

    @Override
    public void actionPerformed(ActionEvent event) {
        previous.run();
    }
}
