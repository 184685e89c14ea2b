package io.kabar.swing.actions;

import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import javax.swing.AbstractAction;
import javax.swing.KeyStroke;

/** Shows or hides the list of people; F8. */
public final class ToggleRosterAction extends AbstractAction {

    private final Runnable toggle;

    /** Toggles it by running this. */
    public ToggleRosterAction(Runnable toggle) {
        super("People");
        putValue(ACCELERATOR_KEY, KeyStroke.getKeyStroke(KeyEvent.VK_F8, 0));
        this.toggle = toggle;
    }

    @Override
    public void actionPerformed(ActionEvent event) {
        toggle.run();
    }
}
