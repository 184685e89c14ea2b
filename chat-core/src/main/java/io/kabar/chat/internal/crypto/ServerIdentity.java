package io.kabar.chat.internal.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * Who a server is: an X25519 key pair made at its first start. The public half is in every invitation link; the
 * private half stays in one small file of the server's data folder, and whoever has it can pose as the server.
 *
 * <p>The secrets that must outlive a restart (for connection ids, stateless resets, fake salts) are derived from it.
 */
public final class ServerIdentity {
    private static final String COMMENT =
            "# Kabar server identity: a private X25519 key. Keep it secret, keep a copy; clients know the server by "
                    + "it.";

    private final X25519.KeyPair keyPair;

    public ServerIdentity(X25519.KeyPair keyPair) {
        this.keyPair = keyPair;
    }

    public static ServerIdentity generate(RandomGenerator random) {
        return new ServerIdentity(X25519.generate(random));
    }

    /** Reads the text form: comment lines, empty lines, and one line with the key in base64. */
    public static ServerIdentity parse(String text) throws CryptoException {
        String[] lines = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toArray(String[]::new);
        if (lines.length != 1) {
            throw new CryptoException("a server identity has one line of key, not " + lines.length);
        }
        byte[] privateKey;
        try {
            privateKey = Base64.getDecoder().decode(lines[0]);
        } catch (IllegalArgumentException e) {
            throw new CryptoException("the key of the server identity is not base64");
        }
        if (privateKey.length != X25519.KEY_LENGTH) {
            throw new CryptoException("the key of the server identity has " + privateKey.length + " bytes");
        }
        return new ServerIdentity(X25519.keyPair(privateKey));
    }

    /** The text form, for a file that only the server's user can read. */
    public String encode() {
        return COMMENT + "\n" + Base64.getEncoder().encodeToString(keyPair.privateKey()) + "\n";
    }

    public X25519.KeyPair keyPair() {
        return keyPair;
    }

    public byte[] publicKey() {
        return keyPair.publicKey().clone();
    }

    /** A secret of this server alone, the same after each restart; each label gives another. */
    public byte[] derive(String label, int length) {
        byte[] salt = "kabar server identity".getBytes(StandardCharsets.US_ASCII);
        return Hkdf.expand(Hkdf.extract(salt, keyPair.privateKey()), label, length);
    }

    /** Shows the public key only. */
    @Override
    public String toString() {
        return "ServerIdentity[" + Fingerprint.brief(keyPair.publicKey()) + "]";
    }
}
