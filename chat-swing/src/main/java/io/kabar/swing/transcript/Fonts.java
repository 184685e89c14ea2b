package io.kabar.swing.transcript;

import com.formdev.flatlaf.util.UIScale;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import javax.swing.JComponent;

/** The fonts of a transcript, all made from the one it was given, and how they are drawn. */
record Fonts(
        Font base,
        FontRenderContext context,
        FontMetrics text,
        FontMetrics name,
        FontMetrics action,
        FontMetrics small) {

    static Fonts of(JComponent component) {
        Font base = component.getFont();
        FontMetrics text = component.getFontMetrics(base);
        FontRenderContext given = text.getFontRenderContext();
        // Without a screen's word on it letters would have no grey at their edges.
        Object smooth = given.isAntiAliased() ? given.getAntiAliasingHint() : RenderingHints.VALUE_TEXT_ANTIALIAS_ON;
        AffineTransform screen = component.getGraphicsConfiguration() == null
                ? given.getTransform()
                : component.getGraphicsConfiguration().getDefaultTransform();
        return new Fonts(
                base,
                new FontRenderContext(screen, smooth, RenderingHints.VALUE_FRACTIONALMETRICS_ON),
                text,
                component.getFontMetrics(base.deriveFont(Font.BOLD)),
                component.getFontMetrics(base.deriveFont(Font.ITALIC)),
                component.getFontMetrics(base.deriveFont(base.getSize2D() * 0.88f)));
    }

    /** For code, as large as the rest. */
    Font mono(Font like) {
        return new Font(Font.MONOSPACED, Font.PLAIN, 1).deriveFont(like.getSize2D() * 0.96f);
    }

    int dayHeight() {
        return small.getHeight() + UIScale.scale(18);
    }

    int freshHeight() {
        return small.getHeight() + UIScale.scale(10);
    }
}
