package io.kabar.chat.spi;

import io.kabar.chat.Role;
import io.kabar.chat.UserName;
import java.time.Instant;
import java.util.Optional;

/**
 * A user who owns a name. A name is owned by a password of its own, or by the device that first used it: then the claim
 * is a hash of a secret that only this device can name again.
 *
 * @param name the name as its owner writes it
 * @param password how a password is verified, in the text form of {@code SCRAM-SHA-256$iterations:salt$stored:server};
 *     empty if the account has none
 * @param claim SHA-256, in hexadecimal, of the claim of the device that owns the name; empty if none does
 * @param role what the user may do
 * @param created when the name was first used
 */
public record Account(UserName name, Optional<String> password, Optional<String> claim, Role role, Instant created) {

    /** An account with a password of its own, derived here with 600,000 iterations. */
    public static Account withPassword(UserName name, String password) {
        return new Account(
                name, Optional.of(PasswordVerifier.derive(password)), Optional.empty(), Role.MEMBER, Instant.now());
    }

    /** Leaves verifier and claim out, so that no log ever holds them. */
    @Override
    public String toString() {
        return "Account[" + name + ", " + role + "]";
    }
}
