package io.kabar.swing.look;

import io.kabar.swing.actions.OpenMenuAction;
import java.awt.Point;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.function.Consumer;
import javax.swing.JComponent;
import javax.swing.KeyStroke;

/** What opens a menu about something in a list: the other mouse button, and the keys that do it everywhere. */
public final class ContextMenu {

    private ContextMenu() {}

    /**
     * Opens it by either.
     *
     * @param atPoint opens it where the mouse is, if something is there
     * @param atSelection opens it at what is selected, if anything is
     */
    public static void bind(JComponent list, Consumer<Point> atPoint, Runnable atSelection) {
        list.addMouseListener(new MouseAdapter() {
            @Override
            public void mousePressed(MouseEvent e) {
                open(e);
            }

            @Override
            public void mouseReleased(MouseEvent e) {
                open(e);
            }

            private void open(MouseEvent e) {
                if (e.isPopupTrigger()) {
                    atPoint.accept(e.getPoint());
                }
            }
        });
        list.getInputMap().put(KeyStroke.getKeyStroke(KeyEvent.VK_CONTEXT_MENU, 0), "menu");
        list.getInputMap().put(KeyStroke.getKeyStroke(KeyEvent.VK_F10, InputEvent.SHIFT_DOWN_MASK), "menu");
        list.getActionMap().put("menu", new OpenMenuAction(atSelection));
    }
}
