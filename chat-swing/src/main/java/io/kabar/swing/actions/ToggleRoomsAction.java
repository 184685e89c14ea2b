package io.kabar.swing.actions;

import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import javax.swing.AbstractAction;
import javax.swing.KeyStroke;

/** Shows or hides the list of rooms; F7. */
public final class ToggleRoomsAction extends AbstractAction {

    private final Runnable toggle;

    /** Toggles it by running this. */
    public ToggleRoomsAction(Runnable toggle) {
        super("Rooms");
        putValue(ACCELERATOR_KEY, KeyStroke.getKeyStroke(KeyEvent.VK_F7, 0));
        this.toggle = toggle;
    }

    @Override
    public void actionPerformed(ActionEvent event) {
        toggle.run();
    }
}
