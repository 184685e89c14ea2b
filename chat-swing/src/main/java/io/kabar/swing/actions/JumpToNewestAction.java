package io.kabar.swing.actions;

import java.awt.event.ActionEvent;
import javax.swing.AbstractAction;

/** Goes to the newest line and follows what is said from then on; Escape in the transcript, Ctrl+End anywhere. */
public final class JumpToNewestAction extends AbstractAction {

    private final Runnable jump;

    /** Jumps by running this. */
    public JumpToNewestAction(Runnable jump) {
        super("Jump to newest");
        this.jump = jump;
    }

    @Override
    public void actionPerformed(ActionEvent event) {
        jump.run();
    }
}
