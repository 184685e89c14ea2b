package io.kabar.swing.transcript;

import com.formdev.flatlaf.ui.FlatUIUtils;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import javax.swing.JComponent;

/** Text cut into lines that fit a width: at its own line breaks, else between words, else between characters. */
record TextBlock(List<String> lines, FontMetrics metrics) {

    static TextBlock of(String text, FontMetrics metrics, int width) {
        return new TextBlock(wrapped(text, metrics::stringWidth, Math.max(width, metrics.charWidth('W'))), metrics);
    }

    /** The lines of a text, where {@code measure} tells how wide words are; each is measured once or twice. */
    static List<String> wrapped(String text, ToIntFunction<String> measure, int width) {
        List<String> lines = new ArrayList<>();
        String spaced = text.replace("\t", "    ");
        int start = 0;
        for (int end = spaced.indexOf('\n'); end >= 0; end = spaced.indexOf('\n', start)) {
            wrap(spaced.substring(start, end), measure, width, lines);
            start = end + 1;
        }
        wrap(spaced.substring(start), measure, width, lines);
        return List.copyOf(lines);
    }

    int height() {
        return lines.size() * metrics.getHeight();
    }

    /** Draws with the first line's top at {@code y}. */
    void paint(JComponent on, Graphics g, Color color, int x, int y) {
        g.setFont(metrics.getFont());
        g.setColor(color);
        int baseline = y + metrics.getAscent();
        for (String line : lines) {
            FlatUIUtils.drawString(on, g, line, x, baseline);
            baseline += metrics.getHeight();
        }
    }

    private static void wrap(String paragraph, ToIntFunction<String> measure, int width, List<String> lines) {
        if (measure.applyAsInt(paragraph) <= width) {
            lines.add(paragraph);
            return;
        }
        // Words are measured one by one: a line that is measured anew at each word of it costs its square.
        BreakIterator breaks = BreakIterator.getLineInstance(Locale.ROOT);
        breaks.setText(paragraph);
        int lineStart = 0;
        int lineWidth = 0;
        int start = 0;
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            String word = paragraph.substring(start, end);
            String ink = word.stripTrailing();
            int inkWidth = measure.applyAsInt(ink);
            if (inkWidth > width) {
                // A word longer than a line, such as an address, is cut where the line ends.
                for (String letter : letters(ink)) {
                    int letterWidth = measure.applyAsInt(letter);
                    if (lineWidth + letterWidth > width && start > lineStart) {
                        lines.add(paragraph.substring(lineStart, start).stripTrailing());
                        lineStart = start;
                        lineWidth = 0;
                    }
                    lineWidth += letterWidth;
                    start += letter.length();
                }
            } else if (lineWidth + inkWidth > width && start > lineStart) {
                lines.add(paragraph.substring(lineStart, start).stripTrailing());
                lineStart = start;
                lineWidth = inkWidth;
            } else {
                lineWidth += inkWidth;
            }
            lineWidth += measure.applyAsInt(word.substring(ink.length()));
            start = end;
        }
        if (lineStart < paragraph.length()) {
            lines.add(paragraph.substring(lineStart));
        }
    }

    /** The letters of a word, each with its marks. */
    private static List<String> letters(String word) {
        BreakIterator breaks = BreakIterator.getCharacterInstance(Locale.ROOT);
        breaks.setText(word);
        List<String> letters = new ArrayList<>();
        int start = 0;
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            letters.add(word.substring(start, end));
            start = end;
        }
        return letters;
    }
}
