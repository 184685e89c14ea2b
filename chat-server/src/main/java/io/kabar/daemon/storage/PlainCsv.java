package io.kabar.daemon.storage;

import io.kabar.chat.internal.text.LocalZone;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The small CSV files of simple chat programs, {@code username.csv} and {@code messages.csv}: with a header or without,
 * with times or without, separated by commas or semicolons. Such a file may be of any length: it is looked through once, and
 * then read row by row.
 *
 * @param file the file
 * @param separator what stands between two cells
 * @param header where the columns are; empty if the file does not say
 * @param singleCells whether no row has more than one cell
 */
record PlainCsv(Path file, char separator, Map<Column, Integer> header, boolean singleCells) {

    /** What a column may hold. */
    enum Column {
        NAME("name", "username", "user", "sender", "from", "nama", "nickname", "client"),
        TEXT("message", "text", "msg", "content", "body", "pesan", "messages"),
        TIME("time", "timestamp", "date", "datetime", "waktu", "tanggal", "sent"),
        PASSWORD("password", "pass", "pwd");

        @SuppressWarnings("ImmutableEnumChecker") // Set.of cannot be changed
        private final Set<String> words;

        Column(String... words) {
            this.words = Set.of(words);
        }

        static @Nullable Column of(String cell) {
            String word = cell.strip().toLowerCase(Locale.ROOT);
            for (Column column : values()) {
                if (column.words.contains(word)) {
                    return column;
                }
            }
            return null;
        }
    }

    /** A row and the line it begins in. */
    record Row(long line, List<String> cells) {}

    private static final List<DateTimeFormatter> TIMES = List.of(
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss[.SSSSSSSSS][.SSSSSS][.SSS]", Locale.ROOT),
            DateTimeFormatter.ISO_LOCAL_DATE_TIME,
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT),
            DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm:ss", Locale.ROOT),
            DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm", Locale.ROOT));

    /**
     * Looks through a file.
     *
     * @throws IOException with half a sentence, if it cannot be read to its end
     */
    static PlainCsv read(Path file) throws IOException {
        String first;
        try (BoundedLines lines = new BoundedLines(file)) {
            String line = lines.next();
            first = line == null ? "" : line;
        }
        char separator = first.indexOf(',') < 0 && first.indexOf(';') >= 0 ? ';' : ',';
        List<Row> begin = new ArrayList<>();
        int[] longest = {0};
        records(file, separator, row -> {
            if (begin.isEmpty()) {
                begin.add(row);
            }
            longest[0] = Math.max(longest[0], row.cells().size());
        });
        Map<Column, Integer> header =
                begin.isEmpty() ? Map.of() : header(begin.get(0).cells());
        return new PlainCsv(file, separator, header, longest[0] <= 1);
    }

    /** Takes rows in order. */
    interface Sink {
        void take(Row row) throws IOException;
    }

    /** All rows behind the header. */
    void rows(Sink sink) throws IOException {
        boolean[] begun = {header.isEmpty()};
        records(file, separator, row -> {
            if (begun[0]) {
                sink.take(row);
            }
            begun[0] = true;
        });
    }

    private static void records(Path file, char separator, Sink sink) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator)
                .setIgnoreEmptyLines(false)
                .setLenientEof(true)
                .setTrailingData(true)
                .get();
        try (Bounded text = new Bounded(Files.newBufferedReader(file, StandardCharsets.UTF_8));
                CSVParser parser = format.parse(text)) {
            long line = 1;
            Iterator<CSVRecord> records = parser.iterator();
            while (hasNext(records, line)) {
                CSVRecord record = records.next();
                if (record.size() > 1 || !record.get(0).isBlank()) {
                    sink.take(new Row(line, record.toList()));
                }
                text.recordEnds();
                line = parser.getCurrentLineNumber() + 1;
            }
        }
    }

    /** The parser reads on here, and here only. */
    private static boolean hasNext(Iterator<CSVRecord> records, long line) throws IOException {
        try {
            return records.hasNext();
        } catch (UncheckedIOException e) {
            IOException cause = Objects.requireNonNull(e.getCause());
            if (cause instanceof CharacterCodingException) {
                throw cause;
            }
            throw new IOException(
                    cause instanceof DamagedException
                            ? "line " + line + " is longer than any message"
                            : "the quotes in line " + line + " do not fit",
                    e);
        }
    }

    /** Holds a parser back that looks for the end of a record for too long; passes over a byte order mark. */
    private static final class Bounded extends FilterReader {
        /** What the parser reads ahead of a record. */
        private static final int AHEAD = 64 * 1024;

        private long sinceRecord;
        private boolean begun;

        Bounded(Reader in) {
            super(in);
        }

        void recordEnds() {
            sinceRecord = 0;
        }

        @Override
        public int read() throws IOException {
            char[] one = new char[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            int count = in.read(buffer, offset, length);
            if (!begun && count > 0) {
                begun = true;
                if (buffer[offset] == '\uFEFF') {
                    System.arraycopy(buffer, offset + 1, buffer, offset, count - 1);
                    count = count > 1 ? count - 1 : in.read(buffer, offset, length);
                }
            }
            sinceRecord += Math.max(count, 0);
            if (sinceRecord > SegmentReader.LONGEST + AHEAD) {
                throw new DamagedException("this is longer than any message");
            }
            return count;
        }
    }

    private static Map<Column, Integer> header(List<String> cells) {
        Map<Column, Integer> columns = new EnumMap<>(Column.class);
        for (int i = 0; i < cells.size(); i++) {
            Column column = Column.of(cells.get(i));
            if (column != null) {
                columns.putIfAbsent(column, i);
            }
        }
        // One word alone may be somebody's name; two that fit are no accident, nor is a line of nothing else.
        boolean all = columns.size() == cells.size();
        return columns.containsKey(Column.NAME) && (all || columns.size() >= 2) ? columns : Map.of();
    }

    /** Whether this is a list of names rather than of messages. */
    boolean isNames(String fileName) {
        if (!header.isEmpty()) {
            return !header.containsKey(Column.TEXT);
        }
        return fileName.toLowerCase(Locale.ROOT).startsWith("user") || singleCells;
    }

    /** The cell of a row; empty if there is none. */
    String cell(Row row, Column column) {
        Integer index = header.get(column);
        return index == null || index >= row.cells().size()
                ? ""
                : CsvLine.foreign(row.cells().get(index));
    }

    /** A row as a message: who, what, and when if it says so. */
    Map<Column, String> message(Row row) {
        Map<Column, String> message = new HashMap<>();
        List<String> cells = row.cells();
        if (!header.isEmpty()) {
            for (Column column : header.keySet()) {
                message.put(column, cell(row, column));
            }
            return message;
        }
        int from = cells.size() > 2 && time(cells.get(0)) != null ? 1 : 0;
        boolean timeLast = from == 0 && cells.size() > 2 && time(cells.get(cells.size() - 1)) != null;
        int to = timeLast ? cells.size() - 1 : cells.size();
        message.put(Column.NAME, CsvLine.foreign(cells.get(from)));
        // A text with commas that nobody has quoted is still one text.
        message.put(
                Column.TEXT,
                CsvLine.foreign(
                        cells.subList(Math.min(from + 1, to), to).stream().collect(Collectors.joining(","))));
        if (from == 1 || timeLast) {
            message.put(Column.TIME, cells.get(timeLast ? to : 0));
        }
        return message;
    }

    /** A point in time as people write it, in this machine's time zone unless it names one; null if it is none. */
    static @Nullable Instant time(String cell) {
        String text = cell.strip();
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            // Another form, then.
        }
        for (DateTimeFormatter form : TIMES) {
            try {
                return LocalDateTime.parse(text, form).atZone(LocalZone.zone()).toInstant();
            } catch (DateTimeException e) {
                // Another one.
            }
        }
        return null;
    }
}
