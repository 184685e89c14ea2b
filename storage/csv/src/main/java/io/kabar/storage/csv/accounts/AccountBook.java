package io.kabar.storage.csv.accounts;

import io.kabar.chat.UserName;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.AccountStore;
import io.kabar.chat.spi.NameIndex;
import io.kabar.storage.csv.accounts.AccountRow.Standing;
import java.io.Serial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All rows of {@code users.csv} that hold: of each id the last one. Says whose a name is. For one thread at a time. */
public final class AccountBook {

    private final TreeMap<Long, AccountRow> byId = new TreeMap<>();
    /** What holds of a name: that somebody owns it, else what its newest row says. */
    private final Map<String, AccountRow> byKey = new HashMap<>();

    /** Names that nobody new may have, nor any that looks like them. */
    private final NameIndex<AccountRow> taken = new NameIndex<>();

    /** Names that are held for accounts with another one, by the numbers of their rows. */
    private final Map<Long, AccountRow> former = new TreeMap<>();

    private long highest;

    /**
     * Takes rows in the order of a file. A row without an id is a person's: it holds for its name until another row of
     * that name follows, and gets the id that the name had, or a new one.
     *
     * @throws NameTwiceException if two accounts have the same name
     */
    static AccountBook of(List<AccountRow> rows, Map<String, Long> knownIds) throws NameTwiceException {
        AccountBook book = new AccountBook();
        Map<String, AccountRow> waiting = new LinkedHashMap<>();
        Map<String, Long> latest = new HashMap<>();
        for (AccountRow row : rows) {
            if (row.id() > 0) {
                waiting.remove(row.key());
                book.byId.put(row.id(), row);
                latest.put(row.key(), row.id());
                continue;
            }
            AccountRow former = book.byId.get(latest.getOrDefault(row.key(), 0L));
            if (former != null && former.key().equals(row.key())) {
                book.byId.put(former.id(), row.withId(former.id()));
            } else if (waiting.put(row.key(), row) != null) {
                throw new NameTwiceException(row);
            }
        }
        knownIds.values().forEach(book::counted);
        book.byId.keySet().forEach(book::counted);
        for (AccountRow row : waiting.values()) {
            long known = knownIds.getOrDefault(row.key(), 0L);
            long id = known > 0 && !book.byId.containsKey(known) ? known : book.highest + 1;
            book.counted(id);
            book.byId.put(id, row.withId(id));
        }
        for (AccountRow row : book.byId.values()) {
            AccountRow other = book.byKey.get(row.key());
            if (other != null && other.isOwned() && row.isOwned()) {
                throw new NameTwiceException(row);
            }
            if (other == null || !other.isOwned()) {
                book.byKey.put(row.key(), row);
            }
        }
        book.byId.values().forEach(book::hold);
        return book;
    }

    /** A number was given. */
    public void counted(long id) {
        highest = Math.max(highest, id);
    }

    /** The highest id that was ever given. */
    public long highest() {
        return highest;
    }

    /** What holds of a name; null if nothing was ever known of it. */
    @Nullable
    public AccountRow find(String key) {
        return byKey.get(key);
    }

    /** Whether a new account may not have this name, because one that is owned or held is like it. */
    public boolean isTaken(UserName name) {
        return taken.isTaken(name);
    }

    /** Adds an account under the next id. */
    public AccountRow add(Account account) {
        return put(new AccountRow(highest + 1, Standing.OWNED, account));
    }

    /** Holds a name for nobody, by a row under the next id. */
    public AccountRow hold(Account gone) {
        return put(new AccountRow(highest + 1, Standing.REMOVED, gone));
    }

    /** Holds a name for an account with another one, by a row under the next id. */
    public AccountRow holdFor(Account former, long account) {
        return put(new AccountRow(highest + 1, Standing.FORMER, former, account));
    }

    /** Adds a row, or puts it in place of the one with its id. */
    public AccountRow put(AccountRow row) {
        counted(row.id());
        AccountRow old = byId.put(row.id(), row);
        if (old != null && byKey.remove(old.key(), old)) {
            taken.remove(old.account().name());
        }
        former.remove(row.id());
        AccountRow other = byKey.get(row.key());
        if (other == null || row.isOwned() || !other.isOwned()) {
            byKey.put(row.key(), row);
        }
        hold(row);
        return row;
    }

    /** Takes the name, if this row is what holds of it and does not say that it is free. */
    private void hold(AccountRow row) {
        if (row.equals(byKey.get(row.key())) && row.standing() != Standing.FREE) {
            taken.restore(row.account().name(), row);
        }
        if (row.standing() == Standing.FORMER) {
            former.put(row.id(), row);
        }
    }

    /** The row of this number; null if there is none. */
    @Nullable
    AccountRow row(long id) {
        return byId.get(id);
    }

    /** The row of an account; null if there is none of this number. */
    @Nullable
    public AccountRow find(long id) {
        AccountRow row = byId.get(id);
        return row != null && row.isOwned() ? row : null;
    }

    /** Names that are held for accounts with another one. */
    public Collection<AccountRow> former() {
        return former.values();
    }

    /** Frees the names that were held for long enough; tells which rows are others now. */
    public List<AccountRow> freeNames(Instant now) {
        List<AccountRow> over =
                former.values().stream().filter(row -> row.isOver(now)).toList();
        List<AccountRow> freed = new ArrayList<>();
        over.forEach(row -> freed.add(put(row.free())));
        return freed;
    }

    /**
     * Gives an account another name and holds the one it had.
     *
     * @return the rows that are others now, that of the account first; none if the name is not to be had
     */
    public List<AccountRow> rename(AccountRow account, UserName name, Instant now) {
        List<AccountRow> own = new ArrayList<>();
        former.values().stream().filter(row -> row.heldFor() == account.id()).forEach(own::add);
        List<AccountRow> released =
                own.stream().filter(row -> isLike(row, name)).toList();
        boolean holds = !isLike(account, name);
        if (own.size() - released.size() + (holds ? 1 : 0) > AccountStore.NAMES_HELD) {
            return List.of();
        }
        own.add(account);
        own.forEach(row -> taken.remove(row.account().name())); // they stand in nobody's way but others'
        boolean isTaken = taken.isTaken(name);
        own.forEach(this::hold);
        if (isTaken) {
            return List.of();
        }
        List<AccountRow> changed = new ArrayList<>();
        released.forEach(row -> changed.add(put(row.free())));
        changed.add(
                0,
                put(new AccountRow(
                        account.id(), Standing.OWNED, account.account().withName(name))));
        if (holds) {
            UserName before = account.account().name();
            Account was = new Account(0, before, Optional.empty(), Optional.empty(), Account.MEMBER, now);
            changed.add(put(new AccountRow(highest + 1, Standing.FORMER, was, account.id())));
        }
        return changed;
    }

    private static boolean isLike(AccountRow row, UserName name) {
        return row.account().name().key().equals(name.key()) || row.key().equals(AccountRow.key(name));
    }

    /**
     * The book as it was before these rows.
     *
     * @param before what they have replaced, by id; null where there was none
     * @param mark the highest id then
     */
    public AccountBook without(Map<Long, @Nullable AccountRow> before, long mark) {
        TreeMap<Long, AccountRow> rows = new TreeMap<>(byId);
        before.forEach((id, row) -> {
            rows.remove(id);
            if (row != null) {
                rows.put(id, row);
            }
        });
        try {
            AccountBook book = of(List.copyOf(rows.values()), Map.of());
            book.counted(mark);
            return book;
        } catch (NameTwiceException e) {
            throw new IllegalStateException(e); // they were there together before
        }
    }

    /** All rows, by id. */
    public Collection<AccountRow> rows() {
        return byId.values();
    }

    /** The accounts, by id. */
    public List<Account> accounts() {
        List<Account> owned = new ArrayList<>();
        for (AccountRow row : byId.values()) {
            if (row.isOwned()) {
                owned.add(row.account());
            }
        }
        return owned;
    }

    /** Two accounts have the same name; nobody can say whose it is. */
    static final class NameTwiceException extends Exception {

        @Serial
        private static final long serialVersionUID = 1L;

        private final transient AccountRow row;

        NameTwiceException(AccountRow row) {
            super("the name " + row.account().name() + " is there twice");
            this.row = row;
        }

        /** The second of the two. */
        AccountRow row() {
            return row;
        }
    }
}
