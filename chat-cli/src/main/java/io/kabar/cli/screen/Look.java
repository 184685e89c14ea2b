package io.kabar.cli.screen;

import io.kabar.cli.terminal.Cells;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * How this terminal shows things.
 *
 * @param cells how wide text is on it
 * @param glyphs the signs it has
 * @param theme its colours
 * @param zone in which times are told
 */
public record Look(Cells cells, Glyphs glyphs, Theme theme, ZoneId zone) {

    static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM yyyy", Locale.ENGLISH);

    /** Words in the middle of a line across all cells: {@code ───── new since 09:21 ─────}. */
    AttributedString separator(String words, int width, AttributedStyle style) {
        String fitting = cells.fit(" " + words + " ", width);
        int rest = width - cells.width(fitting);
        String line = glyphs.horizontal();
        return new AttributedString(line.repeat(rest / 2) + fitting + line.repeat(rest - rest / 2), style);
    }

    /** A row of exactly this many cells. */
    AttributedString padded(AttributedStringBuilder row, int width) {
        int used = cells.width(row.toString());
        return row.style(AttributedStyle.DEFAULT)
                .append(" ".repeat(Math.max(0, width - used)))
                .toAttributedString();
    }
}
