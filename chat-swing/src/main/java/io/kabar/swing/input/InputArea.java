package io.kabar.swing.input;

import com.formdev.flatlaf.ui.FlatUIUtils;
import io.kabar.swing.look.Emoji;
import io.kabar.swing.look.EmojiMetrics;
import io.kabar.swing.look.Theme;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Insets;
import javax.swing.JTextArea;
import javax.swing.text.BadLocationException;

/** Where a message is written; it says what belongs there while it is empty, and knows when its text was pasted. */
public final class InputArea extends JTextArea {

    private String placeholder = "";
    private boolean pasted;

    InputArea() {
        super(1, 20);
        setName("chat.input");
        setLineWrap(true);
        setWrapStyleWord(true);
        getAccessibleContext().setAccessibleName("Message");
        // Tab completes, and moves on when there is nothing to complete; both are done by the input bar.
        setFocusTraversalKeysEnabled(false);
    }

    @Override
    public void updateUI() {
        super.updateUI();
        setUI(new EmojiTextUI());
    }

    @Override
    public FontMetrics getFontMetrics(Font font) {
        return new EmojiMetrics(super.getFontMetrics(font), super.getFontMetrics(Emoji.font(font)));
    }

    void placeholder(String text) {
        placeholder = text;
        getAccessibleContext().setAccessibleDescription(text);
        repaint();
    }

    /** Whether some of the text came from the clipboard. */
    public boolean pasted() {
        return pasted;
    }

    public void pasted(boolean fromClipboard) {
        pasted = fromClipboard;
    }

    void clear() {
        setText("");
        pasted = false;
    }

    /** Whether the caret is in the first line. */
    boolean atTop() {
        return line(getCaretPosition()) == 0;
    }

    /** Whether the caret is in the last line. */
    boolean atBottom() {
        return line(getCaretPosition()) == getLineCount() - 1;
    }

    @Override
    public void paste() {
        super.paste();
        pasted = true;
    }

    @Override
    protected void paintComponent(Graphics g) {
        super.paintComponent(g);
        if (getDocument().getLength() == 0) {
            Insets insets = getInsets();
            FontMetrics metrics = getFontMetrics(getFont());
            g.setFont(getFont());
            g.setColor(Theme.color("muted"));
            FlatUIUtils.drawString(this, g, placeholder, insets.left, insets.top + metrics.getAscent());
        }
    }

    private int line(int offset) {
        try {
            return getLineOfOffset(offset);
        } catch (BadLocationException e) {
            throw new AssertionError("the caret is always in the text", e);
        }
    }
}
