package io.kabar.chat.internal.wire.message;

import java.util.EnumSet;
import java.util.Set;

/**
 * Ways in which a client can prove who it is. On the wire each is a bit, and those that are not known are ignored.
 *
 * @param known those of them that this version knows
 */
public record LoginMethods(Set<Method> known) {

    /** A way to prove it. The numbers on the wire are the places in this list. */
    public enum Method {
        /** Nothing is asked for but the claim of the device. */
        NONE,
        /** A password, by SCRAM-SHA-256 (RFC 5802, RFC 7677), which never leaves the client. */
        SCRAM_SHA_256,
        /** A token that only the server's host program can judge; sent only to a server whose key was known before. */
        TOKEN
    }

    /** Keeps the set unmodifiable. */
    public LoginMethods {
        known = Set.copyOf(known);
    }

    public static LoginMethods of(Method first, Method... others) {
        return new LoginMethods(EnumSet.of(first, others));
    }

    public boolean contains(Method method) {
        return known.contains(method);
    }

    long bits() {
        long bits = 0;
        for (Method method : known) {
            bits |= 1L << WireCodes.METHODS.indexOf(method);
        }
        return bits;
    }

    static LoginMethods of(long bits) {
        EnumSet<Method> known = EnumSet.noneOf(Method.class);
        for (int i = 0; i < WireCodes.METHODS.size(); i++) {
            if ((bits >> i & 1) == 1) {
                known.add(WireCodes.METHODS.get(i));
            }
        }
        return new LoginMethods(known);
    }
}
