package io.kabar.cli.screen;

import io.kabar.chat.view.words.VisibleText;
import io.kabar.cli.terminal.Cells;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/**
 * The rows where is written, around the cursor if there are more than have a place.
 *
 * @param rows what to draw
 * @param cursorRow which of them the cursor is in
 * @param cursorColumn where in that row it is
 */
record InputPane(List<AttributedString> rows, int cursorRow, int cursorColumn) {

    /** As much of a question, or of what may be completed, as nobody minds. */
    private static final int MOST_ABOVE = 4;

    static InputPane draw(Look look, Writing writing, int width, int height) {
        List<AttributedString> above = above(look, writing, width, Math.min(MOST_ABOVE, height - 1));
        InputPane lines = lines(look, writing, width, Math.max(1, height - above.size()));
        List<AttributedString> rows = new ArrayList<>(above);
        rows.addAll(lines.rows);
        return new InputPane(rows, above.size() + lines.cursorRow, lines.cursorColumn);
    }

    private static List<AttributedString> above(Look look, Writing writing, int width, int most) {
        List<AttributedString> rows = new ArrayList<>();
        List<String> all = new ArrayList<>(writing.above());
        if (!writing.length().isEmpty()) {
            all.add(writing.length());
        }
        for (String words : all) {
            for (String row : look.cells().wrap(look.cells().drawable(words), width - 1)) {
                if (rows.size() < most) {
                    rows.add(new AttributedString(" " + row, look.theme().bold()));
                }
            }
        }
        return rows;
    }

    private static InputPane lines(Look look, Writing writing, int width, int height) {
        String label = look.cells().drawable(writing.prompt());
        String prompt =
                " " + label + (label.isEmpty() ? "" : " ") + look.glyphs().prompt() + " ";
        if (look.cells().width(prompt) > width / 2) {
            prompt = look.glyphs().prompt() + " ";
        }
        int indent = look.cells().width(prompt);
        List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
        int column = indent;
        int cursorRow = 0;
        int cursorColumn = indent;
        String text = writing.text();
        int at = 0;
        while (at <= text.length()) {
            boolean end = at == text.length();
            // A letter is drawn as a whole, so that the cursor stands where the terminal puts what comes next.
            int next = end ? at + 1 : Cells.letterEnd(text, at);
            boolean breaks = !end && text.charAt(at) == '\n';
            String shown = end || breaks ? "" : writing.hidden() ? "*" : visible(look, text.substring(at, next));
            int cells = look.cells().width(shown);
            if (column + Math.max(1, cells) > width) {
                rows.add(new StringBuilder());
                column = indent;
            }
            if (writing.cursor() >= at && writing.cursor() < next) {
                cursorRow = rows.size() - 1;
                cursorColumn = column;
            }
            rows.get(rows.size() - 1).append(shown);
            column += cells;
            if (breaks) {
                rows.add(new StringBuilder());
                column = indent;
            }
            at = next;
        }
        int from = Math.max(0, Math.min(cursorRow - height + 1, rows.size() - height));
        List<AttributedString> drawn = new ArrayList<>();
        for (int i = from; i < Math.min(rows.size(), from + height); i++) {
            drawn.add(
                    row(look, i == 0 ? prompt : " ".repeat(indent), rows.get(i).toString(), i == 0));
        }
        return new InputPane(drawn, cursorRow - from, Math.min(cursorColumn, width - 1));
    }

    private static AttributedString row(Look look, String prompt, String text, boolean first) {
        AttributedStringBuilder row = new AttributedStringBuilder()
                .styled(first ? look.theme().bold() : look.theme().dim(), prompt)
                .append(text);
        return row.toAttributedString();
    }

    /** What would act instead of being read, as a sign. */
    private static String visible(Look look, String letter) {
        return look.cells().drawable(VisibleText.onOneLine(letter));
    }
}
