package io.kabar.swing.actions;

import java.awt.event.ActionEvent;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import javax.swing.AbstractAction;
import javax.swing.KeyStroke;

/** Leaves the server and goes back to where one came from; Ctrl+W. */
public final class SignOutAction extends AbstractAction {

    private final Runnable signOut;

    /** Signs out by running this. */
    public SignOutAction(Runnable signOut) {
        super("Sign out");
        putValue(ACCELERATOR_KEY, KeyStroke.getKeyStroke(KeyEvent.VK_W, InputEvent.CTRL_DOWN_MASK));
        this.signOut = signOut;
    }

    @Override
    public void actionPerformed(ActionEvent event) {
        signOut.run();
    }
}
