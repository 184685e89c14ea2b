package io.kabar.chat.internal.server.session;

import io.kabar.chat.internal.crypto.AddressToken;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

/**
 * The INITs that were let in, for as long as their tokens are good: whoever repeats one that somebody else has sent
 * makes no key agreement, no session and no count of that address. If there are too many the oldest is forgotten, which
 * is about to run out: a repetition then costs its sender's address an attempt, and nobody is kept out for it.
 */
public final class SpentTokens {

    /** More than two threads agree on in the life of a token. */
    private static final int REMEMBERED = 65_536;

    /** A token is good for up to one more second, as it is counted in whole ones. */
    private static final long NANOS = (AddressToken.LIFETIME_SECONDS + 1) * 1_000_000_000L;

    private record Spent(HalfOpen key, long until) {}

    private final ArrayDeque<Spent> inOrder = new ArrayDeque<>();
    private final Set<HalfOpen> keys = new HashSet<>();

    public boolean contains(HalfOpen key, long now) {
        for (Spent oldest = inOrder.peek(); oldest != null && oldest.until() <= now; oldest = inOrder.peek()) {
            keys.remove(inOrder.remove().key());
        }
        return keys.contains(key);
    }

    public void add(HalfOpen key, long now) {
        if (keys.add(key)) {
            inOrder.add(new Spent(key, now + NANOS));
        }
        while (keys.size() > REMEMBERED) {
            keys.remove(inOrder.remove().key());
        }
    }

    /** Nothing came of it: it may be said again. Its turn to be forgotten comes all the same. */
    public void remove(HalfOpen key) {
        keys.remove(key);
    }

    int size() {
        return keys.size();
    }
}
