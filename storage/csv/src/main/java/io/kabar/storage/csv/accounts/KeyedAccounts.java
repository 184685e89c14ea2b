package io.kabar.storage.csv.accounts;

import io.kabar.chat.UserName;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.NameIndex;
import io.kabar.storage.csv.layout.ToldNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accounts as they are found by name. Keys are made of the table of characters that this version brings; no two
 * accounts become one by that: of two with one key the older keeps it, and both are told of, once for each table.
 */
public final class KeyedAccounts {

    private static final Logger LOG = LoggerFactory.getLogger(KeyedAccounts.class);

    private final ToldNames told;
    /** Whose each name is, or was and is held for. */
    private NameIndex<Long> index = new NameIndex<>();

    private Map<Long, Account> byId = new HashMap<>();
    private List<UserName> bySpelling = List.of();

    public KeyedAccounts(ToldNames told) {
        this.told = told;
    }

    /**
     * Those that were there before, the oldest first, in place of all others.
     *
     * @param former names that are held for accounts with another one
     */
    public synchronized void restore(Collection<Account> accounts, Collection<AccountRow> former) {
        NameIndex<Long> keyed = new NameIndex<>();
        Map<Long, Account> all = new HashMap<>();
        List<UserName> exact = new ArrayList<>();
        List<String> remarkable = new ArrayList<>();
        for (Account account : accounts) {
            UserName name = account.name();
            all.put(account.id(), account);
            if (!keyed.restore(name, account.id())) {
                exact.add(name);
                remarkable.add(name.text());
                if (!told.isTold(name.text())) {
                    LOG.warn(
                            "The names {} and {} look alike: {} is older and keeps the name; {} signs in by its exact "
                                    + "spelling",
                            keyed.holder(name).orElse(name),
                            name,
                            keyed.holder(name).orElse(name),
                            name);
                }
            } else if (name.objection().isPresent()) {
                remarkable.add(name.text());
                if (!told.isTold(name.text())) {
                    LOG.info(
                            "Nobody new may be called {}; who is signs in by this spelling. {}",
                            name,
                            name.objection().get());
                }
            }
        }
        told.keep(remarkable);
        former.forEach(row -> keyed.restore(row.account().name(), row.heldFor()));
        index = keyed;
        byId = all;
        bySpelling = List.copyOf(exact);
    }

    /** An account that is new, or another one than before under the same name. */
    public synchronized void put(Account account) {
        if (byId.put(account.id(), account) == null) {
            index.restore(account.name(), account.id());
        }
    }

    public synchronized Optional<Account> find(UserName name) {
        return index.find(name).map(byId::get);
    }

    public synchronized Optional<Account> find(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    public synchronized Collection<UserName> knownBySpelling() {
        return bySpelling;
    }
}
