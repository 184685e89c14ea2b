package io.kabar.swing.transcript;

import io.kabar.swing.look.Emoji;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.LineBreakMeasurer;
import java.awt.font.TextAttribute;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.text.AttributedString;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A text laid out in lines that fit a width: at its own line breaks, else between words, else between characters. What
 * stands between two line breaks of its own has one base direction, that of its first letter, and stands at that side.
 */
final class TextBlock {

    /**
     * A line as it is drawn.
     *
     * @param layout null if there is nothing in it
     * @param start of the text, at which character it begins
     */
    private record Line(@Nullable TextLayout layout, int start, int end, float x, float top, float height) {}

    /** What text looks like where nothing else is said of it. */
    record Style(Font font, Font code, FontRenderContext context, Color link) {}

    private final StyledText text;
    private final Style style;
    private final List<Line> lines;
    private final int height;

    private TextBlock(StyledText text, Style style, List<Line> lines, int height) {
        this.text = text;
        this.style = style;
        this.lines = lines;
        this.height = height;
    }

    static TextBlock of(StyledText text, Style style, int width) {
        float most = Math.max(width, style.font().getSize2D());
        float empty = style.font().getLineMetrics("x", style.context()).getHeight();
        List<Line> lines = new ArrayList<>();
        float y = 0;
        int start = 0;
        String all = text.text();
        while (start <= all.length()) {
            int end = all.indexOf('\n', start);
            end = end < 0 ? all.length() : end;
            if (start == end) {
                lines.add(new Line(null, start, end, 0, y, empty));
                y += empty;
            } else {
                y = paragraph(text, style, start, end, most, y, lines);
            }
            start = end + 1;
        }
        return new TextBlock(text, style, List.copyOf(lines), (int) Math.ceil(y));
    }

    private static float paragraph(
            StyledText text, Style style, int start, int end, float width, float top, List<Line> lines) {
        FontRenderContext context = style.context();
        LineBreakMeasurer measurer = new LineBreakMeasurer(
                attributed(text, style, start, end).getIterator(), BreakIterator.getLineInstance(Locale.ROOT), context);
        float least = style.font().getLineMetrics("x", context).getHeight();
        float y = top;
        while (measurer.getPosition() < end - start) {
            int from = measurer.getPosition();
            TextLayout layout = measurer.nextLayout(width);
            float height = Math.max(least, layout.getAscent() + layout.getDescent() + layout.getLeading());
            float x = layout.isLeftToRight() ? 0 : width - layout.getVisibleAdvance();
            lines.add(new Line(layout, start + from, start + measurer.getPosition(), x, y, height));
            y += height;
        }
        return y;
    }

    private static AttributedString attributed(StyledText text, Style style, int start, int end) {
        String words = text.text().substring(start, end);
        AttributedString styled = new AttributedString(words);
        styled.addAttribute(TextAttribute.FONT, style.font());
        for (StyledText.Span span : text.spans()) {
            int from = Math.max(0, span.start() - start);
            int to = Math.min(words.length(), span.end() - start);
            if (from < to && span.kind() == StyledText.Kind.CODE) {
                styled.addAttribute(TextAttribute.FONT, style.code(), from, to);
            } else if (from < to) {
                styled.addAttribute(TextAttribute.FOREGROUND, style.link(), from, to);
                styled.addAttribute(TextAttribute.UNDERLINE, TextAttribute.UNDERLINE_ON, from, to);
            }
        }
        Emoji.style(styled, words, style.font());
        return styled;
    }

    StyledText text() {
        return text;
    }

    int height() {
        return height;
    }

    /** The lines, as they are cut. */
    List<String> lines() {
        return lines.stream()
                .map(line -> text.text().substring(line.start(), line.end()))
                .map(String::stripTrailing)
                .toList();
    }

    /** From top to the end of the last line, how far to the right it reaches. */
    int lastLineEnd() {
        Line last = lines.get(lines.size() - 1);
        return last.layout() == null
                ? 0
                : (int) Math.ceil(last.x() + last.layout().getVisibleAdvance());
    }

    /** Where the last line's letters stand, below the top. */
    int lastBaseline() {
        Line last = lines.get(lines.size() - 1);
        return Math.round(last.top() + ascent(last));
    }

    private float ascent(Line line) {
        return line.layout() == null
                ? style.font().getLineMetrics("x", style.context()).getAscent()
                : line.layout().getAscent();
    }

    /** The character beside this point, counted from the top left. */
    int offsetAt(int x, int y) {
        Line line = lines.get(0);
        for (Line each : lines) {
            line = each.top() <= y ? each : line;
        }
        if (y < 0 || line.layout() == null) {
            return y < 0 ? 0 : line.start();
        }
        int offset = line.start() + line.layout().hitTestChar(x - line.x(), 0).getInsertionIndex();
        return Math.min(offset, line.end());
    }

    /** The character that stands at this point; -1 if none does. */
    int characterAt(int x, int y) {
        for (Line line : lines) {
            TextLayout layout = line.layout();
            boolean here = y >= line.top() && y < line.top() + line.height() && x >= line.x();
            if (layout != null && here && x < line.x() + layout.getVisibleAdvance()) {
                return line.start() + layout.hitTestChar(x - line.x(), 0).getCharIndex();
            }
        }
        return -1;
    }

    /** Draws the ground of the characters from {@code start} up to before {@code end}. */
    void paintGround(Graphics2D g, Color color, int x, int y, int start, int end) {
        g.setColor(color);
        for (Line line : lines) {
            int from = Math.max(start, line.start());
            int to = Math.min(end, line.end());
            if (line.layout() != null && from < to) {
                Rectangle2D bounds =
                        new Rectangle2D.Float(0, -ascent(line), line.layout().getAdvance(), line.height());
                Shape shape = line.layout().getLogicalHighlightShape(from - line.start(), to - line.start(), bounds);
                g.fill(AffineTransform.getTranslateInstance(x + line.x(), y + line.top() + ascent(line))
                        .createTransformedShape(shape));
            }
        }
    }

    /** Draws the ground of what is code: of several lines one, as wide as the longest. */
    void paintCode(Graphics2D g, Color color, int x, int y) {
        for (StyledText.Span span : text.spans()) {
            if (span.kind() == StyledText.Kind.CODE
                    && text.text().substring(span.start(), span.end()).contains("\n")) {
                paintBlock(g, color, x, y, span);
            } else if (span.kind() == StyledText.Kind.CODE) {
                paintGround(g, color, x, y, span.start(), span.end());
            }
        }
    }

    private void paintBlock(Graphics2D g, Color color, int x, int y, StyledText.Span span) {
        float top = Float.MAX_VALUE;
        float bottom = 0;
        float wide = 0;
        for (Line line : lines) {
            if (line.start() >= span.start() && line.end() <= span.end()) {
                top = Math.min(top, line.top());
                bottom = Math.max(bottom, line.top() + line.height());
                wide = Math.max(wide, line.layout() == null ? 0 : line.layout().getVisibleAdvance());
            }
        }
        if (bottom > top) {
            float edge = style.font().getSize2D() / 2;
            g.setColor(color);
            g.fill(new RoundRectangle2D.Float(x - edge, y + top, wide + 2 * edge, bottom - top, edge, edge));
        }
    }

    /** Draws with the first line's top at {@code y}. */
    void paint(Graphics2D g, Color color, int x, int y) {
        g.setColor(color);
        for (Line line : lines) {
            if (line.layout() != null) {
                line.layout().draw(g, x + line.x(), y + line.top() + ascent(line));
            }
        }
    }
}
