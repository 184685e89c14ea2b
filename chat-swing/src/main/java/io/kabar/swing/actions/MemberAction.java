package io.kabar.swing.actions;

import java.awt.event.ActionEvent;
import java.util.Optional;
import javax.swing.AbstractAction;
import javax.swing.Action;

/** Something that can be done about somebody in a room; greyed with the reason where it cannot. */
public final class MemberAction extends AbstractAction {

    private final Runnable body;

    /** Does it by running {@code body}, unless something speaks against it. */
    public MemberAction(String name, Optional<String> against, Runnable body) {
        super(name);
        this.body = body;
        against.ifPresent(why -> {
            setEnabled(false);
            putValue(Action.SHORT_DESCRIPTION, why);
        });
    }

    @Override
    public void actionPerformed(ActionEvent event) {
        body.run();
    }
}
