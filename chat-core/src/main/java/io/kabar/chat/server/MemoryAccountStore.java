package io.kabar.chat.server;

import io.kabar.chat.UserName;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Accounts that last as long as the program. */
public final class MemoryAccountStore implements AccountStore {

    private final Map<String, Account> accounts = new ConcurrentHashMap<>();

    /** No accounts: names are owned by whoever uses them first. */
    public MemoryAccountStore() {}

    /** Accounts with passwords of their own, by name. Each takes a fraction of a second to derive. */
    public static MemoryAccountStore ofPasswords(Map<String, String> passwords) {
        MemoryAccountStore store = new MemoryAccountStore();
        passwords.forEach((name, password) -> {
            if (!store.register(Account.withPassword(UserName.of(name), password))) {
                throw new IllegalArgumentException("The name " + name + " is there twice.");
            }
        });
        return store;
    }

    @Override
    public Optional<Account> find(UserName name) {
        return Optional.ofNullable(accounts.get(name.key()));
    }

    @Override
    public boolean register(Account account) {
        return accounts.putIfAbsent(account.name().key(), account) == null;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
