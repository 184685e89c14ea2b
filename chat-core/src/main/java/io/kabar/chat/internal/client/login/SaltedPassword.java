package io.kabar.chat.internal.client.login;

import io.kabar.chat.internal.crypto.Scram;
import io.kabar.chat.internal.endpoint.SlowWork;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** PBKDF2 of the password: slow by design, so it is done off the loop, and kept for the next sign-in. */
public final class SaltedPassword implements SlowWork {

    private final String password;
    private final byte[] salt;
    private final int iterations;
    private volatile byte @Nullable [] result;
    private volatile boolean done;
    private volatile boolean wiped;

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
        done = true;
        if (wiped) { // meanwhile, and nobody will ask for it
            wipe();
        }
    }

    boolean isFor(byte[] otherSalt, int otherIterations) {
        return iterations == otherIterations && Arrays.equals(salt, otherSalt);
    }

    /**
     * Overwrites the result, which is as good as the password here; of one that is being run, as soon as there is one.
     * From any thread.
     */
    void wipe() {
        wiped = true; // before the result is looked at, as run looks here after it has written that
        byte[] made = result;
        if (made != null) {
            Arrays.fill(made, (byte) 0);
            result = null;
        }
    }

    /** Whether it was run to its end. */
    boolean isDone() {
        return done;
    }

    /** Null if these characters cannot be a password. */
    public byte @Nullable [] result() {
        return result;
    }
}
