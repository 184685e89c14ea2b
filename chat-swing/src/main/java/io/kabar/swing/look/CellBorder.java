package io.kabar.swing.look;

import com.formdev.flatlaf.ui.FlatUIUtils;
import com.formdev.flatlaf.util.UIScale;
import java.awt.Component;
import java.awt.Graphics;
import java.awt.Insets;
import javax.swing.border.AbstractBorder;

/** What tells a cell of a list apart without its colour: a bar at what is open, a ring at what has the focus. */
public final class CellBorder extends AbstractBorder {

    private static final long serialVersionUID = 1;

    private final boolean open;
    private final boolean focused;

    /** Around a cell that is open or not, and has the focus or not. */
    public CellBorder(boolean open, boolean focused) {
        this.open = open;
        this.focused = focused;
    }

    @Override
    public Insets getBorderInsets(Component c, Insets insets) {
        insets.set(0, 0, 0, 0);
        return insets;
    }

    @Override
    public void paintBorder(Component c, Graphics g, int x, int y, int width, int height) {
        Object[] hints = FlatUIUtils.setRenderingHints(g);
        g.setColor(Theme.color("accent"));
        int arc = UIScale.scale(8);
        if (focused) {
            g.drawRoundRect(x, y, width - 1, height - 1, arc, arc);
        }
        if (open) {
            int bar = UIScale.scale(3);
            g.fillRoundRect(x, y + height / 5, bar, height - 2 * (height / 5), bar, bar);
        }
        FlatUIUtils.resetRenderingHints(g, hints);
    }
}
