package io.kabar.chat.internal.server.login;

import io.kabar.chat.internal.endpoint.TokenBucket;
import io.kabar.chat.internal.server.limits.AddressPrefixes;
import io.kabar.chat.internal.server.limits.AddressPrefixes.Prefix;
import io.kabar.chat.internal.server.limits.PrefixBuckets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Slows down whoever guesses passwords: a few wrong ones a minute for a name from one address, and so many in all from
 * one address or network. Nobody can lock a user out from elsewhere; nor can strangers behind a shared address lock out
 * who has signed in from there before, for whom only what was wrong for the own name counts, or whose device owns the
 * name, for whom only what that device itself has got wrong counts. Such known ones share an allowance for each
 * address, or whoever has registered many names could guess the password of all with each; once it is used up, those
 * who have signed in from there since the server was started may still try, as long as nothing was wrong for that name
 * within a minute. A device that owns a name has proven nothing about a password that is newer than the name.
 */
public final class LoginThrottle {

    /** Names remembered, each with its address; the least recently used is forgotten first. */
    private static final int REMEMBERED = 10_000;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final int failuresPerMinute;
    private final PrefixBuckets strangers;
    private final PrefixBuckets known;
    private final Map<Tried, Wrong> byName = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Tried, Wrong> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Names that have signed in, each from an address; the least recently used is forgotten first. */
    private final Set<Tried> familiar = Collections.newSetFromMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Tried, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });

    private record Tried(Prefix from, String name, boolean byOwner) {}

    /** What was wrong for one name. */
    private static final class Wrong {
        private final TokenBucket bucket;
        private long newest;

        Wrong(TokenBucket bucket) {
            this.bucket = bucket;
        }

        /** Until nothing was wrong for a minute. */
        long reserveWaitNanos(long now) {
            return Math.max(0, newest + MINUTE.toNanos() - now);
        }
    }

    /**
     * @param failuresPerMinute wrong passwords a minute for one name from one address
     * @param failuresPerAddress wrong passwords at once from one address; see {@link PrefixBuckets} for its networks
     * @param blockNanos how long an address that has used them up takes to have as many again
     */
    public LoginThrottle(int failuresPerMinute, int failuresPerAddress, long blockNanos) {
        this.failuresPerMinute = failuresPerMinute;
        Duration interval = Duration.ofNanos(Math.max(1, blockNanos / failuresPerAddress));
        strangers = PrefixBuckets.every(interval, failuresPerAddress, 1);
        known = PrefixBuckets.every(interval, failuresPerAddress, 1);
    }

    /**
     * Nanoseconds until this address may try this name; 0 for now.
     *
     * @param byOwner whether the device that owns the name tries it
     */
    public long waitNanos(AddressPrefixes address, String name, boolean byOwner, long now) {
        Wrong ofName = byName.get(new Tried(address.narrowest(), name, byOwner));
        long own = ofName == null ? 0 : ofName.bucket.waitNanos(now);
        if (!isKnown(address, name, byOwner)) {
            return Math.max(own, strangers.waitNanos(address, now));
        }
        long shared = known.waitNanos(address, now);
        if (hasSignedIn(address, name)) {
            shared = Math.min(shared, ofName == null ? 0 : ofName.reserveWaitNanos(now));
        }
        return Math.max(own, shared);
    }

    private boolean isKnown(AddressPrefixes address, String name, boolean byOwner) {
        return byOwner || hasSignedIn(address, name);
    }

    private boolean hasSignedIn(AddressPrefixes address, String name) {
        return familiar.contains(new Tried(address.narrowest(), name, false));
    }

    /** A password was wrong. */
    public void failed(AddressPrefixes address, String name, boolean byOwner, long now) {
        Wrong ofName = byName.computeIfAbsent(
                new Tried(address.narrowest(), name, byOwner),
                key -> new Wrong(TokenBucket.every(MINUTE.dividedBy(failuresPerMinute), failuresPerMinute, now)));
        ofName.bucket.take(now);
        ofName.newest = now;
        // A ticket that is not theirs fails though all is used up; others would have to wait for debts.
        long unused = (isKnown(address, name, byOwner) ? known : strangers).take(address, 1, now);
    }

    /** Somebody has signed in by this name. */
    public void succeeded(AddressPrefixes address, String name) {
        Tried known = new Tried(address.narrowest(), name, false);
        familiar.remove(known);
        familiar.add(known);
    }

    /** Names and networks remembered at present. */
    int remembered() {
        return byName.size() + familiar.size() + strangers.size() + known.size();
    }
}
