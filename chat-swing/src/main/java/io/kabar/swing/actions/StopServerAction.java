package io.kabar.swing.actions;

import java.awt.event.ActionEvent;
import javax.swing.AbstractAction;

/** Stops the server, or asks first if people are connected. */
public final class StopServerAction extends AbstractAction {

    private final Runnable stop;

    /** Stops by running this. */
    public StopServerAction(Runnable stop) {
        super("Stop");
        this.stop = stop;
    }

    @Override
    public void actionPerformed(ActionEvent event) {
        stop.run();
    }
}
