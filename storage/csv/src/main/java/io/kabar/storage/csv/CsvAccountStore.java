package io.kabar.storage.csv;

import io.kabar.chat.UserName;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.AccountStore;
import io.kabar.storage.csv.accounts.AccountBook;
import io.kabar.storage.csv.accounts.AccountEdits;
import io.kabar.storage.csv.accounts.AccountFile;
import io.kabar.storage.csv.accounts.AccountRow;
import io.kabar.storage.csv.accounts.CsvAccounts;
import io.kabar.storage.csv.accounts.GivenNames;
import io.kabar.storage.csv.accounts.KeyedAccounts;
import io.kabar.storage.csv.accounts.StoredAccounts;
import io.kabar.storage.csv.files.Counted;
import io.kabar.storage.csv.files.FileStamp;
import io.kabar.storage.csv.files.FileTrouble;
import io.kabar.storage.csv.files.JournalThreads;
import io.kabar.storage.csv.folder.DataFolder;
import io.kabar.storage.csv.layout.ToldNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accounts in memory and in {@code users.csv}, to which a row is appended, and is on the disk, before a registration is
 * answered. Those who register while it is written share the next write. A start leaves one row of each account.
 *
 * <p>A person may edit the file while the server runs. The safe point is a second after it was saved: then it is read,
 * what it says is in force, and sessions of accounts that it changed are told to end. The file is never replaced while
 * the server runs, so nothing of an edit is lost; and what the edit could not know, because it came to the file after
 * the editor had read it, is appended again. An account that is not there any more is held: a row says {@code removed},
 * and nobody else gets the name until a person writes {@code free} there. If the file cannot be read, or is gone, the
 * accounts from before stay in force and nobody new is registered. At the start a damaged file is refused: to serve the
 * rest would give the damaged names to whoever asks first.
 */
public final class CsvAccountStore implements AccountStore {

    private static final Logger LOG = LoggerFactory.getLogger(CsvAccountStore.class);

    /** How often the file is looked at for the sake of those who are signed in. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Path path;
    private final AccountFile file;
    private final AccountEdits edits;
    private final GivenNames given;

    /** The accounts in force, by their names. */
    private final KeyedAccounts accounts;

    /** Guarded by {@link #writing}, as what follows. */
    private AccountBook book;

    /** Ids above this one are of this run. */
    private final long before;

    /** Rows that are in force and not in the file yet. */
    private volatile List<AccountRow> unwritten = List.of();

    private final Queue<Registration> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writing = new ReentrantLock();
    private volatile Changes changes = name -> {};
    private volatile @Nullable ScheduledExecutorService watch;

    private CsvAccountStore(
            Path path, AccountFile file, GivenNames given, ToldNames told, AccountBook book, InstantSource clock) {
        this.path = path;
        accounts = new KeyedAccounts(told);
        this.file = file;
        edits = new AccountEdits(path, file, clock);
        this.given = given;
        this.book = book;
        before = book.highest();
        show();
    }

    /**
     * Reads the accounts of a folder that this server holds.
     *
     * @throws IOException in a sentence that names file and line, if the file is damaged
     */
    public static CsvAccountStore open(DataFolder data) throws IOException {
        return open(data, AccountFile.Disk.SYSTEM, InstantSource.system());
    }

    static CsvAccountStore open(DataFolder data, AccountFile.Disk disk, InstantSource clock) throws IOException {
        Path path = data.users();
        StoredAccounts stored = StoredAccounts.read(path, data.names(), clock.instant());
        AccountBook book = stored.book();
        int removed = stored.removed();
        if (removed > 0) {
            LOG.warn(
                    "{} accounts are not in {} any more; their names are held there as removed, until it says free",
                    removed,
                    path);
        }
        AccountFile file = new AccountFile(path, disk, stored.stamp(), stored.bytes());
        String text = CsvAccounts.text(book.rows());
        if (stored.bytes() != null && !file.holds(text)) {
            file.replaceLater(text);
        }
        CsvAccountStore store = new CsvAccountStore(
                path, file, stored.given(), ToldNames.open(data.path().resolve(ToldNames.ACCOUNTS)), book, clock);
        store.tidy();
        return store;
    }

    /** Brings both files into order; on a disk that takes nothing they stay, and the first registration tries again. */
    private void tidy() {
        try {
            file.replaceIfDue();
            given.add(book.rows());
        } catch (IOException e) {
            LOG.warn("The accounts cannot be written: {}.", FileTrouble.reason(e));
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    public void open(Changes toTell) {
        changes = toTell;
        ScheduledExecutorService watching =
                Executors.newSingleThreadScheduledExecutor(task -> JournalThreads.thread("kabar-accounts-watch", task));
        watch = watching;
        watching.scheduleWithFixedDelay(
                this::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Optional<Account> find(UserName name) {
        look();
        return accounts.find(name);
    }

    /** Looks whether a person has changed the file, if nobody else does at the moment. */
    @SuppressWarnings("EmptyCatch")
    void look() {
        if ((file.isKnown(FileStamp.of(path)) && unwritten.isEmpty()) || !writing.tryLock()) {
            return;
        }
        try {
            takeOver();
            writeUnwritten();
        } catch (IOException e) {
            // Told, or over in a second; what was known before is still in force.
        } finally {
            writing.unlock();
        }
    }

    /**
     * Takes over what a person has changed in the file.
     *
     * @throws IOException in half a sentence, if nothing may be added to the file at present
     */
    private void takeOver() throws IOException {
        AccountEdits.Edit edit = edits.next(this::ids);
        if (edit != null) {
            inForce(edit);
        }
    }

    /** What a person has written is in force, and what they could not know or must not undo is added to it. */
    private void inForce(AccountEdits.Edit edit) {
        AccountEdits.Additions additions = edit.complete(book, before);
        AccountBook former = book;
        book = edit.book();
        unwritten = additions.rows();
        show();
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
        edit.changedSince(former).forEach(changes::changed);
        writeUnwritten();
    }

    private void writeUnwritten() {
        try {
            append(List.of());
        } catch (IOException e) {
            LOG.warn("The accounts cannot be written: {}.", FileTrouble.reason(e));
        }
    }

    /** By which ids the accounts are known, for rows that a person wrote without one. */
    private Map<String, Long> ids() {
        Map<String, Long> ids = new HashMap<>(given.ids());
        book.rows().forEach(row -> ids.put(row.key(), row.id()));
        return ids;
    }

    private void show() {
        accounts.restore(book.accounts());
    }

    /** Adds these rows, and those that could not be added before. */
    private void append(List<AccountRow> rows) throws IOException {
        List<AccountRow> all = new ArrayList<>(unwritten);
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

    @Override
    public Optional<Account> register(Account account) {
        Registration mine = new Registration(account);
        waiting.add(mine);
        writing.lock();
        try {
            if (!mine.answered) {
                writeWaiting();
            }
            return mine.result();
        } finally {
            writing.unlock();
        }
    }

    /** How many registrations wait for a write of their own. */
    int waiting() {
        return waiting.size();
    }

    private void writeWaiting() {
        List<Registration> batch = new ArrayList<>();
        List<AccountRow> added = new ArrayList<>();
        IOException trouble = null;
        try {
            takeOver();
        } catch (IOException e) {
            trouble = e;
        }
        List<AccountRow> former = new ArrayList<>();
        long mark = book.highest();
        for (Registration next = waiting.poll(); next != null; next = waiting.poll()) {
            next.answered = true;
            batch.add(next);
            if (!book.isTaken(next.account.name())) {
                AccountRow free = book.find(AccountRow.key(next.account.name()));
                if (free != null) {
                    former.add(free);
                }
                AccountRow row = book.add(next.account);
                next.registered = row.account();
                added.add(row);
            }
        }
        if (added.isEmpty()) {
            return;
        }
        try {
            if (trouble != null) {
                throw trouble;
            }
            append(added);
            accounts.add(added.stream().map(AccountRow::account).toList());
        } catch (IOException e) {
            book.takeBack(added, former, mark);
            batch.forEach(registration -> registration.failure = e);
        }
    }

    @Override
    public Collection<UserName> knownBySpelling() {
        return accounts.knownBySpelling();
    }

    /** Everything is on the disk already. */
    @Override
    public void close() {
        ScheduledExecutorService watching = watch;
        if (watching != null) {
            watching.shutdownNow();
        }
    }

    /** One waiting call; its fields are guarded by the lock. */
    private static final class Registration {
        private final Account account;
        private boolean answered;
        private @Nullable Account registered;
        private @Nullable IOException failure;

        Registration(Account account) {
            this.account = account;
        }

        Optional<Account> result() {
            if (failure != null) {
                throw new UncheckedIOException(
                        "The account cannot be stored: " + FileTrouble.reason(failure) + ".", failure);
            }
            return Optional.ofNullable(registered);
        }
    }
}
