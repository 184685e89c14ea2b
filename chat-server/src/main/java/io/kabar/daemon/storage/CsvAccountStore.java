package io.kabar.daemon.storage;

import io.kabar.chat.NameIndex;
import io.kabar.chat.UserName;
import io.kabar.chat.server.Account;
import io.kabar.chat.server.AccountStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accounts in memory and in {@code users.csv}, which is replaced whole, and is on the disk, before a registration is
 * answered. Those who register while the file is written share the next write.
 *
 * <p>A person may edit the file while the server runs: from the next sign-in on, a second after it was saved, what it says
 * is in force. If it cannot be read then, the accounts from before stay in force and nobody new is registered until it is
 * mended, because a write would throw the person's work away. At the start a damaged file is refused: to serve the rest
 * would give the damaged names to whoever asks first.
 */
public final class CsvAccountStore implements AccountStore {

    /** Writes the file's text so that it is on the disk; a port, so that a test can count and fail. */
    interface Target {
        void write(String text) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(CsvAccountStore.class);

    /** Younger, a file may not have been saved to its end. */
    private static final Duration SETTLED = Duration.ofSeconds(1);

    private final Path path;
    private final Target target;
    private volatile Stamp known;
    /** A file that could not be read; guarded by {@link #writing}. */
    private @Nullable Stamp damaged;

    private final KeyedAccounts accounts = new KeyedAccounts();
    /** What the file holds; accounts never change. Guarded by {@link #writing}. */
    private StringBuilder file;

    private final Queue<Registration> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writing = new ReentrantLock();

    private CsvAccountStore(Path path, Stamp known, Map<String, Account> kept, Target target) {
        this.path = path;
        this.known = known;
        this.target = target;
        accounts.restore(kept.values());
        file = CsvAccounts.text(kept.values());
    }

    /**
     * Reads the accounts of a folder that this server holds.
     *
     * @throws IOException in a sentence that names file and line, if the file is damaged
     */
    public static CsvAccountStore open(DataFolder data) throws IOException {
        return open(data, text -> AtomicFile.write(data.users(), text));
    }

    static CsvAccountStore open(DataFolder data, Target target) throws IOException {
        Stamp stamp = Stamp.of(data.users());
        return new CsvAccountStore(data.users(), stamp, CsvAccounts.read(data.users()), target);
    }

    @Override
    public Optional<Account> find(UserName name) {
        if (!Stamp.of(path).equals(known) && writing.tryLock()) {
            try {
                takeOver();
            } catch (IOException e) {
                // Told, and what was known before is still in force.
            } finally {
                writing.unlock();
            }
        }
        return accounts.find(name);
    }

    /**
     * Takes over what a person has changed in the file.
     *
     * @throws IOException in half a sentence, if the file must not be written at present
     */
    private void takeOver() throws IOException {
        Stamp stamp = Stamp.of(path);
        if (stamp.equals(known)) {
            return;
        }
        if (stamp.equals(damaged)) {
            throw new IOException(path.getFileName() + " was edited and cannot be read");
        }
        if (stamp.isFresh(Instant.now())) {
            throw new IOException(path.getFileName() + " is being edited");
        }
        Map<String, Account> edited;
        try {
            edited = CsvAccounts.read(path);
        } catch (IOException e) {
            damaged = stamp;
            LOG.warn("{} The accounts from before stay in force, and nobody new is registered.", e.getMessage());
            throw e;
        }
        accounts.restore(edited.values());
        file = CsvAccounts.text(edited.values());
        known = stamp;
        damaged = null;
        LOG.info("{} was edited; its {} are in force", path, Counted.of(edited.size(), "account"));
    }

    @Override
    public boolean register(Account account) {
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
        NameIndex<Account> added = new NameIndex<>();
        IOException trouble = null;
        try {
            takeOver();
        } catch (IOException e) {
            trouble = e;
        }
        for (Registration next = waiting.poll(); next != null; next = waiting.poll()) {
            next.owned = accounts.isTaken(next.account.name()) || !added.add(next.account.name(), next.account);
            next.answered = true;
            batch.add(next);
        }
        List<Account> fresh = batch.stream()
                .filter(registration -> !registration.owned)
                .map(registration -> registration.account)
                .toList();
        if (fresh.isEmpty()) {
            return;
        }
        if (trouble != null) {
            for (Registration registration : batch) {
                registration.failure = trouble;
            }
            return;
        }
        int before = file.length();
        fresh.forEach(account -> CsvAccounts.append(file, account));
        try {
            target.write(file.toString());
            known = Stamp.of(path);
            accounts.add(fresh);
        } catch (IOException e) {
            file.setLength(before);
            batch.forEach(registration -> registration.failure = e);
        }
    }

    @Override
    public Collection<UserName> knownBySpelling() {
        return accounts.knownBySpelling();
    }

    /** Everything is on the disk already. */
    @Override
    public void close() {}

    /** By what a file is seen to have changed. */
    private record Stamp(
            long size, FileTime modified, @Nullable Object key) {

        private static final Stamp NONE = new Stamp(-1, FileTime.fromMillis(0), null);

        static Stamp of(Path file) {
            try {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(now.size(), now.lastModifiedTime(), now.fileKey());
            } catch (IOException e) {
                return NONE; // nobody has registered yet, or somebody has removed it
            }
        }

        boolean isFresh(Instant now) {
            Duration age = Duration.between(modified.toInstant(), now);
            return !age.isNegative() && age.compareTo(SETTLED) < 0;
        }
    }

    /** One waiting call; its fields are guarded by the lock. */
    private static final class Registration {
        private final Account account;
        private boolean answered;
        private boolean owned;
        private @Nullable IOException failure;

        Registration(Account account) {
            this.account = account;
        }

        boolean result() {
            if (failure != null) {
                throw new UncheckedIOException(
                        "The account cannot be stored: " + FileTrouble.reason(failure) + ".", failure);
            }
            return !owned;
        }
    }
}
