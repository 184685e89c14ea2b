package io.kabar.chat.internal.server.core;

import io.kabar.chat.Role;
import io.kabar.chat.UserName;
import org.jspecify.annotations.Nullable;

/**
 * What a login needs to know of an account.
 *
 * @param name as its owner writes it
 * @param verifier the text form of the account's own SCRAM verifier, if it has a password of its own
 * @param claim hexadecimal SHA-256 of the claim of the device that owns the name, if one does
 * @param createdMillis when the name was first used, by the wall clock
 */
public record AccountRecord(
        UserName name, @Nullable String verifier, @Nullable String claim, Role role, long createdMillis) {

    /** A new account, or one of which nobody knows how old it is. */
    public AccountRecord(UserName name, @Nullable String verifier, @Nullable String claim, Role role) {
        this(name, verifier, claim, role, Long.MAX_VALUE);
    }

    /** Leaves verifier and claim out. */
    @Override
    public String toString() {
        return "AccountRecord[" + name + "]";
    }
}
