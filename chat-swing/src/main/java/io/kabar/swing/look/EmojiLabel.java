package io.kabar.swing.look;

import com.formdev.flatlaf.ui.FlatLabelUI;
import com.formdev.flatlaf.ui.FlatUIUtils;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import javax.swing.JLabel;

/** A label for words of people, which may have emoji. */
public final class EmojiLabel extends JLabel {

    @Override
    public void updateUI() {
        super.updateUI();
        setUI(new Ui());
    }

    @Override
    public FontMetrics getFontMetrics(Font font) {
        return new EmojiMetrics(super.getFontMetrics(font), super.getFontMetrics(Emoji.font(font)));
    }

    /** The look's own, but for the emoji. */
    private static final class Ui extends FlatLabelUI {

        Ui() {
            super(false);
        }

        @Override
        protected void paintEnabledText(JLabel label, Graphics g, String text, int x, int y) {
            if (label.getFontMetrics(label.getFont()) instanceof EmojiMetrics metrics) {
                Object[] hints = FlatUIUtils.setRenderingHints(g);
                g.setColor(label.getForeground());
                metrics.draw(g, text, x, y);
                FlatUIUtils.resetRenderingHints(g, hints);
            }
        }
    }
}
