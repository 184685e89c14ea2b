package io.kabar.daemon.control;

import io.kabar.chat.view.words.VisibleText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Outcomes as lines for people; what others have named or said cannot steer a terminal. */
public final class TextTable {

    private static final String GAP = "  ";

    /** More of them side by side are wider than a terminal. */
    private static final int MOST_COLUMNS = 8;

    private TextTable() {}

    /** The sentence of what was done, or the rows of a list under their names; a single wide row is shown upright. */
    public static List<String> lines(Outcome outcome) {
        List<Map<String, Object>> rows = outcome.rows();
        if (!outcome.list() || rows.isEmpty()) {
            return outcome.sentence().isEmpty() ? List.of() : List.of(VisibleText.onOneLine(outcome.sentence()));
        }
        return rows.size() == 1 && rows.get(0).size() > MOST_COLUMNS ? upright(rows.get(0)) : table(rows);
    }

    private static List<String> upright(Map<String, Object> row) {
        int width = row.keySet().stream().mapToInt(String::length).max().orElse(0);
        return row.entrySet().stream()
                .map(cell -> padded(cell.getKey(), width) + GAP + text(cell.getValue()))
                .map(String::stripTrailing)
                .toList();
    }

    private static List<String> table(List<Map<String, Object>> rows) {
        Set<String> names = new LinkedHashSet<>();
        rows.forEach(row -> names.addAll(row.keySet()));
        List<List<String>> cells = new ArrayList<>();
        cells.add(List.copyOf(names));
        for (Map<String, Object> row : rows) {
            cells.add(
                    names.stream().map(name -> text(row.getOrDefault(name, ""))).toList());
        }
        int[] widths = new int[names.size()];
        for (List<String> line : cells) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], length(line.get(column)));
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> line : cells) {
            StringBuilder text = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                text.append(padded(line.get(column), widths[column])).append(GAP);
            }
            lines.add(text.toString().stripTrailing());
        }
        return lines;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - length(text)));
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String text(Object value) {
        return value instanceof List<?> several
                ? String.join(", ", several.stream().map(TextTable::text).toList())
                : VisibleText.onOneLine(value.toString());
    }
}
