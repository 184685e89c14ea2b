package io.kabar.storage.csv.files;

import io.kabar.chat.internal.files.EditedText;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A CSV file that is small enough to be read whole.
 *
 * @param rows the records behind the header
 * @param isWhole whether the last record ends; if not, it may have been cut off
 */
public record SmallCsv(List<List<String>> rows, boolean isWhole) {

    /**
     * Reads a file.
     *
     * @param longest bytes that it can have
     * @throws DamagedException if it is longer, is no CSV file, or has another header
     */
    public static SmallCsv read(Path file, List<String> header, int longest) throws IOException {
        try {
            String text = EditedText.read(file, longest).text();
            List<List<String>> rows = new ArrayList<>();
            try (CSVParser parser = CsvLine.FORMAT.parse(new StringReader(text))) {
                for (CSVRecord record : parser) {
                    rows.add(CsvLine.cells(record));
                }
            }
            if (rows.isEmpty() || !rows.get(0).equals(header)) {
                throw new DamagedException("the header is not " + String.join(",", header));
            }
            return new SmallCsv(rows.subList(1, rows.size()), text.endsWith("\n") || text.endsWith("\r"));
        } catch (UncheckedIOException e) {
            throw new DamagedException("the quotes do not fit");
        } catch (IllegalArgumentException e) {
            throw new DamagedException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Reads a file that only servers write.
     *
     * @throws DamagedException also if its last record does not end
     */
    public static List<List<String>> rows(Path file, List<String> header, int longest) throws IOException {
        SmallCsv whole = read(file, header, longest);
        if (!whole.isWhole()) {
            throw new DamagedException("the last record does not end");
        }
        return whole.rows();
    }
}
