package io.kabar.swing.actions;

import java.awt.event.ActionEvent;
import javax.swing.AbstractAction;

/** Opens the dialog of one of the server's commands. */
public final class CommandAction extends AbstractAction {

    private final Runnable open;

    /**
     * Opens it by running this.
     *
     * @param name of the command, as people type it
     * @param help what it does, in a few words
     */
    public CommandAction(String name, String help, Runnable open) {
        super(Character.toUpperCase(name.charAt(0)) + name.substring(1).replace('-', ' ') + " …");
        putValue(SHORT_DESCRIPTION, help);
        putValue(ACTION_COMMAND_KEY, name);
        this.open = open;
    }

    @Override
    public void actionPerformed(ActionEvent event) {
        open.run();
    }
}
