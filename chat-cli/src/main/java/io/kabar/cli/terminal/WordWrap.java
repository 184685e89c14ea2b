package io.kabar.cli.terminal;

import org.jline.utils.WCWidth;

/**
 * Breaks lines between words where a terminal would break them anywhere, and goes on indented, so that nobody's words
 * can pass for another line. Colours take no place; a word that is wider than the terminal is left to it.
 */
final class WordWrap {

    private static final int CONTINUED = 8;
    /** Further in than a line that is indented itself. */
    private static final int FURTHER = 4;
    /** Where hardly a word has place it is of no use. */
    private static final int NARROWEST = 24;

    private WordWrap() {}

    static String at(int width, String text) {
        if (width < NARROWEST) {
            return text;
        }
        StringBuilder wrapped = new StringBuilder(text.length() + 16);
        int column = 0;
        int indent = 0; // blanks that this line of the text begins with
        int space = -1; // the last blank of this line, as a place in what was wrapped
        int behindSpace = 0; // columns up to and with it
        for (int i = 0; i < text.length(); ) {
            int end = endOfColour(text, i);
            if (end > i) {
                wrapped.append(text, i, end);
                i = end;
                continue;
            }
            int letter = text.codePointAt(i);
            i += Character.charCount(letter);
            if (letter == '\n') {
                wrapped.append('\n');
                column = 0;
                indent = 0;
                space = -1;
                continue;
            }
            int letterWidth = Math.max(0, WCWidth.wcwidth(letter));
            if (column + letterWidth > width && space >= 0 && letter != ' ') {
                int further = further(indent);
                wrapped.replace(space, space + 1, "\n" + " ".repeat(further));
                column += further - behindSpace;
                space = -1;
            }
            if (letter == ' ' && column == indent) {
                indent++;
            } else if (letter == ' ' && column > further(indent)) {
                space = wrapped.length();
                behindSpace = column + 1;
            }
            wrapped.appendCodePoint(letter);
            column += letterWidth;
        }
        return wrapped.toString();
    }

    private static int further(int indent) {
        return indent == 0 ? CONTINUED : indent + FURTHER;
    }

    /** Where a colour ends that is set at {@code from}; the same place if none is. */
    private static int endOfColour(String text, int from) {
        if (!text.startsWith("\u001b[", from)) {
            return from;
        }
        int end = text.indexOf('m', from);
        return end < 0 ? from : end + 1;
    }
}
