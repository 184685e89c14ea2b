package io.kabar.swing.look;

import com.formdev.flatlaf.ui.FlatUIUtils;
import java.awt.Graphics;
import java.awt.Graphics2D;
import javax.swing.BorderFactory;
import javax.swing.JLabel;
import javax.swing.SwingConstants;

/** How many are unread, in a pill; filled when somebody means this user. */
public final class Badge extends JLabel {

    private boolean loud;

    public Badge() {
        setHorizontalAlignment(SwingConstants.CENTER);
        setBorder(BorderFactory.createEmptyBorder(1, 7, 1, 7));
        putClientProperty("FlatLaf.style", "font: 85% bold");
    }

    public void show(int count, boolean mention) {
        show(count > 999 ? "999+" : String.valueOf(count), count > 0, mention);
    }

    /** There is something, and it is not known how much. */
    public void showNew() {
        show("new", true, true);
    }

    private void show(String text, boolean visible, boolean mention) {
        loud = mention;
        setVisible(visible);
        setText(text);
        setForeground(Theme.color(mention ? "onAccent" : "muted"));
    }

    @Override
    protected void paintComponent(Graphics g) {
        Object[] hints = FlatUIUtils.setRenderingHints(g);
        g.setColor(Theme.color(loud ? "accent" : "line"));
        FlatUIUtils.paintComponentBackground((Graphics2D) g, 0, 0, getWidth(), getHeight(), 0, getHeight());
        FlatUIUtils.resetRenderingHints(g, hints);
        super.paintComponent(g);
    }
}
