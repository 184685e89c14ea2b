package io.kabar.storage.csv.room;

import io.kabar.chat.LogPosition;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.spi.Journal.Entry;
import io.kabar.storage.csv.files.AtomicFile;
import io.kabar.storage.csv.files.CsvLine;
import io.kabar.storage.csv.files.SmallCsv;
import io.kabar.storage.csv.segment.RoomFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * In which epochs a room's log was written, remembered beside it, so that nobody has to read all of it for that. Where
 * the file and the log disagree, the log is right.
 */
public final class RoomEpochs {

    /** As many as a server wants to know. */
    private static final int MAX = 64;

    /** Many times what so many take. */
    private static final int LONGEST = 64 * 1024;

    private static final List<String> HEADER = List.of("epoch", "first");

    /** The epochs by their first events. */
    private final TreeMap<Long, Long> byFirst = new TreeMap<>();

    private boolean changed;

    /** What the file says; null if there is none, or it is damaged. */
    public static @Nullable RoomEpochs read(RoomFolder folder) {
        Path file = folder.epochsFile();
        RoomEpochs epochs = new RoomEpochs();
        try {
            for (List<String> cells : SmallCsv.rows(file, HEADER, LONGEST)) {
                if (cells.size() != HEADER.size()) {
                    return null;
                }
                LogPosition first = new LogPosition(Digits.parseLong(cells.get(0)), Digits.parseLong(cells.get(1)));
                epochs.byFirst.put(first.sequence(), first.epoch());
            }
            return epochs;
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    /** Event {@code seq}, the newest so far, is of this epoch. */
    public void note(long epoch, long seq) {
        if (epoch != at(Long.MAX_VALUE)) {
            byFirst.put(seq, epoch);
            changed = true;
            while (byFirst.size() > MAX) {
                byFirst.pollFirstEntry();
            }
        }
    }

    /** The epochs of later events, or of the last of these. */
    public void addAll(RoomEpochs later) {
        later.byFirst.forEach((first, epoch) -> note(epoch, first));
    }

    public void note(Entry entry) {
        note(entry.event().epoch(), entry.event().sequence());
    }

    /** The epoch of an event; 0 if it is of before there were any. */
    long at(long seq) {
        Map.Entry<Long, Long> epoch = byFirst.floorEntry(seq);
        return epoch == null ? 0 : epoch.getValue();
    }

    /** Nothing behind event {@code last} is there: what was said of it was written just before a crash. */
    public void endAt(long last) {
        Map<Long, Long> gone = byFirst.tailMap(last, false);
        changed |= !gone.isEmpty();
        gone.clear();
    }

    public Map<Long, Long> byFirst() {
        return Map.copyOf(byFirst);
    }

    /** Writes the file, if it does not say so already. It lasts a little later than the events, which tell the same. */
    public void save(RoomFolder folder, Storage storage) throws IOException {
        if (!changed) {
            return;
        }
        StringBuilder text = new StringBuilder();
        CsvLine.append(text, HEADER.toArray(String[]::new));
        byFirst.forEach((first, epoch) -> CsvLine.append(text, Long.toString(epoch), Long.toString(first)));
        AtomicFile.writeUnforced(folder.epochsFile(), text.toString());
        storage.sync().placed(folder.epochsFile(), () -> {});
        changed = false;
    }
}
