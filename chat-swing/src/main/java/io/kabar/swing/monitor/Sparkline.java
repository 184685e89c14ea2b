package io.kabar.swing.monitor;

import com.formdev.flatlaf.ui.FlatUIUtils;
import com.formdev.flatlaf.util.UIScale;
import io.kabar.swing.look.Theme;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import javax.swing.JPanel;

/** A figure over the last minutes, as bars; what it is now stands beside it. */
final class Sparkline extends JPanel {

    /** As many as there are seconds in two minutes. */
    private static final int MOST = 120;

    private final Deque<Double> values = new ArrayDeque<>();

    Sparkline(String name, String words) {
        setName(name);
        setOpaque(false);
        setToolTipText(words + ", the last two minutes");
        getAccessibleContext().setAccessibleName(words);
    }

    void add(double value) {
        if (values.size() == MOST) {
            values.remove();
        }
        values.add(value);
        getAccessibleContext().setAccessibleDescription(String.format(Locale.ROOT, "now %.0f", value));
        repaint();
    }

    void clear() {
        values.clear();
        repaint();
    }

    @Override
    public Dimension getPreferredSize() {
        return UIScale.scale(new Dimension(120, 18));
    }

    @Override
    protected void paintComponent(Graphics g) {
        Object[] hints = FlatUIUtils.setRenderingHints(g);
        g.setColor(Theme.color("line"));
        g.fillRect(0, getHeight() - 1, getWidth(), 1);
        g.setColor(Theme.color("accent"));
        double most = Math.max(
                1, values.stream().mapToDouble(Double::doubleValue).max().orElse(1));
        double wide = (double) getWidth() / MOST;
        int at = MOST - values.size();
        for (double value : values) {
            double high = (getHeight() - 1) * value / most;
            ((Graphics2D) g).fill(new Rectangle2D.Double(at * wide, getHeight() - 1 - high, wide, high));
            at++;
        }
        FlatUIUtils.resetRenderingHints(g, hints);
    }
}
