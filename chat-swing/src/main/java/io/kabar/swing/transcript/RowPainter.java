package io.kabar.swing.transcript;

import com.formdev.flatlaf.ui.FlatUIUtils;
import com.formdev.flatlaf.util.UIScale;
import io.kabar.chat.view.SendState;
import io.kabar.chat.view.TranscriptLine;
import io.kabar.chat.view.TranscriptLine.Notice;
import io.kabar.chat.view.TranscriptLine.Said;
import io.kabar.swing.look.Theme;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import javax.swing.JComponent;

/** Draws rows that are laid out. */
final class RowPainter {

    private final JComponent on;
    private final RowWords words;

    RowPainter(JComponent on, RowWords words) {
        this.on = on;
        this.words = words;
    }

    /**
     * Draws a row with its top at the origin.
     *
     * @param selected which characters of the body, from and to
     * @param focused whether keys act on it
     * @param hovered whether it is pointed at, and shows what can be done
     */
    void paint(Graphics2D g, RowLayout row, int[] selected, boolean focused, boolean hovered) {
        separators(g, row);
        ground(g, row, focused, hovered);
        if (row.row().line() instanceof Said) {
            row.body().paintCode(g, Theme.color("code"), row.bodyX(), row.bodyTop());
        }
        if (selected[0] < selected[1]) {
            row.body().paintGround(g, Theme.color("selected"), row.bodyX(), row.bodyTop(), selected[0], selected[1]);
        }
        if (row.row().line() instanceof Said said) {
            said(g, row, said);
        } else {
            told(g, row, row.row().line());
        }
        if (hovered) {
            RowHits.buttons(row).forEach((button, place) -> button(g, button, place));
        }
    }

    private void separators(Graphics2D g, RowLayout row) {
        int y = 0;
        if (row.row().newDay()) {
            int height = row.fonts().dayHeight();
            separator(g, row, words.day(row.row().line()), y, height, Theme.color("line"), Theme.color("muted"));
            y += height;
        }
        if (row.row().fresh()) {
            separator(g, row, "new", y, row.fonts().freshHeight(), Theme.color("accent"), Theme.color("accent"));
        }
    }

    private void separator(Graphics2D g, RowLayout row, String text, int y, int height, Color line, Color ink) {
        FontMetrics small = row.fonts().small();
        int textWidth = small.stringWidth(text);
        int textX = (row.width() - textWidth) / 2;
        int gap = UIScale.scale(12);
        int middle = y + height / 2;
        g.setColor(line);
        g.fillRect(RowLayout.margin(), middle, textX - gap - RowLayout.margin(), 1);
        int right = textX + textWidth + gap;
        g.fillRect(right, middle, row.width() - RowLayout.margin() - right, 1);
        string(g, text, small.getFont(), ink, textX, middle + (small.getAscent() - small.getDescent()) / 2);
    }

    private void string(Graphics2D g, String text, Font font, Color color, int x, int baseline) {
        g.setFont(font);
        g.setColor(color);
        FlatUIUtils.drawString(on, g, text, x, baseline);
    }

    private static void ground(Graphics2D g, RowLayout row, boolean focused, boolean hovered) {
        int top = row.top();
        int height = row.height() - top;
        boolean mention = row.row().line() instanceof Said said && said.mention();
        if (mention || hovered) {
            g.setColor(Theme.color(mention ? "mention" : "hover"));
            g.fillRect(0, top, row.width(), height);
        }
        if (mention) {
            g.setColor(Theme.color("mentionBar"));
            g.fillRect(0, top, UIScale.scale(4), height);
        }
        if (focused) {
            Object[] hints = FlatUIUtils.setRenderingHints(g);
            g.setColor(Theme.color("accent"));
            int inset = UIScale.scale(6);
            g.drawRoundRect(
                    inset,
                    top + UIScale.scale(1),
                    row.width() - 2 * inset - 1,
                    height - UIScale.scale(2),
                    UIScale.scale(8),
                    UIScale.scale(8));
            FlatUIUtils.resetRenderingHints(g, hints);
        }
    }

    private void said(Graphics2D g, RowLayout row, Said said) {
        if (row.row().head() && !said.action()) {
            head(g, row, said);
        }
        if (row.quote() != null) {
            Rectangle place = row.quotePlace();
            g.setColor(Theme.color("accent"));
            g.fillRect(place.x, place.y, UIScale.scale(2), place.height);
            row.quote().paint(g, Theme.color("muted"), place.x + UIScale.scale(12), place.y);
        }
        boolean onItsWay = said.state().phase() == SendState.Phase.SENDING;
        Color ink = onItsWay || said.reading().deleted()
                ? Theme.color("muted")
                : said.action() ? Theme.nameColor(said.from().key()) : on.getForeground();
        row.body().paint(g, ink, row.bodyX(), row.bodyTop());
        int baseline = row.bodyTop() + row.body().lastBaseline();
        Font small = row.fonts().small().getFont();
        if (said.reading().edited()) {
            string(
                    g,
                    " (edited)",
                    small,
                    Theme.color("muted"),
                    row.bodyX() + row.body().lastLineEnd(),
                    baseline);
        }
        if (row.failure() != null) {
            row.failure()
                    .paint(
                            g,
                            Theme.color("bad"),
                            row.bodyX(),
                            row.bodyTop() + row.body().height());
        } else if (onItsWay) {
            String state = said.state().words();
            int x = row.right() - row.fonts().small().stringWidth(state);
            string(g, state, small, Theme.color("wait"), x, baseline);
        } else if (said.own()) {
            int size = row.fonts().small().getAscent();
            g.setColor(Theme.color("muted"));
            Marks.ACCEPTED.paint(g, row.right() - size, baseline - size + UIScale.scale(1), size);
        }
        row.chips().forEach(chip -> chip(g, chip));
    }

    private void head(Graphics2D g, RowLayout row, Said said) {
        FontMetrics name = row.fonts().name();
        int baseline = row.top() + UIScale.scale(8) + name.getAscent();
        string(
                g,
                said.from().text(),
                name.getFont(),
                Theme.nameColor(said.from().key()),
                RowLayout.margin(),
                baseline);
        int timeX = RowLayout.margin() + name.stringWidth(said.from().text()) + RowLayout.gap();
        string(g, words.time(said), row.fonts().small().getFont(), Theme.color("muted"), timeX, baseline);
    }

    private static void chip(Graphics2D g, RowLayout.Chip chip) {
        Rectangle place = chip.place();
        Object[] hints = FlatUIUtils.setRenderingHints(g);
        boolean own = chip.reaction().own();
        g.setColor(Theme.color(own ? "selection" : "code"));
        g.fillRoundRect(place.x, place.y, place.width, place.height, place.height, place.height);
        g.setColor(Theme.color(own ? "accent" : "line"));
        g.drawRoundRect(place.x, place.y, place.width - 1, place.height - 1, place.height, place.height);
        FlatUIUtils.resetRenderingHints(g, hints);
        chip.words()
                .paint(
                        g,
                        Theme.color(own ? "accent" : "muted"),
                        place.x + UIScale.scale(8),
                        place.y + UIScale.scale(2));
    }

    private static void button(Graphics2D g, Marks mark, Rectangle place) {
        Object[] hints = FlatUIUtils.setRenderingHints(g);
        g.setColor(Theme.color("paper"));
        g.fillRoundRect(place.x, place.y, place.width, place.height, UIScale.scale(6), UIScale.scale(6));
        g.setColor(Theme.color("line"));
        g.drawRoundRect(place.x, place.y, place.width - 1, place.height - 1, UIScale.scale(6), UIScale.scale(6));
        FlatUIUtils.resetRenderingHints(g, hints);
        g.setColor(Theme.color("muted"));
        int inset = place.width / 6;
        mark.paint(g, place.x + inset, place.y + inset, place.width - 2 * inset);
    }

    private void told(Graphics2D g, RowLayout row, TranscriptLine line) {
        Color ink = Theme.color("muted");
        Color bar = Theme.color("line");
        if (line instanceof Notice notice) {
            switch (notice.kind()) {
                case FAILURE -> ink = bar = Theme.color("bad");
                case GAP -> ink = bar = Theme.color("wait");
                case SINCE_LEFT -> ink = bar = Theme.color("accent");
                case ANSWER -> {
                    ink = on.getForeground();
                    bar = Theme.color("accent");
                }
                case INFO, TOPIC -> {}
            }
        }
        g.setColor(bar);
        g.fillRect(
                RowLayout.margin(), row.bodyTop(), UIScale.scale(2), row.body().height());
        row.body().paint(g, ink, row.bodyX(), row.bodyTop());
    }

    /** Who speaks, since when and on which day, over rows whose head is out of sight. */
    void sticky(Graphics2D g, RowLayout row, int height) {
        TranscriptLine line = row.row().line();
        Fonts fonts = row.fonts();
        g.setColor(Theme.color("paper"));
        g.fillRect(0, 0, row.width(), height);
        g.setColor(Theme.color("line"));
        g.fillRect(0, height - 1, row.width(), 1);
        int baseline = (height + fonts.name().getAscent() - fonts.name().getDescent()) / 2;
        Font small = fonts.small().getFont();
        String day = words.day(line);
        int dayX = row.width() - RowLayout.margin() - fonts.small().stringWidth(day);
        string(g, day, small, Theme.color("muted"), dayX, baseline);
        if (line instanceof Said said && !said.action()) {
            String name = said.from().text();
            Color color = Theme.nameColor(said.from().key());
            string(g, name, fonts.name().getFont(), color, RowLayout.margin(), baseline);
            int timeX = RowLayout.margin() + fonts.name().stringWidth(name) + RowLayout.gap();
            string(g, words.time(said), small, Theme.color("muted"), timeX, baseline);
        }
    }
}
