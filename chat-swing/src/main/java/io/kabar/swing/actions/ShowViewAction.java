package io.kabar.swing.actions;

import java.awt.event.ActionEvent;
import javax.swing.AbstractAction;

/** Shows one of several views in the same place. */
public final class ShowViewAction extends AbstractAction {

    private final Runnable show;

    /** Shows the view of this name by running this. */
    public ShowViewAction(String name, Runnable show) {
        super(name);
        this.show = show;
    }

    @Override
    public void actionPerformed(ActionEvent event) {
        show.run();
    }
}
