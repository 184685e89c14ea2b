package io.kabar.chat.server;

import io.kabar.chat.UserName;
import io.kabar.chat.internal.crypto.Scram;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.AccountStore;
import io.kabar.chat.spi.NameIndex;
import io.kabar.chat.spi.PasswordVerifier;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Accounts that last as long as the program. */
public final class MemoryAccountStore implements AccountStore {

    private final NameIndex<Account> accounts = new NameIndex<>();
    /** The highest number that was given to an account. */
    private long highest;

    /** No accounts: names are owned by whoever uses them first. */
    public MemoryAccountStore() {}

    /**
     * Accounts with passwords of their own, by name. Each takes a fraction of a second to derive, by a new salt: after
     * another start of the program everybody proves their password once more.
     */
    public static MemoryAccountStore ofPasswords(Map<String, String> passwords) {
        return of(passwords, (name, password) -> PasswordVerifier.derive(password));
    }

    /**
     * The same for a server that keeps its identity: as long as a password is the same, so is what is made of it, and
     * whoever was signed in before another start of the program comes back with a ticket.
     */
    public static MemoryAccountStore ofPasswords(ServerSecret server, Map<String, String> passwords) {
        // Salts of identity and name, and of nothing else: made of the password, they would tell of it.
        return of(
                passwords,
                (name, password) -> PasswordVerifier.derive(
                        password,
                        server.identity().derive("kabar account salt " + name.text(), Scram.SALT_LENGTH),
                        PasswordVerifier.ITERATIONS));
    }

    private static MemoryAccountStore of(
            Map<String, String> passwords, BiFunction<UserName, String, String> verifiers) {
        MemoryAccountStore store = new MemoryAccountStore();
        passwords.forEach((text, password) -> {
            UserName name = UserName.parse(text);
            String verifier = verifiers.apply(name, password);
            Account account =
                    new Account(0, name, Optional.of(verifier), Optional.empty(), Account.MEMBER, Instant.now());
            if (store.register(account).isEmpty()) {
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
    public synchronized Optional<Account> register(Account account) {
        Account numbered = account.withId(highest + 1);
        if (!accounts.add(account.name(), numbered)) {
            return Optional.empty();
        }
        highest++;
        return Optional.of(numbered);
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
