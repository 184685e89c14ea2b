package io.kabar.swing.actions;

import java.awt.event.ActionEvent;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.util.function.IntConsumer;
import javax.swing.AbstractAction;
import javax.swing.KeyStroke;

/** Goes to a room by its place in the list; Alt+1 to Alt+9. */
public final class GoToRoomAction extends AbstractAction {

    private final int place;
    private final IntConsumer select;

    /** Selects place {@code place}, 1 to 9. */
    public GoToRoomAction(int place, IntConsumer select) {
        super("Room " + place);
        putValue(ACCELERATOR_KEY, KeyStroke.getKeyStroke(KeyEvent.VK_0 + place, InputEvent.ALT_DOWN_MASK));
        this.place = place;
        this.select = select;
    }

    @Override
    public void actionPerformed(ActionEvent event) {
        select.accept(place - 1);
    }
}
