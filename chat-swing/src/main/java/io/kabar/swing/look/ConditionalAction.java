package io.kabar.swing.look;

import java.awt.event.ActionEvent;
import java.util.function.BooleanSupplier;
import javax.swing.AbstractAction;
import javax.swing.Action;

/** One action where the condition holds, another where it does not. */
public final class ConditionalAction extends AbstractAction {

    private final BooleanSupplier condition;
    private final Action then;
    private final Action otherwise;

    public ConditionalAction(BooleanSupplier condition, Action then, Action otherwise) {
        this.condition = condition;
        this.then = then;
        this.otherwise = otherwise;
    }

    @Override
    public void actionPerformed(ActionEvent event) {
        (condition.getAsBoolean() ? then : otherwise).actionPerformed(event);
    }
}
