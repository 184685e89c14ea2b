package io.kabar.chat.spi;

import io.kabar.chat.UserName;
import java.time.Instant;
import java.util.Optional;

/** What can become of an account. Further kinds may come in minor versions. */
public sealed interface AccountChange {

    /**
     * Another password, or none any more.
     *
     * @param verifier as {@link PasswordVerifier} makes it
     */
    record NewPassword(Optional<String> verifier) implements AccountChange {

        /** Leaves the verifier out. */
        @Override
        public String toString() {
            return "NewPassword";
        }
    }

    /** Another role on the server, see {@link Account#role}. */
    record NewRole(String role) implements AccountChange {}

    /**
     * Another name. The old one is held for the account for {@link AccountStore#NAME_HELD}: until then nobody else may
     * take it, and it finds the account; so do the names before it.
     */
    record NewName(UserName name) implements AccountChange {}

    /**
     * One device more. A device whose claim the account has already is the same one; a revoked one stays revoked, and
     * the change is refused. An account has at most {@link Account#DEVICES} devices: one more, and the one that was not
     * seen for longest is forgotten.
     *
     * @param device without a number
     */
    record NewDevice(Device device) implements AccountChange {}

    /** A device is shut out for good. */
    record RevokedDevice(int number, Instant at) implements AccountChange {}
}
