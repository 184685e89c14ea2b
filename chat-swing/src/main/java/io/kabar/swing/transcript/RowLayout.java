package io.kabar.swing.transcript;

import com.formdev.flatlaf.util.UIScale;
import io.kabar.chat.view.SendState;
import io.kabar.chat.view.TranscriptLine;
import io.kabar.chat.view.TranscriptLine.Said;
import java.awt.Font;
import java.awt.FontMetrics;
import javax.swing.JComponent;
import org.jspecify.annotations.Nullable;

/**
 * A row measured for a width: where its parts are and how high it is.
 *
 * @param body what was said or told
 * @param failure why it was not sent; null in all other rows
 * @param bodyTop top of the body
 */
record RowLayout(
        Row row,
        int width,
        Fonts fonts,
        TextBlock body,
        @Nullable TextBlock failure,
        int bodyTop,
        int height) {

    /** Distance of text from both edges. */
    static int margin() {
        return UIScale.scale(20);
    }

    static RowLayout of(Row row, int width, Fonts fonts) {
        TranscriptLine line = row.line();
        int room = width - 2 * margin();
        int top = (row.newDay() ? fonts.dayHeight() : 0) + (row.fresh() ? fonts.freshHeight() : 0);
        TextBlock body;
        TextBlock failure = null;
        if (line instanceof Said said) {
            top += row.head() ? UIScale.scale(8) : UIScale.scale(1);
            top += row.head() && !said.action() ? fonts.name().getHeight() + UIScale.scale(1) : 0;
            // The state has a place of its own at the right, as wide while sending as it will be.
            int state = said.own() ? fonts.small().stringWidth("accepted #99999") + UIScale.scale(16) : 0;
            body = said.action()
                    ? TextBlock.of("* " + said.from() + " " + said.text(), fonts.action(), room - state)
                    : TextBlock.of(said.text(), fonts.text(), room - state);
            if (said.state().phase() == SendState.Phase.REFUSED) {
                failure = TextBlock.of(said.state().words(), fonts.small(), room);
            }
        } else {
            top += UIScale.scale(6);
            boolean answer =
                    line instanceof TranscriptLine.Notice notice && notice.kind() == TranscriptLine.Notice.Kind.ANSWER;
            body = TextBlock.of(line.text(), answer ? fonts.text() : fonts.small(), room - UIScale.scale(14));
        }
        int height = top + body.height() + (failure == null ? 0 : failure.height()) + UIScale.scale(3);
        return new RowLayout(row, width, fonts, body, failure, top, height);
    }

    /** The fonts of a transcript, all made from the one it was given. */
    record Fonts(Font base, FontMetrics text, FontMetrics name, FontMetrics action, FontMetrics small) {

        static Fonts of(JComponent component) {
            Font base = component.getFont();
            return new Fonts(
                    base,
                    component.getFontMetrics(base),
                    component.getFontMetrics(base.deriveFont(Font.BOLD)),
                    component.getFontMetrics(base.deriveFont(Font.ITALIC)),
                    component.getFontMetrics(base.deriveFont(base.getSize2D() * 0.88f)));
        }

        int dayHeight() {
            return small.getHeight() + UIScale.scale(18);
        }

        int freshHeight() {
            return small.getHeight() + UIScale.scale(10);
        }
    }
}
