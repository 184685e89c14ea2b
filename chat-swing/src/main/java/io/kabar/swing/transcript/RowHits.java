package io.kabar.swing.transcript;

import com.formdev.flatlaf.util.UIScale;
import io.kabar.chat.view.TranscriptLine.Said;
import java.awt.Rectangle;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What stands at a point of a row, counted from its top left. */
final class RowHits {

    private RowHits() {}

    /** The buttons of a row that is pointed at; none where nothing can be done. */
    static Map<Marks, Rectangle> buttons(RowLayout row) {
        Map<Marks, Rectangle> places = new EnumMap<>(Marks.class);
        if (isMessage(row)) {
            int size = row.fonts().text().getHeight() + UIScale.scale(2);
            int x = Math.min(row.width() - RowLayout.margin(), row.right()) - 3 * (size + UIScale.scale(2));
            x -= ((Said) row.row().line()).own() ? row.fonts().small().getAscent() + UIScale.scale(8) : 0;
            for (Marks mark : new Marks[] {Marks.REPLY, Marks.REACT, Marks.MORE}) {
                places.put(mark, new Rectangle(x, row.top() + UIScale.scale(2), size, size));
                x += size + UIScale.scale(2);
            }
        }
        return places;
    }

    /** Whether something can be done with it. */
    static boolean isMessage(RowLayout row) {
        return row.row().line() instanceof Said said
                && said.state().sequence() > 0
                && !said.reading().deleted();
    }

    static Optional<Marks> button(RowLayout row, int x, int y) {
        return buttons(row).entrySet().stream()
                .filter(button -> button.getValue().contains(x, y))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    static Optional<RowLayout.Chip> chip(RowLayout row, int x, int y) {
        return row.chips().stream().filter(chip -> chip.place().contains(x, y)).findFirst();
    }

    /** The number of the message that is quoted there. */
    static Optional<Long> quote(RowLayout row, int x, int y) {
        return row.quotePlace().contains(x, y) && row.row().line() instanceof Said said
                ? said.reading().quote().map(quote -> quote.sequence())
                : Optional.empty();
    }

    static Optional<String> link(RowLayout row, int x, int y) {
        int at = row.body().characterAt(x - row.bodyX(), y - row.bodyTop());
        return at < 0 ? Optional.empty() : row.body().text().linkAt(at);
    }

    /** Whether something happens when it is pressed. */
    static boolean isActive(RowLayout row, int x, int y) {
        return button(row, x, y).isPresent()
                || chip(row, x, y).isPresent()
                || quote(row, x, y).isPresent()
                || link(row, x, y).isPresent();
    }
}
