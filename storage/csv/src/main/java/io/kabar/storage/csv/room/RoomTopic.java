package io.kabar.storage.csv.room;

import io.kabar.chat.Limits;
import io.kabar.chat.internal.text.Digits;
import io.kabar.storage.csv.files.AtomicFile;
import io.kabar.storage.csv.files.CsvLine;
import io.kabar.storage.csv.files.SmallCsv;
import io.kabar.storage.csv.segment.RoomFolder;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The topic in force, remembered beside the log so that nobody has to look for it there.
 *
 * @param seq number of the event that set it; 0 if none ever did
 * @param text the topic
 */
public record RoomTopic(long seq, String text) {

    public static final RoomTopic NONE = new RoomTopic(0, "");

    /** Many times the longest topic. */
    private static final int LONGEST = 1 << 20;

    private static final List<String> HEADER = List.of("name", "topic_seq", "topic");

    /**
     * Null if the file is missing or damaged. The end of the topic may be cut off, if the file does not end in a line.
     */
    public static @Nullable RoomTopic read(RoomFolder folder) {
        return read(folder, false);
    }

    /** Null also if the end of the topic may be cut off. */
    static @Nullable RoomTopic readWhole(RoomFolder folder) {
        return read(folder, true);
    }

    private static @Nullable RoomTopic read(RoomFolder folder, boolean whole) {
        try {
            SmallCsv file = SmallCsv.read(folder.topicFile(), HEADER, LONGEST);
            List<String> cells = file.rows().get(0);
            return cells.size() == HEADER.size() && (file.isWhole() || !whole)
                    ? new RoomTopic(Digits.parseLong(cells.get(1).strip()), Limits.cut(cells.get(2), Limits.LINE_BYTES))
                    : null;
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return null;
        }
    }

    /** It is on the disk when this returns. */
    public void write(RoomFolder folder) throws IOException {
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
