package io.kabar.chat.spi;

import io.kabar.chat.Author;
import io.kabar.chat.Limits;
import io.kabar.chat.UserName;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A user who owns a name. A name is owned by a password of its own, or by the device that first used it: then the claim
 * is a hash of a secret that only this device can name again.
 *
 * @param id the number of the account, 1, 2, 3 ..., never used again, whatever becomes of the account; 0 for one that
 *     is to be registered
 * @param name the name as its owner writes it
 * @param password how a password is verified, in the text form of {@code SCRAM-SHA-256$iterations:salt$stored:server};
 *     empty if the account has none
 * @param claim SHA-256, in hexadecimal, of the claim of the device that owns the name; empty if none does
 * @param role the name of what the user is on the server: {@link #MEMBER}, {@code staff}, {@code owner}, or another one
 *     that the server knows; a name it does not know grants nothing. At most 32 small letters, digits and hyphens
 * @param created when the name was first used
 */
public record Account(
        long id, UserName name, Optional<String> password, Optional<String> claim, String role, Instant created) {

    /** The role of who has no other: it grants nothing. */
    public static final String MEMBER = "member";

    private static final int LONGEST_ROLE = 32;

    private static final Set<String> NO_ROLES = Set.of("removed", "free", "former");

    /** Checks the number, see {@link Limits}, and the form of the role. */
    public Account {
        if (id < 0 || id > Limits.LAST_NUMBER) {
            throw new IllegalArgumentException("An account has a number from 1 to " + Limits.LAST_NUMBER + ".");
        }
        if (!isRole(role)) {
            throw new IllegalArgumentException("A role is a word of at most " + LONGEST_ROLE
                    + " small letters, digits and hyphens, and not removed, free or former.");
        }
    }

    /** An account to be registered, with a password of its own, derived here with 600,000 iterations. */
    public static Account withPassword(UserName name, String password) {
        return new Account(
                0,
                name,
                Optional.of(PasswordVerifier.derive(password)),
                Optional.empty(),
                Account.MEMBER,
                Instant.now());
    }

    /**
     * An account of the host program's own, as an {@link Authenticator} knows it by a token: a member without password
     * and claim, who has been one for long.
     *
     * @param id its number, from 1 on, never used again for anybody else
     */
    public static Account of(long id, UserName name) {
        return new Account(id, name, Optional.empty(), Optional.empty(), Account.MEMBER, Instant.EPOCH);
    }

    /**
     * Whether something can be the name of a role: at most 32 small letters of ASCII, digits and hyphens, and none of the
     * words by which stores say that a name is nobody's.
     */
    public static boolean isRole(String word) {
        return !word.isEmpty()
                && word.length() <= LONGEST_ROLE
                && word.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')
                && !NO_ROLES.contains(word);
    }

    /** The same account under the number that it was given. */
    public Account withId(long number) {
        return new Account(number, name, password, claim, role, created);
    }

    /** Its owner as the author of an event. */
    public Author author() {
        return new Author(id, name);
    }

    /** Leaves verifier and claim out, so that no log ever holds them. */
    @Override
    public String toString() {
        return "Account[" + id + ", " + name + ", " + role + "]";
    }
}
