package io.kabar.chat.view;

/**
 * Text of other people, made safe to show. What would steer a terminal or turn the direction of writing becomes a mark
 * that can be seen; line breaks and tabs stay.
 */
public final class VisibleText {

    /** Unicode's pictures of the control characters U+0000 to U+001F start here. */
    private static final int CONTROL_PICTURES = 0x2400;

    private static final int PICTURE_OF_DELETE = 0x2421;
    private static final int REPLACEMENT = 0xFFFD;

    private VisibleText() {}

    /** The text with everything that acts instead of being read replaced; line breaks are {@code \n}. */
    public static String of(String text) {
        if (text.codePoints().allMatch(VisibleText::harmless)) {
            return text;
        }
        StringBuilder visible = new StringBuilder(text.length());
        text.replace("\r\n", "\n").codePoints().map(VisibleText::visible).forEach(visible::appendCodePoint);
        return visible.toString();
    }

    /** The same on one line: each line break becomes a visible arrow. */
    public static String onOneLine(String text) {
        return of(text).replace("\n", " ⏎ ").replace('\t', ' ');
    }

    private static boolean harmless(int codePoint) {
        return visible(codePoint) == codePoint;
    }

    private static int visible(int codePoint) {
        if (codePoint == '\n' || codePoint == '\t') {
            return codePoint;
        }
        if (codePoint < ' ') {
            return CONTROL_PICTURES + codePoint;
        }
        if (codePoint == 0x7F) {
            return PICTURE_OF_DELETE;
        }
        boolean acts = Character.isISOControl(codePoint)
                || Character.getType(codePoint) == Character.SURROGATE
                || isBidiControl(codePoint)
                || codePoint == 0x2028 // line separator
                || codePoint == 0x2029; // paragraph separator
        return acts ? REPLACEMENT : codePoint;
    }

    /** Embeddings, overrides and isolates; the two plain marks U+200E and U+200F only do what a letter does. */
    private static boolean isBidiControl(int codePoint) {
        return (codePoint >= 0x202A && codePoint <= 0x202E) || (codePoint >= 0x2066 && codePoint <= 0x2069);
    }
}
