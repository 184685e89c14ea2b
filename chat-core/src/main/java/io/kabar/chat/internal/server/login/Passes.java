package io.kabar.chat.internal.server.login;

import io.kabar.chat.UserName;
import io.kabar.chat.spi.Account;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the host program's own participants sign in with: secrets that never leave the process. A pass is good until it
 * is withdrawn, however often it is shown; and it is that of one account, whatever that is called later.
 */
public final class Passes {

    /** One pass. */
    static final class Pass {
        private final byte[] secret;
        private final @Nullable Account own;
        private long account;

        private Pass(byte[] secret, @Nullable Account own) {
            this.secret = secret;
            this.own = own;
        }

        /** The account, if the host program numbers its users itself; null if the account store knows. */
        @Nullable
        Account own() {
            return own;
        }

        /** Whether somebody has signed in with it as this account before. */
        boolean isOf(Account known) {
            return account == known.id();
        }
    }

    /** By the keys of the names. */
    private final Map<String, List<Pass>> passes = new HashMap<>();

    /** From now on whoever shows this secret is who has the name. */
    public void give(UserName name, byte[] secret, @Nullable Account own) {
        add(name, new Pass(secret.clone(), own));
    }

    private void add(UserName name, Pass pass) {
        passes.computeIfAbsent(name.key(), key -> new ArrayList<>(1)).add(pass);
    }

    /** The secret is worth nothing any more. */
    public void withdraw(byte[] secret) {
        passes.values().removeIf(given -> {
            given.removeIf(pass -> MessageDigest.isEqual(pass.secret, secret));
            return given.isEmpty();
        });
    }

    /** Somebody signs in with it as this account, and comes back under the name that it has. */
    void shownBy(Account account, Pass pass) {
        pass.account = account.id();
        if (!passes.getOrDefault(account.name().key(), List.of()).contains(pass)) {
            add(account.name(), pass);
        }
    }

    /** Whether there is a pass for this name. */
    boolean awaits(UserName name) {
        return passes.containsKey(name.key());
    }

    /** The pass that this secret is; null if it is none for this name. */
    @Nullable
    Pass find(UserName name, byte[] secret) {
        Pass found = null;
        for (Pass pass : passes.getOrDefault(name.key(), List.of())) {
            if (MessageDigest.isEqual(pass.secret, secret)) {
                found = pass;
            }
        }
        return found;
    }
}
