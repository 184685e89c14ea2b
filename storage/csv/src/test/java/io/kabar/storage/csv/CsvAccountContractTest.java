package io.kabar.storage.csv;

import io.kabar.chat.spi.AccountStore;
import io.kabar.journal.kit.AccountStoreContract;
import io.kabar.storage.csv.accounts.AccountFile;
import io.kabar.storage.csv.folder.DataFolder;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class CsvAccountContractTest extends AccountStoreContract {

    @TempDir
    Path parent;

    private @Nullable DataFolder data;

    @Override
    protected AccountStore store(InstantSource clock) throws Exception {
        if (data == null) {
            data = DataFolder.open(parent.resolve("data"));
        }
        return CsvAccountStore.open(data, AccountFile.Disk.SYSTEM, clock);
    }

    @AfterEach
    void closeFolder() {
        if (data != null) {
            data.close();
        }
    }
}
