package io.kabar.swing.actions;

import java.awt.event.ActionEvent;
import javax.swing.AbstractAction;

/** Gives up what is under way; Escape. */
public final class CancelAction extends AbstractAction {

    private final Runnable cancel;

    /** Gives up by running this. */
    public CancelAction(Runnable cancel) {
        super("Cancel");
        this.cancel = cancel;
    }

    @Override
    public void actionPerformed(ActionEvent event) {
        cancel.run();
    }
}
