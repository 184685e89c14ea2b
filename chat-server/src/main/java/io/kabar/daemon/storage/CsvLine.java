package io.kabar.daemon.storage;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * One record of a CSV file (RFC 4180), safe to open in a spreadsheet: a cell that a spreadsheet would run as a formula
 * is written behind an apostrophe, which is how people tell a spreadsheet "text", and comes back without it.
 */
final class CsvLine {

    static final CSVFormat FORMAT = CSVFormat.RFC4180;

    /** What formulas begin with (OWASP, CSV injection), and the mark itself, so that reading can always drop one mark. */
    private static final String GUARDED = "=+-@\t\r\n'";

    private static final char MARK = '\'';

    private CsvLine() {}

    /** Appends a record with its line end. */
    static void append(StringBuilder out, String... cells) {
        Object[] guarded = new Object[cells.length];
        for (int i = 0; i < cells.length; i++) {
            guarded[i] = guard(cells[i]);
        }
        try {
            FORMAT.printRecord(out, guarded);
        } catch (IOException e) {
            throw new AssertionError("a StringBuilder takes everything", e);
        }
    }

    /**
     * Reads one record.
     *
     * @throws DamagedException if it is not exactly one
     */
    static List<String> parse(String line) throws DamagedException {
        List<CSVRecord> records;
        try (CSVParser parser = FORMAT.parse(new StringReader(line))) {
            records = parser.getRecords();
        } catch (IOException | UncheckedIOException e) {
            throw new DamagedException("the quotes do not fit");
        }
        if (records.size() != 1) {
            throw new DamagedException("this is not one record");
        }
        return cells(records.get(0));
    }

    /** The cells as they were before they were made safe. */
    static List<String> cells(CSVRecord record) {
        List<String> cells = new ArrayList<>(record.size());
        for (String cell : record) {
            cells.add(cell.isEmpty() || cell.charAt(0) != MARK ? cell : cell.substring(1));
        }
        return cells;
    }

    /** Whether a cell begins with a mark that keeps a spreadsheet from running it; a mark alone may be an apostrophe. */
    static boolean isGuarded(String cell) {
        return cell.length() > 1 && cell.charAt(0) == MARK && GUARDED.indexOf(cell.charAt(1)) >= 0;
    }

    private static String guard(String cell) {
        return cell.isEmpty() || GUARDED.indexOf(cell.charAt(0)) < 0 ? cell : MARK + cell;
    }
}
