package io.kabar.swing.look;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;

/** Measures and draws text whose emoji stand in the font that comes along, and all else in its own. */
public final class EmojiMetrics extends FontMetrics {

    private static final long serialVersionUID = 1;

    private final transient FontMetrics plain;
    private final transient FontMetrics emoji;

    /** {@code emoji} are those of {@link Emoji#font} as large as {@code plain}. */
    public EmojiMetrics(FontMetrics plain, FontMetrics emoji) {
        super(plain.getFont());
        this.plain = plain;
        this.emoji = emoji;
    }

    @Override
    public int charsWidth(char[] data, int off, int len) {
        return stringWidth(new String(data, off, len));
    }

    @Override
    public int stringWidth(String text) {
        int width = 0;
        for (int at = 0; at < text.length(); ) {
            int end = end(text, at);
            boolean isEmoji = Emoji.end(text, at, font) > at;
            width += (isEmoji ? emoji : plain).stringWidth(text.substring(at, end));
            at = end;
        }
        return width;
    }

    /** Draws it, and tells where it ends. */
    public int draw(Graphics g, String text, int x, int y) {
        int right = x;
        for (int at = 0; at < text.length(); ) {
            int end = end(text, at);
            FontMetrics used = Emoji.end(text, at, font) > at ? emoji : plain;
            String run = text.substring(at, end);
            g.setFont(used.getFont());
            g.drawString(run, right, y);
            right += used.stringWidth(run);
            at = end;
        }
        g.setFont(font);
        return right;
    }

    /** Where the run ends that begins there: an emoji, or everything up to the next. */
    private int end(String text, int at) {
        int emojiEnd = Emoji.end(text, at, font);
        if (emojiEnd > at) {
            return emojiEnd;
        }
        int end = at;
        while (end < text.length() && Emoji.end(text, end, font) == end) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end;
    }

    @Override
    public int charWidth(char letter) {
        return plain.charWidth(letter);
    }

    @Override
    public int charWidth(int codePoint) {
        return stringWidth(Character.toString(codePoint));
    }

    @Override
    public int getAscent() {
        return plain.getAscent();
    }

    @Override
    public int getDescent() {
        return plain.getDescent();
    }

    @Override
    public int getLeading() {
        return plain.getLeading();
    }

    @Override
    public int getHeight() {
        return plain.getHeight();
    }

    @Override
    public Font getFont() {
        return plain.getFont();
    }
}
