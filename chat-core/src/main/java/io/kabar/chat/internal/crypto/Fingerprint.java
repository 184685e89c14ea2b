package io.kabar.chat.internal.crypto;

import java.util.Base64;

/**
 * A server's public key as people see it. {@link #full} is for comparing over the telephone, {@link #brief} is a
 * reminder on the status line (40 bits: enough to notice a change, too few to prove there was none), and
 * {@link #keyText} is the whole key for a link.
 *
 * <p>The first two show the SHA-256 of the key in Crockford's base32: digits and capitals without I, L, O and U, in
 * groups of four.
 */
public final class Fingerprint {
    /** Characters of a key in a link: 32 bytes in base64url without padding. */
    public static final int KEY_TEXT_LENGTH = 43;

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int GROUP = 4;
    private static final int BRIEF_GROUPS = 2;

    /** 160 bits: nobody finds another key with the same text. */
    private static final int FULL_GROUPS = 8;

    private Fingerprint() {}

    /** Two groups, as in {@code 7F2A-19C4}. */
    public static String brief(byte[] publicKey) {
        return groups(publicKey, BRIEF_GROUPS);
    }

    /** Eight groups; begins with {@link #brief}. */
    public static String full(byte[] publicKey) {
        return groups(publicKey, FULL_GROUPS);
    }

    /** The key for a link, 43 characters. */
    public static String keyText(byte[] publicKey) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(publicKey);
    }

    /** The key in a link; only the one spelling that {@link #keyText} gives. Does not check the key's order. */
    public static byte[] parseKeyText(String text) throws CryptoException {
        byte[] key;
        try {
            key = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new CryptoException("the key of the link is not base64url");
        }
        if (key.length != X25519.KEY_LENGTH || !keyText(key).equals(text)) {
            throw new CryptoException("the key of the link does not have " + KEY_TEXT_LENGTH + " characters");
        }
        return key;
    }

    private static String groups(byte[] publicKey, int groups) {
        byte[] hash = Jca.sha256(publicKey);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < groups * GROUP; i++) {
            if (i > 0 && i % GROUP == 0) {
                text.append('-');
            }
            text.append(ALPHABET.charAt(fiveBits(hash, 5 * i)));
        }
        return text.toString();
    }

    private static int fiveBits(byte[] bytes, int bit) {
        int pair = (bytes[bit / 8] & 0xff) << 8 | (bytes[bit / 8 + 1] & 0xff);
        return (pair >> (11 - bit % 8)) & 0x1f;
    }
}
