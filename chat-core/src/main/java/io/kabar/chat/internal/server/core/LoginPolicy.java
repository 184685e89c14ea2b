package io.kabar.chat.internal.server.core;

import io.kabar.chat.internal.crypto.ScramVerifier;
import org.jspecify.annotations.Nullable;

/**
 * Who may sign in.
 *
 * @param newcomers who may take a free name
 * @param guests whether people without a name of their own are let in as guests
 * @param joinVerifier of the password everybody needs who has none of their own; null if there is no such password
 * @param decoySecret 32 bytes from which accounts that do not exist get a steady salt
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record LoginPolicy(
        Newcomers newcomers, boolean guests, @Nullable ScramVerifier joinVerifier, byte[] decoySecret) {

    /** Who may take a free name. */
    public enum Newcomers {
        /** Whoever gets as far as that. */
        EVERYBODY,
        /** Whoever shows a good invitation. */
        INVITED,
        /** Nobody: there are the accounts that there are. */
        NOBODY
    }

    /** Of a server without guests: open, or with a join password, or for accounts only. */
    public LoginPolicy(boolean open, @Nullable ScramVerifier joinVerifier, byte[] decoySecret) {
        this(open || joinVerifier != null ? Newcomers.EVERYBODY : Newcomers.NOBODY, false, joinVerifier, decoySecret);
    }

    /** Whether names can be taken without any password. */
    public boolean open() {
        return newcomers == Newcomers.EVERYBODY && joinVerifier == null;
    }

    /** Whether it is no secret which names there are, as whoever takes a free one finds that out. */
    public boolean showsNames() {
        return newcomers != Newcomers.NOBODY;
    }

    /** Tells the kind only. */
    @Override
    public String toString() {
        return "LoginPolicy[" + newcomers + (guests ? ", guests" : "")
                + (joinVerifier == null ? "]" : ", join password]");
    }
}
