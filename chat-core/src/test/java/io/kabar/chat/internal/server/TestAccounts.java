package io.kabar.chat.internal.server;

import io.kabar.chat.UserName;
import io.kabar.chat.spi.Account;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Accounts as a store would give them. */
public final class TestAccounts {

    private TestAccounts() {}

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
