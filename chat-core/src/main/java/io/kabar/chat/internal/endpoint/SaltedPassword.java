package io.kabar.chat.internal.endpoint;

import io.kabar.chat.internal.crypto.Scram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** PBKDF2 of the password: slow by design, so it is done off the loop, and kept for the next sign-in. */
final class SaltedPassword implements SlowWork {

    private final String password;
    private final byte[] salt;
    private final int iterations;
    private byte @Nullable [] result;

    SaltedPassword(String password, byte[] salt, int iterations) {
        this.password = password;
        this.salt = salt;
        this.iterations = iterations;
    }

    @Override
    public void run() {
        result = Scram.saltedPassword(password.toCharArray(), salt, iterations);
    }

    boolean isFor(byte[] otherSalt, int otherIterations) {
        return result != null && iterations == otherIterations && Arrays.equals(salt, otherSalt);
    }

    byte[] result() {
        if (result == null) {
            throw new IllegalStateException("not run yet");
        }
        return result;
    }
}
