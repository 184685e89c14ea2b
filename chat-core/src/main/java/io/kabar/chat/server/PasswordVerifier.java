package io.kabar.chat.server;

import io.kabar.chat.internal.crypto.Scram;
import io.kabar.chat.internal.crypto.ScramVerifier;
import java.security.SecureRandom;

/** Turns a password into what a server may keep of it: a SCRAM-SHA-256 verifier (RFC 5802, RFC 7677) as text. */
public final class PasswordVerifier {

    /** PBKDF2 rounds of new verifiers (OWASP 2023 for HMAC-SHA-256); the client pays them once a login. */
    public static final int ITERATIONS = 600_000;

    private PasswordVerifier() {}

    /**
     * Derives a verifier with a random salt; takes a fraction of a second.
     *
     * @throws IllegalArgumentException if the password is empty or holds control characters
     */
    public static String derive(String password) {
        return derive(password, ITERATIONS);
    }

    /** Derives a verifier with another number of rounds, at least 4096; clients insist on 10,000 if not told otherwise. */
    public static String derive(String password, int iterations) {
        char[] secret = password.toCharArray();
        if (!Scram.acceptable(secret)) {
            throw new IllegalArgumentException("A password must not be empty and must not hold control characters.");
        }
        byte[] salt = new byte[Scram.SALT_LENGTH];
        new SecureRandom().nextBytes(salt);
        return ScramVerifier.derive(secret, salt, iterations).encode();
    }
}
