package io.kabar.daemon.storage;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The small CSV files of simple chat programs, {@code username.csv} and {@code messages.csv}: with a header or without,
 * with times or without, separated by commas or semicolons. Such a file is read as a whole.
 *
 * @param header where the columns are; empty if the file does not say
 * @param rows what follows
 */
record PlainCsv(Map<Column, Integer> header, List<Row> rows) {

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

    /** Largest file taken: such programs never wrote more, and it is held in memory. */
    private static final long LARGEST = 64L * 1024 * 1024;

    static PlainCsv read(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException("it is larger than 64 MiB");
        }
        String text = Files.readString(file, StandardCharsets.UTF_8);
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        String first = text.lines().findFirst().orElse("");
        char separator = first.indexOf(',') < 0 && first.indexOf(';') >= 0 ? ';' : ',';
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator)
                .setIgnoreEmptyLines(false)
                .setLenientEof(true)
                .setTrailingData(true)
                .get();
        List<Row> rows = new ArrayList<>();
        try (CSVParser parser = format.parse(new StringReader(text))) {
            long line = 1;
            for (CSVRecord record : parser) {
                if (record.size() > 1 || !record.get(0).isBlank()) {
                    rows.add(new Row(line, record.toList()));
                }
                line = parser.getCurrentLineNumber() + 1;
            }
        } catch (UncheckedIOException e) {
            throw new IOException("its quotes do not fit", e);
        }
        Map<Column, Integer> header =
                rows.isEmpty() ? Map.of() : header(rows.get(0).cells());
        return new PlainCsv(header, header.isEmpty() ? rows : rows.subList(1, rows.size()));
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
        return fileName.toLowerCase(Locale.ROOT).startsWith("user")
                || rows.stream().allMatch(row -> row.cells().size() == 1);
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
                return LocalDateTime.parse(text, form)
                        .atZone(ZoneId.systemDefault())
                        .toInstant();
            } catch (DateTimeException e) {
                // Another one.
            }
        }
        return null;
    }
}
