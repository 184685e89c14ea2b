package io.kabar.swing.actions;

import java.awt.event.ActionEvent;
import javax.swing.AbstractAction;

/** Says what was written; Enter. */
public final class SendAction extends AbstractAction {

    private final Runnable send;

    /** Sends by running this. */
    public SendAction(Runnable send) {
        super("Send");
        this.send = send;
    }

    @Override
    public void actionPerformed(ActionEvent event) {
        send.run();
    }
}
