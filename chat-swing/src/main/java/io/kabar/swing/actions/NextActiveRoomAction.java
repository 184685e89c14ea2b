package io.kabar.swing.actions;

import java.awt.event.ActionEvent;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import javax.swing.AbstractAction;
import javax.swing.KeyStroke;

/** Goes to the next room with something unread, those that name this user first; Alt+A. */
public final class NextActiveRoomAction extends AbstractAction {

    private final Runnable next;

    /** Goes there by running this. */
    public NextActiveRoomAction(Runnable next) {
        super("Next unread room");
        putValue(ACCELERATOR_KEY, KeyStroke.getKeyStroke(KeyEvent.VK_A, InputEvent.ALT_DOWN_MASK));
        this.next = next;
    }

    @Override
    public void actionPerformed(ActionEvent event) {
        next.run();
    }
}
