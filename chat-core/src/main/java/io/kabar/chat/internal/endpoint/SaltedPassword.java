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
        char[] typed = password.toCharArray();
        result = Scram.acceptable(typed) ? Scram.saltedPassword(typed, salt, iterations) : null;
        Arrays.fill(typed, '\0');
    }

    boolean isFor(byte[] otherSalt, int otherIterations) {
        return iterations == otherIterations && Arrays.equals(salt, otherSalt);
    }

    /** Overwrites the result, which is as good as the password here. */
    void wipe() {
        if (result != null) {
            Arrays.fill(result, (byte) 0);
            result = null;
        }
    }

    /** Null if these characters cannot be a password. */
    byte @Nullable [] result() {
        return result;
    }
}
