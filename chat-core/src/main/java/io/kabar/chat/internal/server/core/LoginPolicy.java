package io.kabar.chat.internal.server.core;

import io.kabar.chat.internal.crypto.ScramVerifier;
import org.jspecify.annotations.Nullable;

/**
 * Who may sign in.
 *
 * @param open whether names can be taken without any password
 * @param joinVerifier of the password everybody needs who has none of their own; null if there is no such password
 * @param decoySecret 32 bytes from which accounts that do not exist get a steady salt
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record LoginPolicy(boolean open, @Nullable ScramVerifier joinVerifier, byte[] decoySecret) {

    /** Whether somebody without an account may take a free name. */
    public boolean admitsNewNames() {
        return open || joinVerifier != null;
    }

    /** Tells the kind only. */
    @Override
    public String toString() {
        return "LoginPolicy[" + (open ? "open" : joinVerifier != null ? "join password" : "accounts only") + "]";
    }
}
