package io.kabar.storage.csv.files;

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
 * is written behind an apostrophe, which is how people tell a spreadsheet "text", and comes back without it. A
 * spreadsheet of a country that separates cells by semicolons sees other cells, and quotes that stand in the middle of
 * its cells mean nothing to it: so within a text, too, whatever could begin a cell or a line there has an apostrophe
 * before it.
 */
public final class CsvLine {

    static final CSVFormat FORMAT = CSVFormat.RFC4180;

    /**
     * What formulas begin with (OWASP, CSV injection), and the mark itself, so that reading can always drop one mark.
     */
    private static final String FORMULA = "=+-@\uFF1D\uFF0B\uFF0D\uFF20'";
    /** What else is dangerous at the beginning of a cell, because a program may pass over it. */
    private static final String GUARDED = FORMULA + "\t\r\n";
    /** What may end a cell for a program that goes by other rules than ours. */
    private static final String ENDS = ";\t\r\n";

    private static final char MARK = '\'';

    private CsvLine() {}

    /** Appends a record with its line end. */
    public static void append(StringBuilder out, String... cells) {
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
    public static List<String> parse(String line) throws DamagedException {
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
            cells.add(unguard(cell.isEmpty() || cell.charAt(0) != MARK ? cell : cell.substring(1)));
        }
        return cells;
    }

    /** A cell of a file that somebody else may have written: an apostrophe at its beginning may be just that. */
    public static String foreign(String cell) {
        boolean guarded = cell.length() > 1 && cell.charAt(0) == MARK && GUARDED.indexOf(cell.charAt(1)) >= 0;
        return unguard(guarded ? cell.substring(1) : cell);
    }

    private static String guard(String cell) {
        StringBuilder out = new StringBuilder(cell.length() + 1);
        if (!cell.isEmpty() && GUARDED.indexOf(cell.charAt(0)) >= 0) {
            out.append(MARK);
        }
        for (int i = 0; i < cell.length(); i++) {
            if (i > 0 && isWithin(cell, i)) {
                out.append(MARK);
            }
            out.append(cell.charAt(i));
        }
        return out.toString();
    }

    private static String unguard(String cell) {
        if (cell.indexOf(MARK) < 0) {
            return cell; // nearly all of them
        }
        StringBuilder out = new StringBuilder(cell.length());
        for (int i = 0; i < cell.length(); i++) {
            boolean mark = i > 0
                    && cell.charAt(i) == MARK
                    && ENDS.indexOf(cell.charAt(i - 1)) >= 0
                    && i + 1 < cell.length()
                    && FORMULA.indexOf(cell.charAt(i + 1)) >= 0;
            if (mark) {
                i++; // what follows the mark is no mark itself
            }
            out.append(cell.charAt(i));
        }
        return out.toString();
    }

    /** Whether a formula could begin here, within a text. */
    private static boolean isWithin(String cell, int i) {
        return FORMULA.indexOf(cell.charAt(i)) >= 0 && ENDS.indexOf(cell.charAt(i - 1)) >= 0;
    }
}
