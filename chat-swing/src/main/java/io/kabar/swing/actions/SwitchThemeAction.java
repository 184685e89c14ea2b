package io.kabar.swing.actions;

import java.awt.event.ActionEvent;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import javax.swing.AbstractAction;
import javax.swing.KeyStroke;

/** Switches between the look of the system, light and dark; Ctrl+T. */
public final class SwitchThemeAction extends AbstractAction {

    private final Runnable next;

    /** Switches by running this. */
    public SwitchThemeAction(Runnable next) {
        super("Theme");
        putValue(ACCELERATOR_KEY, KeyStroke.getKeyStroke(KeyEvent.VK_T, InputEvent.CTRL_DOWN_MASK));
        this.next = next;
    }

    @Override
    public void actionPerformed(ActionEvent event) {
        next.run();
    }
}
