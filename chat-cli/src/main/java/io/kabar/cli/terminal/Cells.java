package io.kabar.cli.terminal;

import io.kabar.chat.internal.text.Parts;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/**
 * How wide text is on a terminal, in cells, by the tables of JLine. A letter is what a person takes for one: a base and
 * its marks, a flag, a family of emoji.
 *
 * @param clusters whether the terminal draws such a letter as one (mode 2027); one that does not draws the parts of
 *     some of them beside each other, and how wide that is nobody knows
 */
public record Cells(boolean clusters) {

    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int FIRST_REGIONAL = 0x1F1E6;
    private static final int TAB = 4;

    /** How many cells a text on one line takes. */
    public int width(String text) {
        int width = 0;
        for (int at = 0; at < text.length(); at = next(text, at)) {
            width += widthAt(text, at);
        }
        return width;
    }

    /** How many cells the letter takes that begins at {@code at}. */
    public int widthAt(String text, int at) {
        return Math.max(
                0, clusters ? WCWidth.wcwidthForGraphemeCluster(text, at) : WCWidth.wcwidth(text.codePointAt(at)));
    }

    /** Where the letter ends that begins at {@code at}. */
    public int next(String text, int at) {
        if (!clusters) {
            return at + Character.charCount(text.codePointAt(at));
        }
        return letterEnd(text, at);
    }

    /** Where the letter ends that begins at {@code at}, on whatever terminal: the step of a cursor. */
    public static int letterEnd(String text, int at) {
        return Math.min(text.length(), at + Math.max(1, WCWidth.charCountForGraphemeCluster(text, at)));
    }

    /** Where the letter begins that ends at {@code end}, or that {@code end} stands in. */
    public static int letterStart(String text, int end) {
        int start = 0;
        // Letters do not reach across a line, so it is enough to look from its beginning.
        int line = end == 0 ? 0 : text.lastIndexOf('\n', end - 1) + 1;
        if (line == end) {
            return Math.max(0, end - 1);
        }
        for (int at = line; at < end; at = letterEnd(text, at)) {
            start = at;
        }
        return start;
    }

    /**
     * The text in letters that every terminal draws as wide as they are measured here: what one without clusters would
     * take apart is replaced by its first part, and a flag by the letters of its country.
     */
    public String drawable(String text) {
        if (text.chars().allMatch(unit -> unit >= ' ' && unit < 0x300)) {
            return text;
        }
        StringBuilder drawable = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); ) {
            int end = letterEnd(text, at);
            if (text.charAt(at) == '\t') {
                drawable.append(" ".repeat(TAB));
            } else if (clusters && isWide(text.codePointAt(at))) {
                drawable.append(text, at, end);
            } else {
                appendPart(drawable, text, at, end);
            }
            at = end;
        }
        return drawable.toString();
    }

    /** Where terminals agree: a sign that is made wide by what follows it is so on some of them only. */
    private static boolean isWide(int base) {
        return WCWidth.isRegionalIndicator(base) || WCWidth.wcwidth(base) == 2;
    }

    private static void appendPart(StringBuilder drawable, String text, int from, int to) {
        int base = text.codePointAt(from);
        if (WCWidth.isRegionalIndicator(base)) {
            text.substring(from, to)
                    .codePoints()
                    .filter(WCWidth::isRegionalIndicator)
                    .forEach(letter -> drawable.append((char) ('A' + letter - FIRST_REGIONAL)));
            return;
        }
        drawable.appendCodePoint(base);
        int at = from + Character.charCount(base);
        while (at < to) {
            int part = text.codePointAt(at);
            if (part == ZERO_WIDTH_JOINER && Character.getType(base) == Character.OTHER_SYMBOL) {
                return; // the first of a family of emoji
            }
            boolean isMark = Character.getType(part) == Character.NON_SPACING_MARK && !isSelector(part);
            if (isMark || (WCWidth.wcwidth(part) > 0 && !isSkin(part))) {
                drawable.appendCodePoint(part);
            }
            at += Character.charCount(part);
        }
    }

    private static boolean isSelector(int part) {
        return part >= 0xFE00 && part <= 0xFE0F;
    }

    private static boolean isSkin(int part) {
        return part >= 0x1F3FB && part <= 0x1F3FF;
    }

    /** As much of a text from its beginning as fits, with an ellipsis if that is not all. */
    public String fit(String text, int width) {
        if (width(text) <= width) {
            return text;
        }
        if (width <= 0) {
            return "";
        }
        int used = 0;
        int at = 0;
        while (at < text.length() && used + widthAt(text, at) <= width - 1) {
            used += widthAt(text, at);
            at = next(text, at);
        }
        return text.substring(0, at) + "\u2026";
    }

    /** Fits, and fills up with blanks behind it. */
    public String left(String text, int width) {
        String fitting = fit(text, width);
        return fitting + " ".repeat(Math.max(0, width - width(fitting)));
    }

    /** Fits, and fills up with blanks before it. */
    public String right(String text, int width) {
        String fitting = fit(text, width);
        return " ".repeat(Math.max(0, width - width(fitting))) + fitting;
    }

    /** The lines of a text, each broken between words where it is wider; a word wider than all is broken anywhere. */
    public List<String> wrap(String text, int width) {
        List<String> rows = new ArrayList<>();
        for (String line : Parts.of(text, '\n')) {
            wrapLine(rows, line, Math.max(1, width));
        }
        return rows;
    }

    private void wrapLine(List<String> rows, String line, int width) {
        int from = 0;
        while (true) {
            int end = rowEnd(line, from, width);
            if (end == line.length()) {
                rows.add(line.substring(from));
                return;
            }
            int space = line.charAt(end) == ' ' ? end : line.lastIndexOf(' ', end - 1);
            boolean between = space > from && !line.substring(from, space).isBlank();
            rows.add(line.substring(from, between ? space : end));
            from = between ? space + 1 : end;
        }
    }

    /** Where the row ends that begins at {@code from}; always behind it. */
    private int rowEnd(String line, int from, int width) {
        int used = 0;
        int at = from;
        while (at < line.length()) {
            int letter = widthAt(line, at);
            if (used + letter > width && at > from) {
                return at;
            }
            used += letter;
            at = next(line, at);
        }
        return at;
    }
}
