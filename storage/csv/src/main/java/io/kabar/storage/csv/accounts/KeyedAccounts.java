package io.kabar.storage.csv.accounts;

import io.kabar.chat.UserName;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.NameIndex;
import io.kabar.storage.csv.layout.ToldNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
    private NameIndex<Account> index = new NameIndex<>();
    private List<UserName> bySpelling = List.of();

    public KeyedAccounts(ToldNames told) {
        this.told = told;
    }

    /** Those that were there before, the oldest first, in place of all others. */
    public synchronized void restore(Collection<Account> accounts) {
        NameIndex<Account> keyed = new NameIndex<>();
        List<UserName> exact = new ArrayList<>();
        List<String> remarkable = new ArrayList<>();
        for (Account account : accounts) {
            UserName name = account.name();
            if (!keyed.restore(name, account)) {
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
        index = keyed;
        bySpelling = List.copyOf(exact);
    }

    public synchronized void add(Collection<Account> accounts) {
        accounts.forEach(account -> index.restore(account.name(), account));
    }

    public synchronized Optional<Account> find(UserName name) {
        return index.find(name);
    }

    public synchronized Collection<UserName> knownBySpelling() {
        return bySpelling;
    }
}
