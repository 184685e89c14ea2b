package io.kabar.storage.csv.accounts;

import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.Device;
import io.kabar.storage.csv.files.FileStamp;
import io.kabar.storage.csv.files.FileTrouble;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The devices of all accounts, in memory and in {@code devices.csv}. A device that is recorded or shut out is on the
 * disk before that is answered; when one was seen is written along with it, or when the server closes. A person may
 * edit the file as that of the accounts, but for one thing: who was shut out while the server runs stays so. For one
 * thread at a time.
 */
public final class StoredDevices {

    private static final Logger LOG = LoggerFactory.getLogger(StoredDevices.class);

    /** Rows in the file for each that holds, and some more, before it is written anew. */
    private static final int SPREAD = 4;

    private static final int SOME = 1000;

    private final Path path;
    private final AccountFile file;
    private final FileEdits edits;
    private DeviceBook book;
    private int rowsInFile;

    /** Rows that are in force and not in the file yet, by account and device. */
    private final Map<List<Long>, DeviceRow> unwritten = new LinkedHashMap<>();

    /** Devices that this run has recorded or shut out, so that nobody undoes it who has not seen it. */
    private final Map<List<Long>, DeviceRow> ofThisRun = new LinkedHashMap<>();

    /** Rows in force that are not certain yet, and what was in force before. */
    private final Map<List<Long>, DeviceRow> staged = new LinkedHashMap<>();

    private final Map<List<Long>, Optional<DeviceRow>> before = new HashMap<>();

    private StoredDevices(Path path, AccountFile file, InstantSource clock, DeviceBook book, int rowsInFile) {
        this.path = path;
        this.file = file;
        this.book = book;
        this.rowsInFile = rowsInFile;
        edits = new FileEdits(path, file, clock, "devices", "nobody signs in from a new one");
    }

    /**
     * Reads the devices of a folder that the caller holds.
     *
     * @param isAccount whether there is an account of a number
     * @throws IOException in a sentence that names file and line, if the file is damaged
     */
    public static StoredDevices open(Path path, AccountFile.Disk disk, InstantSource clock, LongPredicate isAccount)
            throws IOException {
        FileStamp stamp = FileStamp.of(path);
        byte[] bytes = CsvDevices.bytes(path);
        AccountFile file = new AccountFile(path, disk, stamp, bytes);
        if (bytes == null) {
            return new StoredDevices(path, file, clock, new DeviceBook(), 0);
        }
        List<DeviceRow> rows =
                DeviceBook.of(CsvDevices.parse(path, bytes, false)).compact(isAccount);
        String text = CsvDevices.text(rows);
        if (!file.holds(text)) {
            file.replaceLater(text);
        }
        return new StoredDevices(path, file, clock, DeviceBook.of(rows), rows.size());
    }

    /** Brings the file into order; on a disk that takes nothing it stays, and the next write tries again. */
    public void tidy() {
        try {
            file.replaceIfDue();
        } catch (IOException e) {
            LOG.warn("The devices cannot be written: {}.", FileTrouble.reason(e));
        }
    }

    /** An account with all its devices, by its row. */
    public Account join(Account account) {
        return book.join(account);
    }

    /** Whether nobody need look. */
    public boolean isKnown() {
        return file.isKnown(FileStamp.of(path));
    }

    /**
     * Takes over what a person has changed in the file.
     *
     * @return the accounts whose devices may be others now
     * @throws IOException in half a sentence, if nothing may be added to the file at present
     */
    public Set<Long> takeOver() throws IOException {
        DeviceBook edited = edits.next(bytes -> {
            List<DeviceRow> rows = CsvDevices.parse(path, bytes, true);
            rowsInFile = rows.size();
            return DeviceBook.of(rows);
        });
        if (edited == null) {
            return Set.of();
        }
        ofThisRun.forEach((key, row) -> {
            DeviceRow written = edited.find(row.account(), row.device().number());
            if (written == null || (!row.device().isGood() && written.device().isGood() && !written.isForgotten())) {
                edited.put(row);
                unwritten.put(key, row);
            }
        });
        Set<Long> touched = new HashSet<>(book.accounts());
        touched.addAll(edited.accounts());
        DeviceBook former = book;
        touched.removeIf(account -> List.copyOf(former.of(account)).equals(List.copyOf(edited.of(account))));
        book = edited;
        flush();
        return touched;
    }

    /** These rows are in force; {@link #commit} or {@link #rollBack} follows. */
    public void stage(List<DeviceRow> rows) {
        for (DeviceRow row : rows) {
            before.putIfAbsent(
                    key(row),
                    Optional.ofNullable(book.find(row.account(), row.device().number())));
            staged.put(key(row), row);
            book.put(row);
        }
    }

    /**
     * What was staged is on the disk when this returns.
     *
     * @throws IOException if it cannot be written; it is not in force then
     */
    public void commit() throws IOException {
        try {
            append(staged);
        } catch (IOException e) {
            rollBack();
            throw e;
        }
        ofThisRun.putAll(staged);
        staged.clear();
        before.clear();
    }

    /** What was staged is not in force. */
    public void rollBack() {
        staged.forEach((key, row) ->
                book.restore(row, before.getOrDefault(key, Optional.empty()).orElse(null)));
        staged.clear();
        before.clear();
    }

    /** Records what is in force in any case, and is written as soon as it can be. */
    public void writeSoon(List<DeviceRow> rows) {
        for (DeviceRow row : rows) {
            book.put(row);
            unwritten.put(key(row), row);
            ofThisRun.put(key(row), row);
        }
    }

    private void append(Map<List<Long>, DeviceRow> rows) throws IOException {
        Map<List<Long>, DeviceRow> all = new LinkedHashMap<>(unwritten);
        all.putAll(rows);
        if (all.isEmpty()) {
            return;
        }
        if (rowsInFile > SOME + SPREAD * book.size()) {
            List<DeviceRow> live = book.compact(account -> true);
            book = DeviceBook.of(live);
            ofThisRun.values().retainAll(live);
            file.replaceLater(CsvDevices.text(live));
            rowsInFile = live.size();
        }
        file.append(CsvDevices.rows(all.values()), () -> CsvDevices.text(book.compact(account -> true)));
        rowsInFile += all.size();
        unwritten.clear();
    }

    /** Writes what is in force and not in the file. */
    public void flush() {
        try {
            append(Map.of());
        } catch (AccountFile.BeingEdited e) {
            LOG.debug("devices.csv is being edited; it is written later");
        } catch (IOException e) {
            LOG.warn("The devices cannot be written: {}.", FileTrouble.reason(e));
        }
    }

    /**
     * A device has signed in: kept in memory until something is written.
     *
     * @param account as it is
     * @return the account as it is then; null if nothing is new of it
     */
    public @Nullable Account seen(Account account, int number, String label, Instant now) {
        Device device = account.device(number).orElse(null);
        Device seen = device == null ? null : device.labelled(label).seenAt(now);
        if (seen == null || seen.equals(device)) {
            return null;
        }
        DeviceRow row = new DeviceRow(account.id(), seen, false);
        book.put(row);
        unwritten.put(key(row), row);
        List<Device> devices = new ArrayList<>(account.devices());
        devices.set(devices.indexOf(device), seen);
        return account.withDevices(devices);
    }

    private static List<Long> key(DeviceRow row) {
        return List.of(row.account(), (long) row.device().number());
    }
}
