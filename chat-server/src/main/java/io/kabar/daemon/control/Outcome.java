package io.kabar.daemon.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of a command that was done.
 *
 * @param list whether the rows are what was asked for; otherwise something was done, and they tell more of it
 * @param sentence what to tell a person; of a list, what to say if there are no rows
 * @param rows values by name: strings, numbers, booleans, and lists of strings; names of other people are in them as
 *     they are
 */
public record Outcome(boolean list, String sentence, List<Map<String, Object>> rows) {

    /** Keeps the list unmodifiable. */
    public Outcome {
        rows = List.copyOf(rows);
    }

    /** Something was done. */
    public static Outcome done(String sentence) {
        return new Outcome(false, sentence, List.of());
    }

    /** Something was done, of which there is more to tell. */
    public static Outcome done(String sentence, Row row) {
        return new Outcome(false, sentence, List.of(row.values));
    }

    /** What was asked for; {@code none} is what to say if that is nothing. */
    public static Outcome list(String none, List<Row> rows) {
        List<Map<String, Object>> values = new ArrayList<>();
        rows.forEach(row -> values.add(row.values));
        return new Outcome(true, none, values);
    }

    /** Collects the values of a row, in the order in which they are shown. */
    public static final class Row {

        private final Map<String, Object> values = new LinkedHashMap<>();

        /** Adds a text. */
        public Row with(String name, String text) {
            values.put(name, text);
            return this;
        }

        /** Adds a number. */
        public Row with(String name, long number) {
            values.put(name, number);
            return this;
        }

        /** Adds a yes or no. */
        public Row with(String name, boolean is) {
            values.put(name, is);
            return this;
        }

        /** Adds several texts. */
        public Row with(String name, List<String> texts) {
            values.put(name, List.copyOf(texts));
            return this;
        }
    }
}
