package io.kabar.swing.actions;

import java.awt.event.ActionEvent;
import javax.swing.AbstractAction;

/** Leaves although something that was said is lost by it. */
public final class LeaveAction extends AbstractAction {

    private final Runnable leave;

    /** Leaves by running this. */
    public LeaveAction(Runnable leave) {
        super("Leave and lose it");
        this.leave = leave;
    }

    @Override
    public void actionPerformed(ActionEvent event) {
        leave.run();
    }
}
