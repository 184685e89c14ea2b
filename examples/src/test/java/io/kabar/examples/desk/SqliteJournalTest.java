package io.kabar.examples.desk;

import io.kabar.chat.spi.Journal;
import io.kabar.journal.kit.JournalContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What every journal promises holds of the one in SQLite. */
class SqliteJournalTest extends JournalContract {

    @TempDir
    private Path folder;

    private SqliteDatabase database;

    @BeforeEach
    void openDatabase() throws IOException {
        database = new SqliteDatabase(folder.resolve("desk.db"));
    }

    @AfterEach
    void closeDatabase() throws IOException {
        closeWhatIsOpen();
        database.close();
    }

    @Override
    protected Journal journal() throws IOException {
        database.close();
        database = new SqliteDatabase(folder.resolve("desk.db"));
        return new SqliteJournal(database);
    }

    @Override
    protected boolean refuse(boolean everything) {
        return database.call(connection -> {
            try (var statement = connection.createStatement()) {
                return !statement.execute("PRAGMA query_only = " + everything);
            }
        });
    }
}
