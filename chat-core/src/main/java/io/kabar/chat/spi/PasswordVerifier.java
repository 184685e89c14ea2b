package io.kabar.chat.spi;

import io.kabar.chat.internal.crypto.CryptoException;
import io.kabar.chat.internal.crypto.Scram;
import io.kabar.chat.internal.crypto.ScramVerifier;
import java.security.SecureRandom;
import java.util.Arrays;

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

    /**
     * Derives a verifier with another number of rounds, at least 4096; clients insist on 10,000 if not told otherwise.
     */
    public static String derive(String password, int iterations) {
        byte[] salt = new byte[Scram.SALT_LENGTH];
        new SecureRandom().nextBytes(salt);
        return derive(password, salt, iterations);
    }

    /**
     * Derives a verifier with a salt of the caller's: of the same password, salt and number of rounds it is always the
     * same. A salt belongs to one account and is never made of the password.
     */
    public static String derive(String password, byte[] salt, int iterations) {
        return ScramVerifier.derive(checked(password), salt, iterations).encode();
    }

    /**
     * Whether a verifier was made of this password; takes as long as making it did. Whoever is given the password at
     * each start keeps a verifier that fits: with another one, also of the same password, everybody has to prove it
     * anew.
     *
     * @throws IllegalArgumentException if it is no verifier, or this is no password
     */
    public static boolean fits(String password, String verifier) {
        ScramVerifier kept = parse(verifier);
        return ScramVerifier.derive(checked(password), kept.salt(), kept.iterations())
                .equals(kept);
    }

    /**
     * The PBKDF2 rounds of a verifier.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static int iterations(String verifier) {
        return parse(verifier).iterations();
    }

    private static ScramVerifier parse(String verifier) {
        try {
            return ScramVerifier.parse(verifier);
        } catch (CryptoException e) {
            throw new IllegalArgumentException("This is no password verifier.", e);
        }
    }

    /**
     * Checks that something can be a password.
     *
     * @throws IllegalArgumentException if it is empty or holds control characters
     */
    public static void requirePassword(String password) {
        Arrays.fill(checked(password), '\0');
    }

    private static char[] checked(String password) {
        char[] secret = password.toCharArray();
        if (!Scram.acceptable(secret)) {
            throw new IllegalArgumentException("A password must not be empty and must not hold control characters.");
        }
        return secret;
    }
}
