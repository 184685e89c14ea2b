package io.kabar.chat.server;

import io.kabar.chat.NameIndex;
import io.kabar.chat.UserName;
import java.util.Map;
import java.util.Optional;

/** Accounts that last as long as the program. */
public final class MemoryAccountStore implements AccountStore {

    private final NameIndex<Account> accounts = new NameIndex<>();

    /** No accounts: names are owned by whoever uses them first. */
    public MemoryAccountStore() {}

    /** Accounts with passwords of their own, by name. Each takes a fraction of a second to derive. */
    public static MemoryAccountStore ofPasswords(Map<String, String> passwords) {
        MemoryAccountStore store = new MemoryAccountStore();
        passwords.forEach((name, password) -> {
            if (!store.register(Account.withPassword(UserName.parse(name), password))) {
                throw new IllegalArgumentException("The name " + name + " is there twice.");
            }
        });
        return store;
    }

    @Override
    public synchronized Optional<Account> find(UserName name) {
        return accounts.find(name);
    }

    @Override
    public synchronized boolean register(Account account) {
        return accounts.add(account.name(), account);
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
