package io.kabar.swing.input;

import com.formdev.flatlaf.ui.FlatTextAreaUI;
import com.formdev.flatlaf.ui.FlatUIUtils;
import io.kabar.swing.look.EmojiMetrics;
import java.awt.Color;
import java.awt.Graphics;
import javax.swing.text.BadLocationException;
import javax.swing.text.Element;
import javax.swing.text.View;
import javax.swing.text.WrappedPlainView;

/** The look's own text area, but for the emoji in it. */
final class EmojiTextUI extends FlatTextAreaUI {

    @Override
    public View create(Element element) {
        return new EmojiView(element);
    }

    /** Overrides what draws in whole pixels, so that Swing measures in them, too, by the area's own metrics. */
    private final class EmojiView extends WrappedPlainView {

        EmojiView(Element element) {
            super(element, true);
        }

        @Override
        @SuppressWarnings("deprecation") // see above
        protected int drawUnselectedText(Graphics g, int x, int y, int from, int to) throws BadLocationException {
            return draw(g, getComponent().getForeground(), x, y, from, to);
        }

        @Override
        @SuppressWarnings("deprecation") // see above
        protected int drawSelectedText(Graphics g, int x, int y, int from, int to) throws BadLocationException {
            return draw(g, getComponent().getSelectedTextColor(), x, y, from, to);
        }

        private int draw(Graphics g, Color color, int x, int y, int from, int to) throws BadLocationException {
            Object[] hints = FlatUIUtils.setRenderingHints(g);
            g.setColor(getComponent().isEnabled() ? color : getComponent().getDisabledTextColor());
            String text = getDocument().getText(from, to - from);
            int end = getComponent().getFontMetrics(getComponent().getFont()) instanceof EmojiMetrics metrics
                    ? metrics.draw(g, text.replace("\n", ""), x, y)
                    : x;
            FlatUIUtils.resetRenderingHints(g, hints);
            return end;
        }
    }
}
