package io.kabar.chat.internal.server;

import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.spi.Account;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Accounts as a store would give them. */
public final class TestAccounts {

    private TestAccounts() {}

    /** Changes one of these accounts, which are found by the keys of their names; null if it is none of them. */
    public static @Nullable Account change(Map<String, Account> accounts, ServerEvent.ChangeAccount event) {
        for (Map.Entry<String, Account> each : accounts.entrySet()) {
            if (each.getValue().id() == event.account()) {
                Account changed = each.getValue().with(event.change()).orElse(null);
                if (changed != null) {
                    each.setValue(changed);
                }
                return changed;
            }
        }
        return null;
    }

    /** The one of this number; null if there is none. */
    public static @Nullable Account find(Collection<Account> accounts, long id) {
        return accounts.stream()
                .filter(account -> account.id() == id)
                .findFirst()
                .orElse(null);
    }

    /** A number above all of them. */
    public static long nextId(Collection<Account> accounts) {
        return accounts.stream().mapToLong(Account::id).max().orElse(0) + 1;
    }

    /** A new account. */
    public static Account account(UserName name, @Nullable String verifier, @Nullable String claim, String role) {
        return account(name, verifier, claim, role, Instant.MAX);
    }

    public static Account account(
            UserName name, @Nullable String verifier, @Nullable String claim, String role, Instant created) {
        return new Account(
                1 + name.key().hashCode() % 1000 + 1000,
                name,
                Optional.ofNullable(verifier),
                Optional.ofNullable(claim),
                role,
                created);
    }
}
