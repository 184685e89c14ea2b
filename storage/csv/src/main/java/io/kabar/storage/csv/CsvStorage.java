package io.kabar.storage.csv;

import io.kabar.chat.spi.StorageProvider;
import io.kabar.storage.csv.CsvJournal.Durability;
import io.kabar.storage.csv.folder.DataFolder;
import io.kabar.storage.csv.folder.RetentionRules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The storage that a configuration calls {@code csv}. */
public final class CsvStorage implements StorageProvider {

    /** For {@link java.util.ServiceLoader}. */
    public CsvStorage() {}

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public Storage open(Path folder, Map<String, String> settings) throws IOException {
        DataFolder data = DataFolder.held(folder);
        Durability durability =
                settings.getOrDefault("durability", "os").equals("always") ? Durability.ALWAYS : Durability.OS;
        RetentionRules rules;
        try {
            rules = RetentionRules.of(settings);
        } catch (IllegalArgumentException e) {
            throw new IOException("How long history is kept cannot be read: " + e.getMessage() + ".", e);
        }
        return new Storage(
                new CsvJournal(data, durability, rules), CsvAccountStore.open(data), CsvServerRecords.open(data));
    }
}
