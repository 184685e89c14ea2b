package io.kabar.daemon.storage;

import io.kabar.chat.Limits;
import io.kabar.chat.internal.files.EditedText;
import io.kabar.chat.internal.text.Digits;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The topic in force, remembered beside the log so that nobody has to look for it there.
 *
 * @param seq number of the event that set it; 0 if none ever did
 * @param text the topic
 */
record RoomTopic(long seq, String text) {

    static final RoomTopic NONE = new RoomTopic(0, "");

    private static final List<String> HEADER = List.of("name", "topic_seq", "topic");

    /** Null if the file is missing or damaged. */
    static @Nullable RoomTopic read(RoomFolder folder) {
        Path file = folder.topicFile();
        if (!Files.exists(file)) {
            return null;
        }
        try {
            List<CSVRecord> records = CsvLine.FORMAT
                    .parse(new StringReader(
                            EditedText.of(Files.readAllBytes(file)).text()))
                    .getRecords();
            if (records.size() < 2 || !CsvLine.cells(records.get(0)).equals(HEADER)) {
                return null;
            }
            List<String> cells = CsvLine.cells(records.get(1));
            return cells.size() == HEADER.size()
                    ? new RoomTopic(Digits.parseLong(cells.get(1).strip()), Limits.cut(cells.get(2), Limits.LINE_BYTES))
                    : null;
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            return null;
        }
    }

    /** It is on the disk when this returns. */
    void write(RoomFolder folder) throws IOException {
        AtomicFile.write(folder.topicFile(), text(folder));
    }

    /** A power failure may leave what was there before, or nothing. */
    void writeUnforced(RoomFolder folder) throws IOException {
        AtomicFile.writeUnforced(folder.topicFile(), text(folder));
    }

    private String text(RoomFolder folder) {
        StringBuilder text = new StringBuilder();
        CsvLine.append(text, HEADER.toArray(String[]::new));
        CsvLine.append(text, folder.room().text(), Long.toString(seq), this.text);
        return text.toString();
    }
}
