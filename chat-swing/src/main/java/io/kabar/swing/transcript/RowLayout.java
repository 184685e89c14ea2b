package io.kabar.swing.transcript;

import com.formdev.flatlaf.util.UIScale;
import io.kabar.chat.Amended;
import io.kabar.chat.view.SendState;
import io.kabar.chat.view.TranscriptLine;
import io.kabar.chat.view.TranscriptLine.Said;
import io.kabar.chat.view.words.Reading;
import io.kabar.chat.view.words.VisibleText;
import io.kabar.swing.look.Theme;
import java.awt.Font;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row measured for a width: where its parts are and how high it is.
 *
 * @param quote what it answers, on one line; null if it answers nothing
 * @param body what was said or told
 * @param bodyX left edge of the body
 * @param bodyTop top of the body
 * @param failure why it was not sent; null in all other rows
 * @param chips who has reacted, below the body
 */
record RowLayout(
        Row row,
        int width,
        Fonts fonts,
        @Nullable TextBlock quote,
        TextBlock body,
        int bodyX,
        int bodyTop,
        @Nullable TextBlock failure,
        List<Chip> chips,
        int height) {

    /** Lines of text longer than this are hard to read. */
    private static final int MEASURE = 900;

    /** A reaction, where it is. */
    record Chip(Amended.Reaction reaction, TextBlock words, Rectangle place) {}

    /** Distance of text from both edges. */
    static int margin() {
        return UIScale.scale(20);
    }

    static int gap() {
        return UIScale.scale(10);
    }

    static RowLayout of(Row row, int width, Fonts fonts) {
        return row.line() instanceof Said said ? said(row, said, width, fonts) : told(row, width, fonts);
    }

    private static int room(int width) {
        return Math.min(width - 2 * margin(), UIScale.scale(MEASURE));
    }

    private static int separators(Row row, Fonts fonts) {
        return (row.newDay() ? fonts.dayHeight() : 0) + (row.fresh() ? fonts.freshHeight() : 0);
    }

    private static RowLayout said(Row row, Said said, int width, Fonts fonts) {
        Reading reading = said.reading();
        int room = room(width);
        int top = separators(row, fonts) + UIScale.scale(row.head() ? 8 : 2);
        top += row.head() && !said.action() ? fonts.name().getHeight() + UIScale.scale(2) : 0;
        TextBlock quote = null;
        if (reading.quote().isPresent()) {
            String words = reading.quote().get().words();
            quote = block(StyledText.plain(words), fonts, fonts.small().getFont(), room - UIScale.scale(12));
            top += quote.height() + UIScale.scale(4);
        }
        // The state has a place of its own at the right, as wide while sending as it will be.
        int state = said.own() ? fonts.small().stringWidth("sending") + UIScale.scale(16) : 0;
        int edited = reading.edited() ? fonts.small().stringWidth(" (edited)") : 0;
        boolean slanted = said.action() || reading.deleted();
        TextBlock body = block(
                RowWords.body(said), fonts, slanted ? fonts.action().getFont() : fonts.base(), room - state - edited);
        int y = top + body.height();
        TextBlock failure = null;
        if (said.state().phase() == SendState.Phase.REFUSED) {
            failure = block(
                    StyledText.plain(said.state().words()), fonts, fonts.small().getFont(), room);
            y += failure.height();
        }
        List<Chip> chips = chips(reading.reactions(), fonts, room, y + UIScale.scale(4));
        if (!chips.isEmpty()) {
            Rectangle last = chips.get(chips.size() - 1).place();
            y = last.y + last.height;
        }
        return new RowLayout(row, width, fonts, quote, body, margin(), top, failure, chips, y + UIScale.scale(4));
    }

    private static RowLayout told(Row row, int width, Fonts fonts) {
        TranscriptLine line = row.line();
        boolean answer =
                line instanceof TranscriptLine.Notice notice && notice.kind() == TranscriptLine.Notice.Kind.ANSWER;
        int inset = UIScale.scale(14);
        int top = separators(row, fonts) + UIScale.scale(6);
        TextBlock body = block(
                RowWords.body(line),
                fonts,
                answer ? fonts.base() : fonts.small().getFont(),
                room(width) - inset);
        return new RowLayout(
                row,
                width,
                fonts,
                null,
                body,
                margin() + inset,
                top,
                null,
                List.of(),
                top + body.height() + UIScale.scale(4));
    }

    private static List<Chip> chips(List<Amended.Reaction> reactions, Fonts fonts, int room, int top) {
        List<Chip> chips = new ArrayList<>();
        int x = margin();
        int y = top;
        for (Amended.Reaction reaction : reactions) {
            TextBlock words = block(
                    StyledText.plain(VisibleText.onOneLine(reaction.emoji()) + " " + reaction.count()),
                    fonts,
                    fonts.small().getFont(),
                    room - 2 * gap());
            int wide = words.lastLineEnd() + 2 * UIScale.scale(8);
            int high = words.height() + UIScale.scale(4);
            if (x > margin() && x + wide > margin() + room) {
                x = margin();
                y += high + UIScale.scale(4);
            }
            chips.add(new Chip(reaction, words, new Rectangle(x, y, wide, high)));
            x += wide + UIScale.scale(6);
        }
        return List.copyOf(chips);
    }

    private static TextBlock block(StyledText text, Fonts fonts, Font font, int width) {
        TextBlock.Style style = new TextBlock.Style(font, fonts.mono(font), fonts.context(), Theme.color("accent"));
        return TextBlock.of(text, style, width);
    }

    /** Top of what is drawn of the row itself, below the separators. */
    int top() {
        return separators(row, fonts);
    }

    /** Where the quote stands; empty if there is none. */
    Rectangle quotePlace() {
        return quote == null
                ? new Rectangle()
                : new Rectangle(margin(), bodyTop - UIScale.scale(4) - quote.height(), room(width), quote.height());
    }

    /** The right end of the text's measure. */
    int right() {
        return margin() + room(width);
    }
}
