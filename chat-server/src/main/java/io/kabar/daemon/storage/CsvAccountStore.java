package io.kabar.daemon.storage;

import io.kabar.chat.UserName;
import io.kabar.chat.server.Account;
import io.kabar.chat.server.AccountStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Accounts in memory and in {@code users.csv}, which is replaced whole, and is on the disk, before a registration is
 * answered. Those who register while the file is written share the next write. Edit the file while the server is
 * stopped: it is read at the start only.
 */
public final class CsvAccountStore implements AccountStore {

    /** Writes the file's text so that it is on the disk; a port, so that a test can count and fail. */
    interface Target {
        void write(String text) throws IOException;
    }

    private final Target target;
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    /** What the file holds; accounts never change. Guarded by {@link #writing}. */
    private final StringBuilder file;

    private final Queue<Registration> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writing = new ReentrantLock();

    private CsvAccountStore(Map<String, Account> kept, Target target) {
        this.target = target;
        accounts.putAll(kept);
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
        return new CsvAccountStore(CsvAccounts.read(data.users()), target);
    }

    @Override
    public Optional<Account> find(UserName name) {
        return Optional.ofNullable(accounts.get(name.key()));
    }

    @Override
    public boolean register(Account account) {
        if (accounts.containsKey(account.name().key())) {
            return false;
        }
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
        Map<String, Account> added = new LinkedHashMap<>();
        for (Registration next = waiting.poll(); next != null; next = waiting.poll()) {
            String key = next.account.name().key();
            next.owned = accounts.containsKey(key) || added.putIfAbsent(key, next.account) != null;
            next.answered = true;
            batch.add(next);
        }
        if (added.isEmpty()) {
            return;
        }
        int before = file.length();
        added.values().forEach(account -> CsvAccounts.append(file, account));
        try {
            target.write(file.toString());
            accounts.putAll(added);
        } catch (IOException e) {
            file.setLength(before);
            batch.forEach(registration -> registration.failure = e);
        }
    }

    /** Everything is on the disk already. */
    @Override
    public void close() {}

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
