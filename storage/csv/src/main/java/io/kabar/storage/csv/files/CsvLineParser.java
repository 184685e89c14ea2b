package io.kabar.storage.csv.files;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.commons.csv.CSVRecord;

/**
 * Parses the records of one file, each handed over as a text of its own. One CSV parser serves for all of them, since
 * making one costs more than to parse a record; after damage it is of no more use.
 */
public final class CsvLineParser {

    private final Feed feed = new Feed();
    private final Iterator<CSVRecord> records;

    public CsvLineParser() throws IOException {
        records = CsvLine.FORMAT.parse(feed).iterator();
    }

    /**
     * Parses one record.
     *
     * @throws DamagedException if it is not exactly one, or if the one before was more than one
     */
    public List<String> parse(String line) throws DamagedException {
        feed.line = line;
        feed.at = 0;
        CSVRecord record;
        try {
            record = records.next();
        } catch (UncheckedIOException | NoSuchElementException e) {
            throw new DamagedException("the quotes do not fit");
        }
        if (feed.at < line.length()) {
            throw new DamagedException("this is not one record");
        }
        return CsvLine.cells(record);
    }

    /** Gives the parser the present line and then an end: it asks for more only if the record does not end. */
    private static final class Feed extends Reader {
        private String line = "";
        private int at;

        @Override
        public int read(char[] buffer, int offset, int length) {
            int count = Math.min(length, line.length() - at);
            if (count == 0) {
                return -1;
            }
            line.getChars(at, at + count, buffer, offset);
            at += count;
            return count;
        }

        @Override
        public void close() {}
    }
}
