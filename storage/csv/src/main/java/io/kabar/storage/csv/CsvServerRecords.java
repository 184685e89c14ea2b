package io.kabar.storage.csv;

import io.kabar.chat.spi.ServerRecords;
import io.kabar.storage.csv.files.FileTrouble;
import io.kabar.storage.csv.folder.DataFolder;
import io.kabar.storage.csv.records.RecordFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;

/**
 * What a server remembers beside its logs and accounts, in {@code records.csv}: bans, mutes, invitations, blocks. Rows
 * are appended, and are on the disk before a call returns; the last row of a kind and key holds. A start leaves one row
 * of each, and so does the server when most rows do not hold any more. Lines that cannot be read are moved to a file
 * beside it, and the log says so.
 *
 * <p>It is for the server alone to write: to edit it while the server runs has no effect.
 */
public final class CsvServerRecords implements ServerRecords {

    private final RecordFile file;

    private CsvServerRecords(RecordFile file) {
        this.file = file;
    }

    /**
     * Reads the records of a folder that this server holds.
     *
     * @throws IOException in a sentence that names the file, if it cannot be read or written
     */
    public static CsvServerRecords open(DataFolder data) throws IOException {
        return new CsvServerRecords(RecordFile.open(data.records()));
    }

    @Override
    public Collection<Entry> load() {
        return file.entries();
    }

    @Override
    public void put(Entry entry) {
        write(() -> file.put(entry));
    }

    @Override
    public void remove(String kind, String key) {
        write(() -> file.remove(kind, key));
    }

    private interface Writing {
        void run() throws IOException;
    }

    private static void write(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw new UncheckedIOException("records.csv cannot be written: " + FileTrouble.reason(e) + ".", e);
        }
    }

    /** Everything is on the disk already. */
    @Override
    public void close() {}
}
