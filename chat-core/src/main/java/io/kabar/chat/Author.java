package io.kabar.chat;

import static java.util.Objects.requireNonNull;

/**
 * Who did something.
 *
 * @param account the number of their account on that server, from 1 and never used again; 0 for the server itself, and
 *     for somebody of whom no account is known because the event was written before events named accounts
 * @param name as it was written then
 */
public record Author(long account, UserName name) {

    /** Checks the number: see {@link Limits}. */
    public Author {
        Limits.requireAccount(account);
        requireNonNull(name);
    }

    /** Somebody of whom no account is known. */
    public static Author of(UserName name) {
        return new Author(0, name);
    }

    /** The name. */
    @Override
    public String toString() {
        return name.toString();
    }
}
