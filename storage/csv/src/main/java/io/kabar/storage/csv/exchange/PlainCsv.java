package io.kabar.storage.csv.exchange;

import io.kabar.chat.internal.text.LocalZone;
import io.kabar.storage.csv.files.BoundedLines;
import io.kabar.storage.csv.files.CsvLine;
import io.kabar.storage.csv.files.DamagedException;
import io.kabar.storage.csv.files.SegmentReader;
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
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The small CSV files of simple chat programs, {@code username.csv} and {@code messages.csv}: with a header or without,
 * with times or without, separated by commas, semicolons or tabs. Such a file may be of any length: it is looked
 * through once, and then read row by row. What is not understood is refused with its line, because a guess makes
 * accounts of headers and one message of half a file.
 *
 * @param file the file
 * @param form how it is written
 * @param header where the columns are; empty if the file does not say
 * @param columns how many there are; 0 if the file does not say
 * @param unknown columns of the header that hold something else
 * @param singleCells whether no row has more than one cell
 */
record PlainCsv(
        Path file, Form form, Map<Column, Integer> header, int columns, List<String> unknown, boolean singleCells) {

    /**
     * How a file is written.
     *
     * @param separator what stands between two cells
     * @param said whether the first line says so, as spreadsheets write it: {@code sep=;}
     */
    record Form(char separator, boolean said) {

        private static final String SEPARATORS = ",;\t";

        /**
         * Of a file with this first line. Neither names nor times hold a separator, and one of them comes first: so
         * what comes first outside of quotes is one.
         */
        static Form of(String line) throws IOException {
            String bare = line.replace("\"", "").strip();
            if (bare.regionMatches(true, 0, "sep=", 0, 4)) {
                char said = line.contains("=\t") ? '\t' : bare.length() == 5 ? bare.charAt(4) : '?';
                if (SEPARATORS.indexOf(said) < 0) {
                    throw new IOException("line 1 names a separator that is no comma, semicolon or tab");
                }
                return new Form(said, true);
            }
            boolean quoted = false;
            for (int i = 0; i < line.length(); i++) {
                char c = line.charAt(i);
                quoted ^= c == '"';
                if (!quoted && SEPARATORS.indexOf(c) >= 0) {
                    return new Form(c, false);
                }
            }
            return new Form(',', false);
        }
    }

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

    /**
     * Words that name the only column there is; the others may as well be what the first person in a list is called.
     */
    private static final Set<String> LONE_HEADERS = Set.of("name", "username");

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
        Form form = Form.of(first);
        List<Row> begin = new ArrayList<>();
        int[] longest = {0};
        records(file, form, row -> {
            if (begin.isEmpty()) {
                begin.add(row);
            }
            longest[0] = Math.max(longest[0], row.cells().size());
        });
        Map<Column, Integer> header = begin.isEmpty() ? Map.of() : header(begin.get(0));
        List<String> cells = header.isEmpty() ? List.of() : begin.get(0).cells();
        List<String> unknown =
                cells.stream().filter(cell -> Column.of(cell) == null).toList();
        return new PlainCsv(file, form, header, cells.size(), unknown, longest[0] <= 1);
    }

    /** Takes rows in order. */
    interface Sink {
        void take(Row row) throws IOException;
    }

    /** All rows behind the header. */
    void rows(Sink sink) throws IOException {
        boolean[] begun = {header.isEmpty()};
        records(file, form, row -> {
            if (begun[0]) {
                sink.take(row);
            }
            begun[0] = true;
        });
    }

    private static void records(Path file, Form form, Sink sink) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(form.separator())
                .setIgnoreEmptyLines(false)
                .get();
        try (Bounded text = new Bounded(Files.newBufferedReader(file, StandardCharsets.UTF_8));
                CSVParser parser = format.parse(text)) {
            long line = 1;
            Iterator<CSVRecord> records = parser.iterator();
            while (hasNext(records, line)) {
                CSVRecord record = records.next();
                boolean isForm = line == 1 && form.said();
                if (isForm) {
                    // Says how the rest is to be read, and nothing else.
                } else if (record.size() > 1 || !record.get(0).isBlank()) {
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

    private static Map<Column, Integer> header(Row first) throws IOException {
        List<String> cells = first.cells();
        Map<Column, Integer> columns = new EnumMap<>(Column.class);
        boolean twice = false;
        for (int i = 0; i < cells.size(); i++) {
            Column column = Column.of(cells.get(i));
            twice |= column != null && columns.putIfAbsent(column, i) != null;
        }
        // One word of several may be a name, or what somebody said; two that fit are no accident, nor is a line of
        // nothing else.
        boolean isHeader = columns.size() >= 2 || columns.size() == cells.size();
        if (!columns.isEmpty() && (twice || !isHeader || !columns.containsKey(Column.NAME))) {
            throw new IOException("line " + first.line() + " may be names of columns or a row, and is not understood: "
                    + String.join(", ", cells) + "; put a line before it such as name,message or name,password");
        }
        String lone = cells.size() == 1 ? cells.get(0).strip() : "";
        if (!columns.isEmpty() && cells.size() == 1 && !LONE_HEADERS.contains(lone.toLowerCase(Locale.ROOT))) {
            throw new IOException("line " + first.line() + " may name the column or a person, and is not understood: "
                    + lone + "; write name in its place if it names the column, else put a line before it that says"
                    + " name");
        }
        return columns;
    }

    /**
     * Whether this is a list of names rather than of messages.
     *
     * @throws IOException with half a sentence, if nobody can tell
     */
    boolean isNames(String fileName) throws IOException {
        if (!header.isEmpty()) {
            return !header.containsKey(Column.TEXT);
        }
        String lower = fileName.toLowerCase(Locale.ROOT);
        boolean saysNames = lower.startsWith("user");
        if (singleCells && lower.startsWith("message")) {
            throw new IOException(
                    "it has one cell in each row, and no first line that says whether that is a name or a" + " text");
        }
        if (saysNames && !singleCells) {
            throw new IOException("it has rows of several cells, and no first line that says what they are, such as "
                    + "name,password");
        }
        return saysNames || singleCells;
    }

    /** Whether a row has cells that belong to no column. */
    boolean isTooLong(Row row) {
        return columns > 0 && row.cells().size() > columns && !endsInText();
    }

    private boolean endsInText() {
        return Integer.valueOf(columns - 1).equals(header.get(Column.TEXT));
    }

    /** The cell of a row; empty if there is none. */
    String cell(Row row, Column column) {
        Integer index = header.get(column);
        return index == null || index >= row.cells().size()
                ? ""
                : CsvLine.foreign(
                        column == Column.TEXT && endsInText()
                                ? joined(row.cells().subList(index, row.cells().size()))
                                : row.cells().get(index));
    }

    /** A text with separators that nobody has quoted is still one text. */
    private String joined(List<String> cells) {
        return String.join(String.valueOf(form.separator()), cells);
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
        message.put(Column.TEXT, CsvLine.foreign(joined(cells.subList(Math.min(from + 1, to), to))));
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
