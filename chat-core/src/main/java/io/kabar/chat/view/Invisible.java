package io.kabar.chat.view;

/**
 * Characters that leave nothing on a screen: space, what formats or joins, fillers, and what Unicode has ignored by
 * default.
 */
final class Invisible {

    private Invisible() {}

    /** Where the first character stands that can be seen; the length if there is none. */
    static int end(String text) {
        int at = 0;
        while (at < text.length() && is(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    private static boolean is(int codePoint) {
        int type = Character.getType(codePoint);
        return Character.isWhitespace(codePoint)
                || Character.isSpaceChar(codePoint)
                || type == Character.CONTROL
                || type == Character.FORMAT
                || codePoint == 0x034F // combining grapheme joiner
                || codePoint == 0x115F // Hangul fillers
                || codePoint == 0x1160
                || codePoint == 0x3164
                || codePoint == 0xFFA0
                || codePoint == 0x17B4 // Khmer vowels that are not written
                || codePoint == 0x17B5
                || (codePoint >= 0x180B && codePoint <= 0x180F) // Mongolian variation selectors
                || codePoint == 0x2800 // braille without a dot
                || (codePoint >= 0xFE00 && codePoint <= 0xFE0F) // variation selectors
                || (codePoint >= 0xE0000 && codePoint <= 0xE0FFF); // tags and more selectors
    }
}
