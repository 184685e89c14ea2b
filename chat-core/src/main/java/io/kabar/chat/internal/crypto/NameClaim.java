package io.kabar.chat.internal.crypto;

import io.kabar.chat.internal.text.Parts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Proof that a name belongs to a device, for users without a password of their own. The device keeps one secret and
 * makes of it a claim for each server and name; the server keeps the claim's hash. So a server learns nothing that
 * would serve at another server, and a thief of its file nothing that would serve at all.
 *
 * <p>A claim is as good as a password: it goes through the sealed channel only.
 */
public final class NameClaim {
    /** Bytes of a device secret, of a claim and of its stored form. */
    public static final int LENGTH = Jca.HASH_LENGTH;

    private static final byte[] LABEL = "kabar name claim".getBytes(StandardCharsets.US_ASCII);

    /** What {@link #form} replaces. */
    private static final Map<Integer, String> LOOK_ALIKES = Parts.of(
                    "а=a е=e о=o р=p с=c х=x у=y і=i ј=j ѕ=s һ=h ԁ=d ԛ=q ԝ=w к=k м=m т=t в=b н=h г=r "
                            .concat("ο=o α=a ν=v ρ=p υ=u ι=i κ=k τ=t χ=x γ=y η=n ε=e ı=i ł=l ø=o 0=o 1=l |=l"),
                    ' ')
            .stream()
            .map(pair -> Parts.of(pair, '='))
            .collect(Collectors.toUnmodifiableMap(pair -> pair.get(0).codePointAt(0), pair -> pair.get(1)));

    private NameClaim() {}

    /**
     * A name as it stands in claims, the same for some spellings of it. It is the key that names had in Kabar 0.1, and
     * stays as it is whatever keys become: with another one every device would lose its names.
     */
    public static String form(String name) {
        String folded = Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
        StringBuilder form = new StringBuilder(folded.length());
        folded.codePoints().forEach(c -> {
            String latin = LOOK_ALIKES.get(c);
            if (latin == null) {
                form.appendCodePoint(c);
            } else {
                form.append(latin);
            }
        });
        return form.toString().replace("rn", "m").replace("vv", "w");
    }

    /** {@code HMAC-SHA256(deviceSecret, "kabar name claim" || serverPublicKey || canonicalName)}; see {@link #form}. */
    public static byte[] claim(byte[] deviceSecret, byte[] serverPublicKey, String canonicalName) {
        if (deviceSecret.length != LENGTH || serverPublicKey.length != X25519.KEY_LENGTH) {
            throw new IllegalArgumentException(
                    "secret of " + deviceSecret.length + " and key of " + serverPublicKey.length + " bytes");
        }
        return Jca.hmac(deviceSecret, LABEL, serverPublicKey, canonicalName.getBytes(StandardCharsets.UTF_8));
    }

    /** What the server keeps: SHA-256 of the claim. */
    public static byte[] stored(byte[] claim) {
        return Jca.sha256(claim);
    }

    /** Whether a claim is the one whose {@link #stored} form was kept; in constant time. */
    public static boolean matches(byte[] stored, byte[] claim) {
        return MessageDigest.isEqual(stored, stored(claim));
    }
}
