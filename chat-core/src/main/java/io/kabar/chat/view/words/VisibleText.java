package io.kabar.chat.view.words;

/**
 * Text of other people, made safe to show. What would steer a terminal or turn the direction of writing becomes a mark
 * that can be seen; line breaks and tabs stay, and of a heap of marks on one letter the first few.
 */
public final class VisibleText {

    /** Unicode's pictures of the control characters U+0000 to U+001F start here. */
    private static final int CONTROL_PICTURES = 0x2400;

    private static final int PICTURE_OF_DELETE = 0x2421;
    private static final int REPLACEMENT = 0xFFFD;

    /** Marks that stand on one letter; no script needs more, and a heap of them covers the lines above. */
    private static final int MOST_MARKS = 8;

    private VisibleText() {}

    /** The text with everything that acts instead of being read replaced; line breaks are {@code \n}. */
    public static String of(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        int marks = 0;
        for (int at = 0; at < text.length(); ) {
            int codePoint = text.codePointAt(at);
            at += Character.charCount(codePoint);
            if (isMark(codePoint)) {
                marks++;
                if (marks <= MOST_MARKS + 1) {
                    visible.appendCodePoint(marks <= MOST_MARKS ? codePoint : REPLACEMENT);
                }
            } else if (codePoint != '\r' || at == text.length() || text.charAt(at) != '\n') {
                visible.appendCodePoint(visible(codePoint));
                // What is invisible between marks does not make them stand on another letter.
                marks = Character.getType(codePoint) == Character.FORMAT ? marks : 0;
            }
        }
        String safe = visible.toString();
        return safe.equals(text) ? text : safe;
    }

    /** The same on one line: each line break becomes a visible arrow. */
    public static String onOneLine(String text) {
        return of(text).replace("\n", " ⏎ ").replace('\t', ' ');
    }

    /** What stands on the letter before it, or nowhere, and takes no place of its own. */
    private static boolean isMark(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
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
