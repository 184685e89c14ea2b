package io.kabar.chat.internal.crypto;

import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.Parts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * What a server keeps of a password: enough to check a proof, not enough to log in with (RFC 5802 section 3). Whoever
 * steals it can still guess passwords against it, slowly, so it is a secret.
 *
 * <p>Its text form begins with the scheme, so that another may come:
 * {@code SCRAM-SHA-256$iterations:salt$storedKey:serverKey}, binary parts in base64 (the form PostgreSQL has, too).
 *
 * @param scheme {@value Scram#SCHEME}
 * @param salt 1 to 64 bytes, not secret
 * @param iterations {@value Scram#MIN_ITERATIONS} to {@value Scram#MAX_ITERATIONS}
 * @param storedKey 32 bytes
 * @param serverKey 32 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode below
public record ScramVerifier(String scheme, byte[] salt, int iterations, byte[] storedKey, byte[] serverKey) {
    private static final int MAX_SALT = 64;
    /** Of the rounds. */
    private static final int MAX_DIGITS = 8;

    public ScramVerifier {
        if (!scheme.equals(Scram.SCHEME)) {
            throw new IllegalArgumentException("unknown scheme of a verifier");
        }
        if (salt.length == 0 || salt.length > MAX_SALT) {
            throw new IllegalArgumentException("salt of " + salt.length + " bytes");
        }
        if (iterations < Scram.MIN_ITERATIONS || iterations > Scram.MAX_ITERATIONS) {
            throw new IllegalArgumentException(iterations + " iterations");
        }
        if (storedKey.length != Scram.PROOF_LENGTH || serverKey.length != Scram.PROOF_LENGTH) {
            throw new IllegalArgumentException("keys of " + storedKey.length + " and " + serverKey.length + " bytes");
        }
    }

    public ScramVerifier(byte[] salt, int iterations, byte[] storedKey, byte[] serverKey) {
        this(Scram.SCHEME, salt, iterations, storedKey, serverKey);
    }

    /** The verifier of a password; as slow as {@link Scram#saltedPassword}. */
    public static ScramVerifier derive(char[] password, byte[] salt, int iterations) {
        byte[] salted = Scram.saltedPassword(password, salt, iterations);
        ScramVerifier verifier = of(salted, salt, iterations);
        Arrays.fill(salted, (byte) 0);
        return verifier;
    }

    /** The verifier of a password that is salted already. */
    public static ScramVerifier of(byte[] saltedPassword, byte[] salt, int iterations) {
        byte[] clientKey = Scram.clientKey(saltedPassword);
        byte[] storedKey = Scram.storedKey(clientKey);
        Arrays.fill(clientKey, (byte) 0);
        return new ScramVerifier(salt, iterations, storedKey, Scram.serverKey(saltedPassword));
    }

    /**
     * A verifier for a name that has no account: looks like any other, the same at each try, and no password passes
     * it. So an unknown name takes the same way and the same time as a wrong password.
     */
    public static ScramVerifier decoy(byte[] secret, String name, int iterations) {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        byte[] key = Jca.hmac(secret, "kabar decoy".getBytes(StandardCharsets.US_ASCII), nameBytes);
        return new ScramVerifier(Scram.fakeSalt(secret, name), iterations, key, Jca.sha256(key));
    }

    /** Reads the text form. */
    public static ScramVerifier parse(String text) throws CryptoException {
        List<String> parts = Parts.of(text, '$');
        if (parts.size() != 3 || !parts.get(0).equals(Scram.SCHEME)) {
            throw otherForm();
        }
        List<String> salting = Parts.of(parts.get(1), ':');
        List<String> keys = Parts.of(parts.get(2), ':');
        if (salting.size() != 2 || keys.size() != 2 || !Parts.isDigits(salting.get(0), 1, MAX_DIGITS)) {
            throw otherForm();
        }
        try {
            return new ScramVerifier(
                    base64(salting.get(1)), Digits.parseInt(salting.get(0)), base64(keys.get(0)), base64(keys.get(1)));
        } catch (IllegalArgumentException e) {
            throw new CryptoException("password verifier with a part of wrong size or base64");
        }
    }

    private static CryptoException otherForm() {
        return new CryptoException("not a password verifier of the form SCRAM-SHA-256$i:salt$key:key");
    }

    /** The text form; a secret. */
    public String encode() {
        Base64.Encoder base64 = Base64.getEncoder();
        return scheme + "$" + iterations + ":" + base64.encodeToString(salt) + "$" + base64.encodeToString(storedKey)
                + ":" + base64.encodeToString(serverKey);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScramVerifier that
                && iterations == that.iterations
                && Arrays.equals(salt, that.salt)
                && MessageDigest.isEqual(storedKey, that.storedKey)
                && MessageDigest.isEqual(serverKey, that.serverKey);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(salt);
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "ScramVerifier[" + scheme + ", " + iterations + " iterations]";
    }

    private static byte[] base64(String text) {
        return Base64.getDecoder().decode(text);
    }
}
