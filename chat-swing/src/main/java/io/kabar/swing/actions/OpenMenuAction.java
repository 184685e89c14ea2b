package io.kabar.swing.actions;

import java.awt.event.ActionEvent;
import javax.swing.AbstractAction;

/** Opens the menu about what is selected in a list. */
public final class OpenMenuAction extends AbstractAction {

    private final Runnable open;

    /** Opens it by running this. */
    public OpenMenuAction(Runnable open) {
        super("Menu");
        this.open = open;
    }

    @Override
    public void actionPerformed(ActionEvent event) {
        open.run();
    }
}
