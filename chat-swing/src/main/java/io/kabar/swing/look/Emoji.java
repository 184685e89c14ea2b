package io.kabar.swing.look;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.font.TextAttribute;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.AttributedString;
import java.util.Objects;

/**
 * Emoji in a font that comes along. The platform's own is often one of colours, which Java says it can show and then
 * draws nothing, without any width.
 */
public final class Emoji {

    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int AS_TEXT = 0xFE0E;
    private static final int AS_EMOJI = 0xFE0F;
    private static final int KEYCAP = 0x20E3;
    /** Everything from here on is emoji wherever the font knows it. */
    private static final int PICTURES = 0x1F000;

    /** Older signs that are emoji without being asked to be, in pairs: first and last. */
    private static final int[] PRESENTED = {
        0x231A, 0x231B, 0x23E9, 0x23EC, 0x23F0, 0x23F0, 0x23F3, 0x23F3, 0x25FD, 0x25FE, 0x2614, 0x2615, 0x2648, 0x2653,
        0x267F, 0x267F, 0x2693, 0x2693, 0x26A1, 0x26A1, 0x26AA, 0x26AB, 0x26BD, 0x26BE, 0x26C4, 0x26C5, 0x26CE, 0x26CE,
        0x26D4, 0x26D4, 0x26EA, 0x26EA, 0x26F2, 0x26F3, 0x26F5, 0x26F5, 0x26FA, 0x26FA, 0x26FD, 0x26FD, 0x2705, 0x2705,
        0x270A, 0x270B, 0x2728, 0x2728, 0x274C, 0x274C, 0x274E, 0x274E, 0x2753, 0x2755, 0x2757, 0x2757, 0x2795, 0x2797,
        0x27B0, 0x27B0, 0x27BF, 0x27BF, 0x2B1B, 0x2B1C, 0x2B50, 0x2B50, 0x2B55, 0x2B55
    };

    private static final Font FONT = load();

    private Emoji() {}

    private static Font load() {
        try (InputStream in = Emoji.class.getResourceAsStream("NotoEmoji-Medium.ttf")) {
            return Font.createFont(Font.TRUETYPE_FONT, Objects.requireNonNull(in, "the font comes along"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (FontFormatException e) {
            throw new IllegalStateException("the font that comes along cannot be read", e);
        }
    }

    /** The font, as large as another. */
    public static Font font(Font like) {
        return FONT.deriveFont(like.getSize2D());
    }

    /** Has all emoji of a text drawn in this font. */
    public static void style(AttributedString styled, String text, Font plain) {
        Font font = font(plain);
        for (int at = 0; at < text.length(); ) {
            int after = end(text, at, plain);
            if (after > at) {
                styled.addAttribute(TextAttribute.FONT, font, at, after);
                at = after;
            } else {
                at += Character.charCount(text.codePointAt(at));
            }
        }
    }

    /** Where the emoji ends that begins at {@code at}, with all that is joined to it; {@code at} if there is none. */
    public static int end(CharSequence text, int at, Font plain) {
        int end = endOfOne(text, at, plain);
        while (end > at && end < text.length() && Character.codePointAt(text, end) == ZERO_WIDTH_JOINER) {
            int next = endOfOne(text, end + 1, plain);
            int joined = next > end + 1 ? next : endOfSign(text, end + 1);
            if (joined == end + 1) {
                return end;
            }
            end = joined;
        }
        return end;
    }

    private static int endOfOne(CharSequence text, int at, Font plain) {
        if (at >= text.length()) {
            return at;
        }
        int first = Character.codePointAt(text, at);
        int end = at + Character.charCount(first);
        int next = end < text.length() ? Character.codePointAt(text, end) : 0;
        if (isRegional(first)) {
            return isRegional(next) ? end + Character.charCount(next) : end;
        }
        boolean keycap =
                next == KEYCAP || (next == AS_EMOJI && end + 1 < text.length() && text.charAt(end + 1) == KEYCAP);
        if (next == AS_TEXT || !(keycap || isEmoji(first, next, plain))) {
            return at;
        }
        return endOfModifiers(text, end);
    }

    /** Of a sign that is no emoji by itself and is one when it is joined, as a heart or a sign of sex. */
    private static int endOfSign(CharSequence text, int at) {
        if (at >= text.length() || !FONT.canDisplay(Character.codePointAt(text, at))) {
            return at;
        }
        return endOfModifiers(text, at + Character.charCount(Character.codePointAt(text, at)));
    }

    private static int endOfModifiers(CharSequence text, int from) {
        int end = from;
        while (end < text.length()) {
            int next = Character.codePointAt(text, end);
            boolean modifies = next == AS_EMOJI
                    || next == KEYCAP
                    || (next >= 0x1F3FB && next <= 0x1F3FF)
                    || (next >= 0xE0020 && next <= 0xE007F);
            if (!modifies) {
                return end;
            }
            end += Character.charCount(next);
        }
        return end;
    }

    private static boolean isEmoji(int codePoint, int next, Font plain) {
        if (codePoint < 0x2190 || !FONT.canDisplay(codePoint)) {
            return false;
        }
        return codePoint >= PICTURES || next == AS_EMOJI || isPresented(codePoint) || !plain.canDisplay(codePoint);
    }

    private static boolean isPresented(int codePoint) {
        for (int i = 0; i < PRESENTED.length; i += 2) {
            if (codePoint >= PRESENTED[i] && codePoint <= PRESENTED[i + 1]) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRegional(int codePoint) {
        return codePoint >= 0x1F1E6 && codePoint <= 0x1F1FF;
    }
}
