package io.kabar.swing.actions;

import java.awt.event.ActionEvent;
import javax.swing.AbstractAction;

/** Leaves the server and goes back to where one came from; Ctrl+W. */
public final class SignOutAction extends AbstractAction {

    private final Runnable signOut;

    /** Signs out by running this. */
    public SignOutAction(Runnable signOut) {
        super("Sign out");
        this.signOut = signOut;
    }

    @Override
    public void actionPerformed(ActionEvent event) {
        signOut.run();
    }
}
