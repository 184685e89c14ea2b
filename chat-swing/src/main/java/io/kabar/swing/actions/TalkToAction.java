package io.kabar.swing.actions;

import io.kabar.chat.UserName;
import java.awt.event.ActionEvent;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.swing.AbstractAction;

/** Opens a conversation with whoever is selected; Enter in the list of people. */
public final class TalkToAction extends AbstractAction {

    private final Supplier<Optional<UserName>> selected;
    private final Consumer<UserName> open;

    /** Opens with {@code open} what {@code selected} gives then. */
    public TalkToAction(Supplier<Optional<UserName>> selected, Consumer<UserName> open) {
        super("Talk to");
        this.selected = selected;
        this.open = open;
    }

    @Override
    public void actionPerformed(ActionEvent event) {
        selected.get().ifPresent(open);
    }
}
