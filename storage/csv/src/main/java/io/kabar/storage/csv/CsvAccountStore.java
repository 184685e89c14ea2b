package io.kabar.storage.csv;

import io.kabar.chat.UserName;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.AccountChange;
import io.kabar.chat.spi.AccountStore;
import io.kabar.chat.spi.Device;
import io.kabar.storage.csv.accounts.AccountBook;
import io.kabar.storage.csv.accounts.AccountFile;
import io.kabar.storage.csv.accounts.AccountLedger;
import io.kabar.storage.csv.accounts.CsvAccounts;
import io.kabar.storage.csv.accounts.GivenIds;
import io.kabar.storage.csv.accounts.KeyedAccounts;
import io.kabar.storage.csv.accounts.StoredAccounts;
import io.kabar.storage.csv.accounts.StoredDevices;
import io.kabar.storage.csv.files.FileTrouble;
import io.kabar.storage.csv.files.JournalThreads;
import io.kabar.storage.csv.folder.DataFolder;
import io.kabar.storage.csv.layout.ToldNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accounts in memory and in {@code users.csv}, to which a row is appended, and is on the disk, before a registration or
 * a change is answered; their devices in {@code devices.csv} in the same way. Those who register or change something
 * while it is written share the next write. A start leaves one row of each account.
 *
 * <p>A person may edit the files while the server runs. The safe point is a second after one was saved: then it is
 * read, what it says is in force, and sessions of accounts that it changed are told to end. A file of accounts is never
 * replaced while the server runs, so nothing of an edit is lost; and what the edit could not know, because it came to
 * the file after the editor had read it, is appended again. An account that is not there any more is held: a row says
 * {@code removed}, and nobody else gets the name until a person writes {@code free} there. If a file cannot be read, or
 * is gone, what it said before stays in force and nobody new is registered. At the start a damaged file is refused: to
 * serve the rest would give the damaged names to whoever asks first.
 */
public final class CsvAccountStore implements AccountStore {

    private static final Logger LOG = LoggerFactory.getLogger(CsvAccountStore.class);

    /** How often the files are looked at for the sake of those who are signed in. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** How often is written what costs no write of its own, such as when a device was seen. */
    private static final Duration WRITE_EVERY = Duration.ofHours(1);

    /** The accounts in force, by their names. */
    private final KeyedAccounts accounts;

    /** Guarded by {@link #writing}, as what follows. */
    private final AccountLedger ledger;

    private final GivenIds ids;

    private final Queue<Call> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writing = new ReentrantLock();
    private volatile Changes changes = name -> {};
    private volatile @Nullable ScheduledExecutorService watch;

    private CsvAccountStore(AccountLedger ledger, GivenIds ids, ToldNames told) {
        this.ledger = ledger;
        this.ids = ids;
        accounts = new KeyedAccounts(told);
        show();
    }

    /**
     * Reads the accounts of a folder that this server holds.
     *
     * @throws IOException in a sentence that names file and line, if a file is damaged
     */
    public static CsvAccountStore open(DataFolder data) throws IOException {
        return open(data, AccountFile.Disk.SYSTEM, InstantSource.system());
    }

    static CsvAccountStore open(DataFolder data, AccountFile.Disk disk, InstantSource clock) throws IOException {
        Path path = data.users();
        StoredAccounts stored = StoredAccounts.read(path, data.names(), clock.instant());
        AccountBook book = stored.book();
        StoredDevices devices = StoredDevices.open(data.devices(), disk, clock, id -> book.find(id) != null);
        int removed = stored.removed();
        if (removed > 0) {
            LOG.warn(
                    "{} accounts are not in {} any more; their names are held there as removed, until it says free",
                    removed,
                    path);
        }
        GivenIds ids = GivenIds.open(data.ids());
        book.counted(ids.upTo());
        var unused = book.freeNames(clock.instant());
        AccountFile file = new AccountFile(path, disk, stored.stamp(), stored.bytes());
        String text = CsvAccounts.text(book.rows());
        if (stored.bytes() != null && !file.holds(text)) {
            file.replaceLater(text);
        }
        AccountLedger ledger = new AccountLedger(path, file, stored.given(), devices, book, clock);
        ledger.tidy();
        return new CsvAccountStore(ledger, ids, ToldNames.open(data.path().resolve(ToldNames.ACCOUNTS)));
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
        watching.scheduleWithFixedDelay(
                this::writeDevices, WRITE_EVERY.toMillis(), WRITE_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Optional<Account> find(UserName name) {
        look();
        return accounts.find(name);
    }

    @Override
    public Optional<Account> find(long id) {
        look();
        return accounts.find(id);
    }

    /** Looks whether a person has changed a file, if nobody else does at the moment. */
    @SuppressWarnings("EmptyCatch")
    void look() {
        if (!writing.tryLock()) {
            return;
        }
        try {
            if (!ledger.isKnown()) {
                takeOver();
                ledger.flush();
                takeOverDevices();
            }
        } catch (IOException e) {
            // Told, or over in a second; what was known before is still in force.
        } finally {
            writing.unlock();
        }
    }

    /**
     * Takes over what a person has changed in the file of accounts.
     *
     * @throws IOException in half a sentence, if nothing may be added to the file at present
     */
    private void takeOver() throws IOException {
        AccountLedger.Taken taken = ledger.takeOver();
        if (taken != null) {
            show();
            taken.changed().forEach(changes::changed);
            ledger.flush();
        }
    }

    /** The same in that of devices. */
    private void takeOverDevices() throws IOException {
        List<Account> touched = ledger.takeOverDevices();
        touched.forEach(accounts::put);
        touched.forEach(account -> changes.changed(account.name()));
    }

    private void show() {
        accounts.restore(ledger.accounts(), ledger.former());
    }

    @Override
    public Optional<Account> register(Account account) {
        return call(new Call(book -> book.register(account), true));
    }

    @Override
    public Optional<Account> change(long id, AccountChange change) {
        boolean inUsers = !(change instanceof AccountChange.NewDevice)
                && !(change instanceof AccountChange.RevokedDevice revoked && revoked.number() != Device.FIRST);
        return call(new Call(book -> book.change(id, change), inUsers));
    }

    private Optional<Account> call(Call mine) {
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

    /** How many calls wait for a write of their own. */
    int waiting() {
        return waiting.size();
    }

    private void writeWaiting() {
        List<Call> batch = new ArrayList<>();
        IOException trouble = trouble(this::takeOver);
        IOException deviceTrouble = trouble(this::takeOverDevices);
        ledger.begin();
        for (Call next = waiting.poll(); next != null; next = waiting.poll()) {
            next.answered = true;
            batch.add(next);
            next.account = next.step.apply(ledger);
        }
        boolean otherNames = false;
        try {
            otherNames = ledger.commit(trouble);
        } catch (IOException e) {
            batch.stream().filter(call -> call.inUsers).forEach(call -> call.failure = e);
        }
        try {
            ledger.commitDevices(deviceTrouble);
        } catch (IOException e) {
            batch.stream().filter(call -> !call.inUsers).forEach(call -> call.failure = e);
        }
        if (otherNames) {
            show();
            return;
        }
        for (Call call : batch) {
            Account now = call.account == null || call.failure != null ? null : ledger.find(call.account.id());
            if (now != null) {
                accounts.put(now);
            }
        }
    }

    private interface Look {
        void run() throws IOException;
    }

    /** Why nothing may be written at present; null if something may. */
    private static @Nullable IOException trouble(Look look) {
        try {
            look.run();
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    @Override
    public void seen(long id, int device, String label, Instant now) {
        writing.lock();
        try {
            Account account = ledger.seen(id, device, label, now);
            if (account != null) {
                accounts.put(account);
            }
        } finally {
            writing.unlock();
        }
    }

    private void writeDevices() {
        writing.lock();
        try {
            ledger.flushDevices();
        } finally {
            writing.unlock();
        }
    }

    @Override
    public long drawId() {
        writing.lock();
        try {
            ids.give(ledger.highest() + 1);
            return ledger.drawId();
        } catch (IOException e) {
            throw new UncheckedIOException("No number can be given: " + FileTrouble.reason(e) + ".", e);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public Collection<UserName> knownBySpelling() {
        return accounts.knownBySpelling();
    }

    /** Writes what is kept of devices; everything else is on the disk already. */
    @Override
    @SuppressWarnings("EmptyCatch")
    public void close() {
        ScheduledExecutorService watching = watch;
        if (watching != null) {
            watching.shutdownNow();
        }
        writing.lock();
        try {
            ledger.flushDevices();
            ids.end(ledger.highest());
        } catch (IOException e) {
            // Some numbers are left out.
        } finally {
            writing.unlock();
        }
    }

    /** One waiting call; its fields are guarded by the lock. */
    private static final class Call {
        private final Function<AccountLedger, @Nullable Account> step;
        /** Whether it is written into the file of accounts, rather than that of devices. */
        private final boolean inUsers;

        private boolean answered;
        private @Nullable Account account;
        private @Nullable IOException failure;

        Call(Function<AccountLedger, @Nullable Account> step, boolean inUsers) {
            this.step = step;
            this.inUsers = inUsers;
        }

        Optional<Account> result() {
            if (failure != null && account != null) {
                throw new UncheckedIOException(
                        "The account cannot be stored: " + FileTrouble.reason(failure) + ".", failure);
            }
            return Optional.ofNullable(account);
        }
    }
}
