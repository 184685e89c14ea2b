package io.kabar.swing;

import com.formdev.flatlaf.ui.FlatUIUtils;
import io.kabar.chat.internal.text.ForPeople;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import javax.swing.JComponent;

/** Text cut into lines that fit a width: at its own line breaks, else between words, else between characters. */
record TextBlock(List<String> lines, FontMetrics metrics) {

    static TextBlock of(String text, FontMetrics metrics, int width) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.replace("\t", "    ").split("\n", -1)) {
            wrap(paragraph, metrics, Math.max(width, metrics.charWidth('W')), lines);
        }
        return new TextBlock(List.copyOf(lines), metrics);
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

    @ForPeople("where a language may break its lines")
    private static void wrap(String paragraph, FontMetrics metrics, int width, List<String> lines) {
        if (metrics.stringWidth(paragraph) <= width) {
            lines.add(paragraph);
            return;
        }
        BreakIterator breaks = BreakIterator.getLineInstance();
        breaks.setText(paragraph);
        int start = 0;
        int fitting = 0;
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            while (!fits(paragraph, start, end, metrics, width)) {
                // A word longer than a line, such as an address, is cut where the line ends.
                boolean wordFits = fits(paragraph, fitting, end, metrics, width);
                int cut = fitting > start && wordFits ? fitting : cut(paragraph, start, metrics, width);
                lines.add(paragraph.substring(start, cut).stripTrailing());
                start = cut;
                fitting = Math.max(fitting, start);
            }
            fitting = end;
        }
        if (start < paragraph.length()) {
            lines.add(paragraph.substring(start));
        }
    }

    private static boolean fits(String text, int start, int end, FontMetrics metrics, int width) {
        return metrics.stringWidth(text.substring(start, end).stripTrailing()) <= width;
    }

    private static int cut(String text, int start, FontMetrics metrics, int width) {
        int end = text.offsetByCodePoints(start, 1);
        while (end < text.length()) {
            int next = text.offsetByCodePoints(end, 1);
            if (metrics.stringWidth(text.substring(start, next)) > width) {
                break;
            }
            end = next;
        }
        return end;
    }
}
