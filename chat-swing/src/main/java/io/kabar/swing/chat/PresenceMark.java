package io.kabar.swing.chat;

import io.kabar.chat.Presence;
import io.kabar.swing.look.Theme;
import java.awt.BasicStroke;
import java.awt.Component;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import javax.swing.Icon;

/** Here, away or reconnecting: full, half full and empty, so that colour is not needed to tell them apart. */
record PresenceMark(Presence presence, int size) implements Icon {

    @Override
    public void paintIcon(Component c, Graphics g, int x, int y) {
        Graphics2D g2 = (Graphics2D) g.create();
        g2.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g2.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        double inset = size * 0.18;
        double side = size - 2 * inset;
        g2.translate(x + inset, y + inset);
        g2.setStroke(new BasicStroke((float) (size * 0.1)));
        switch (presence) {
            case HERE -> {
                g2.setColor(Theme.color("good"));
                g2.fill(new Ellipse2D.Double(0, 0, side, side));
            }
            case AWAY -> {
                g2.setColor(Theme.color("wait"));
                g2.draw(new Ellipse2D.Double(0, 0, side, side));
                g2.fill(new Arc2D.Double(0, 0, side, side, 90, 180, Arc2D.PIE));
            }
            case RECONNECTING -> {
                g2.setColor(Theme.color("muted"));
                g2.draw(new Ellipse2D.Double(0, 0, side, side));
            }
        }
        g2.dispose();
    }

    @Override
    public int getIconWidth() {
        return size;
    }

    @Override
    public int getIconHeight() {
        return size;
    }
}
