package io.kabar.swing.look;

import java.awt.event.ComponentAdapter;
import java.awt.event.ComponentEvent;
import javax.swing.JComponent;

/** Hides a part of a view that becomes too narrow for it, and shows it again; in between it is the user's to say. */
public final class CollapsiblePane extends ComponentAdapter {

    private final JComponent part;
    private final int width;
    private boolean narrow;

    /** For a view that needs {@code width} pixels to have room for {@code part}. */
    public CollapsiblePane(JComponent part, int width) {
        this.part = part;
        this.width = width;
    }

    @Override
    public void componentResized(ComponentEvent e) {
        boolean now = e.getComponent().getWidth() < width;
        if (now != narrow) {
            narrow = now;
            part.setVisible(!now);
            part.revalidate();
        }
    }
}
