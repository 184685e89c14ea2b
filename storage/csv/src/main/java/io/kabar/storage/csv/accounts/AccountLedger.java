package io.kabar.storage.csv.accounts;

import io.kabar.chat.UserName;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.AccountChange;
import io.kabar.chat.spi.Device;
import io.kabar.storage.csv.accounts.AccountRow.Standing;
import io.kabar.storage.csv.files.Counted;
import io.kabar.storage.csv.files.FileStamp;
import io.kabar.storage.csv.files.FileTrouble;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accounts in force and the files that they are in: what is asked for is put into the books first, then written,
 * and taken out of the books again if it cannot be. For one thread at a time.
 */
public final class AccountLedger {

    private static final Logger LOG = LoggerFactory.getLogger(AccountLedger.class);

    private final Path path;
    private final AccountFile file;
    private final AccountEdits edits;
    private final GivenNames given;
    private final StoredDevices devices;
    private final InstantSource clock;

    private AccountBook book;

    /** Ids above this one are of this run. */
    private final long before;

    /** Rows that are in force and not in the file yet. */
    private List<AccountRow> unwritten = List.of();

    // One batch

    private final Map<Long, AccountRow> staged = new LinkedHashMap<>();
    private final Map<Long, @Nullable AccountRow> replaced = new HashMap<>();
    private final List<DeviceRow> shutOut = new ArrayList<>();
    private long mark;

    /** These are in force, and in the files as soon as they can be. */
    public AccountLedger(
            Path path,
            AccountFile file,
            GivenNames given,
            StoredDevices devices,
            AccountBook book,
            InstantSource clock) {
        this.path = path;
        this.file = file;
        this.given = given;
        this.devices = devices;
        this.book = book;
        this.clock = clock;
        edits = new AccountEdits(path, file, clock);
        before = book.highest();
    }

    /** Brings the files into order; on a disk that takes nothing they stay, and the first registration tries again. */
    public void tidy() {
        try {
            file.replaceIfDue();
            given.add(book.rows());
        } catch (IOException e) {
            LOG.warn("The accounts cannot be written: {}.", FileTrouble.reason(e));
        }
        devices.tidy();
    }

    /** Whether nobody need look at the files, nor at the names that are held. */
    public boolean isKnown() {
        return file.isKnown(FileStamp.of(path))
                && devices.isKnown()
                && unwritten.isEmpty()
                && book.former().isEmpty();
    }

    /** All accounts, by id. */
    public List<Account> accounts() {
        return book.accounts().stream().map(devices::join).toList();
    }

    /** Names that are held for accounts with another one. */
    public List<AccountRow> former() {
        return List.copyOf(book.former());
    }

    /** The account of this number; null if there is none. */
    @Nullable
    public Account find(long id) {
        AccountRow row = book.find(id);
        return row == null ? null : devices.join(row.account());
    }

    /** The highest id that was ever given. */
    public long highest() {
        return book.highest();
    }

    /** The next id, for somebody without an account. */
    public long drawId() {
        book.counted(book.highest() + 1);
        return book.highest();
    }

    // What a person changes

    /**
     * Takes over what a person has changed in the file of accounts, and frees names that were held for long enough.
     *
     * @return the accounts as they were before, if any name may mean another account now; else null
     * @throws IOException in half a sentence, if nothing may be added to the file at present
     */
    public @Nullable Taken takeOver() throws IOException {
        List<AccountRow> freed = book.freeNames(clock.instant());
        if (!freed.isEmpty()) {
            List<AccountRow> all = new ArrayList<>(unwritten);
            all.addAll(freed);
            unwritten = all;
        }
        AccountEdits.Edit edit = edits.next(this::ids);
        if (edit == null) {
            return freed.isEmpty() ? null : new Taken(List.of());
        }
        AccountEdits.Additions additions = edit.complete(book, before);
        AccountBook former = book;
        book = edit.book();
        unwritten = additions.rows();
        LOG.info(
                "{} was edited; its {} are in force",
                path,
                Counted.of(book.accounts().size(), "account"));
        if (additions.putBack() > 0) {
            LOG.warn(
                    "whoever edited {} had not seen its newest {}; they are put back. To remove an account, write "
                            + "removed as its role",
                    path,
                    Counted.of(additions.putBack(), "account"));
        }
        return new Taken(edit.changedSince(former));
    }

    /**
     * The names have to be shown anew.
     *
     * @param changed names of accounts that a person has changed or removed
     */
    public record Taken(List<UserName> changed) {}

    /**
     * Takes over what a person has changed in the file of devices.
     *
     * @return the accounts that have other devices now, each as it is
     * @throws IOException in half a sentence, if nothing may be added to the file at present
     */
    public List<Account> takeOverDevices() throws IOException {
        List<Account> touched = new ArrayList<>();
        for (long id : devices.takeOver()) {
            Account account = find(id);
            if (account != null) {
                touched.add(account);
            }
        }
        return touched;
    }

    /** By which ids the accounts are known, for rows that a person wrote without one. */
    private Map<String, Long> ids() {
        Map<String, Long> ids = new HashMap<>(given.ids());
        book.rows().forEach(row -> ids.put(row.key(), row.id()));
        return ids;
    }

    // What the server changes

    /** Whatever is asked for from now on is one batch. */
    public void begin() {
        mark = book.highest();
    }

    /** A new account; null if its name is not to be had. */
    public @Nullable Account register(Account account) {
        if (book.isTaken(account.name())) {
            return null;
        }
        AccountRow row = AccountRow.of(account.withId(book.highest() + 1));
        stage(row);
        return devices.join(row.account());
    }

    /** An account as it is then; null if that cannot be. */
    public @Nullable Account change(long id, AccountChange change) {
        AccountRow row = book.find(id);
        if (row == null) {
            return null;
        }
        Account account = devices.join(row.account());
        Account changed = account.with(change).orElse(null);
        if (changed == null) {
            return null;
        }
        if (change instanceof AccountChange.NewName renamed) {
            return rename(row, renamed);
        } else if (change instanceof AccountChange.NewDevice) {
            devices.stage(DeviceBook.changes(account, changed));
        } else if (change instanceof AccountChange.RevokedDevice revoked && revoked.number() != Device.FIRST) {
            devices.stage(DeviceBook.changes(account, changed));
        } else {
            if (change instanceof AccountChange.RevokedDevice) {
                shutOut.addAll(DeviceBook.changes(account, changed)); // not let in any more as soon as its row says so
            }
            stage(AccountRow.of(changed));
        }
        return changed;
    }

    private @Nullable Account rename(AccountRow row, AccountChange.NewName renamed) {
        Map<Long, AccountRow> own = new HashMap<>();
        own.put(row.id(), row);
        book.former().forEach(each -> own.put(each.id(), each));
        List<AccountRow> rows = book.rename(row, renamed.name(), clock.instant());
        for (AccountRow each : rows) {
            if (!replaced.containsKey(each.id())) {
                replaced.put(each.id(), own.get(each.id()));
            }
            staged.put(each.id(), each);
        }
        return rows.isEmpty() ? null : devices.join(rows.get(0).account());
    }

    private void stage(AccountRow row) {
        if (!replaced.containsKey(row.id())) {
            replaced.put(row.id(), book.row(row.id()));
        }
        staged.put(row.id(), book.put(row));
    }

    /**
     * Writes what the batch has changed in the file of accounts.
     *
     * @param trouble why nothing may be added to the file; null if something may
     * @return whether a name means another account now
     * @throws IOException if it cannot be written; it is not in force then
     */
    public boolean commit(@Nullable IOException trouble) throws IOException {
        if (staged.isEmpty()) {
            return false;
        }
        try {
            if (trouble != null) {
                throw trouble;
            }
            append(staged.values());
            replaced.values().forEach(row -> {
                if (row != null) {
                    edits.replaced(row);
                }
            });
            devices.writeSoon(shutOut);
            return staged.values().stream().anyMatch(this::changesNames);
        } catch (IOException e) {
            book = book.without(replaced, mark);
            throw e;
        } finally {
            staged.clear();
            replaced.clear();
            shutOut.clear();
        }
    }

    private boolean changesNames(AccountRow row) {
        AccountRow old = replaced.get(row.id());
        return row.standing() != Standing.OWNED
                || (old != null && !old.account().name().equals(row.account().name()));
    }

    /**
     * Writes what the batch has changed in the file of devices.
     *
     * @throws IOException if it cannot be written; it is not in force then
     */
    public void commitDevices(@Nullable IOException trouble) throws IOException {
        if (trouble != null) {
            devices.rollBack();
            throw trouble;
        }
        devices.commit();
    }

    /** A device has signed in; the account as it is then, or null if nothing is new of it. */
    public @Nullable Account seen(long id, int number, String label, Instant now) {
        Account account = find(id);
        return account == null ? null : devices.seen(account, number, label, now);
    }

    /** Writes what is in force and not in the files. */
    public void flush() {
        try {
            append(List.of());
        } catch (IOException e) {
            LOG.warn("The accounts cannot be written: {}.", FileTrouble.reason(e));
        }
    }

    /** Writes what is kept of devices and not written. */
    public void flushDevices() {
        devices.flush();
    }

    /** Adds these rows, and those that could not be added before. */
    private void append(Collection<AccountRow> rows) throws IOException {
        Set<AccountRow> all = new LinkedHashSet<>(unwritten);
        all.addAll(rows);
        if (all.isEmpty()) {
            return;
        }
        file.append(CsvAccounts.rows(all), () -> CsvAccounts.text(book.rows()));
        unwritten = List.of();
        try {
            given.add(all);
        } catch (IOException e) {
            LOG.warn("names.csv cannot be written: {}.", FileTrouble.reason(e));
        }
    }
}
