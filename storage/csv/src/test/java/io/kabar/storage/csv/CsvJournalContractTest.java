package io.kabar.storage.csv;

import io.kabar.chat.RoomName;
import io.kabar.chat.spi.Journal;
import io.kabar.journal.kit.JournalContract;
import io.kabar.storage.csv.CsvJournal.Durability;
import io.kabar.storage.csv.folder.DataFolder;
import io.kabar.storage.csv.folder.Retention;
import io.kabar.storage.csv.folder.RetentionRules;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class CsvJournalContractTest extends JournalContract {

    @TempDir
    Path folder;

    private final FullDisk disk = new FullDisk();
    private final RetentionRules rules = new RetentionRules(Retention.parse("30 days"), Map.of());
    private volatile Instant now = OpenJournal.NOON;
    private @Nullable DataFolder data;
    private @Nullable CsvJournal journal;

    @Override
    protected Journal journal() throws Exception {
        closeFolder();
        DataFolder held = DataFolder.open(folder);
        data = held;
        CsvJournal made = new CsvJournal(held, Durability.OS, rules, disk, () -> now, this::nanos);
        journal = made;
        return made;
    }

    private long nanos() {
        return Duration.between(OpenJournal.NOON, now).toNanos();
    }

    @Override
    protected boolean refuse(boolean everything) {
        disk.space(everything ? 0 : Long.MAX_VALUE);
        return true;
    }

    @Override
    protected boolean forget(RoomName room) {
        now = now.plus(Duration.ofDays(40));
        Objects.requireNonNull(journal).sweep();
        return true;
    }

    @AfterEach
    void closeFolder() {
        DataFolder held = data;
        if (held != null) {
            held.close();
        }
    }
}
