package io.kabar.chat.internal.server.limits;

import io.kabar.chat.internal.server.limits.AddressPrefixes.Prefix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A rate for each address and for each network it lies in, see {@link AddressPrefixes}: so many at once, then so many a
 * second, and a multiple of both for the wider networks together. What is taken is taken from all of them, or from
 * none.
 *
 * <p>Remembers some thousand networks. Full buckets are forgotten, as they say nothing; if there are still too many,
 * those that owe least go first. So nobody can have a network forgotten that owes much, their own or somebody else's,
 * but by owing as much from as many others; and forgetting never refuses anybody.
 */
public final class PrefixBuckets {

    /** Networks remembered; some 2 MiB. */
    public static final int REMEMBERED = 16_384;

    /** Buckets looked at for each new one. More than one, so that full ones go faster than new ones come. */
    private static final int LOOKED_AT = 8;

    private final long intervalNanos;
    private final long burst;
    private final int privateTimes;
    private final Map<Prefix, Bucket> buckets = new LinkedHashMap<>();

    /** Both of a narrowest prefix: a wider one has a multiple. */
    private static final class Bucket {
        private final long interval;
        private final long capacity;
        private long emptyAt;

        Bucket(long interval, long capacity, long now) {
            this.interval = interval;
            this.capacity = capacity;
            emptyAt = now - capacity;
        }

        long waitNanos(long amount, long now) {
            // More than there ever can be is given when the bucket is full, and paid for afterwards.
            long wanted = Math.min(saturated(amount, interval), capacity);
            return Math.max(0, Math.max(emptyAt, now - capacity) + wanted - now);
        }

        void take(long amount, long now) {
            emptyAt = Math.max(emptyAt, now - capacity) + saturated(amount, interval);
        }

        long fullAt() {
            return emptyAt + capacity;
        }
    }

    private PrefixBuckets(long intervalNanos, long burst, int privateTimes) {
        if (intervalNanos <= 0 || burst < 0 || privateTimes < 1) {
            throw new IllegalArgumentException("no such rate");
        }
        this.intervalNanos = intervalNanos;
        this.burst = burst;
        this.privateTimes = privateTimes;
    }

    /**
     * A rate of a narrowest prefix.
     *
     * @param burst how many at once; 0 = no limit
     * @param privateTimes so many times as much for a private address, which may stand for an office
     */
    public static PrefixBuckets perSecond(long burst, long perSecond, int privateTimes) {
        return new PrefixBuckets(Math.max(1, Duration.ofSeconds(1).toNanos() / perSecond), burst, privateTimes);
    }

    /** The same for what is rarer: one more every so often. */
    public static PrefixBuckets every(Duration interval, long burst, int privateTimes) {
        return new PrefixBuckets(interval.toNanos(), burst, privateTimes);
    }

    /** Nanoseconds until one can be taken; 0 for now. Takes and remembers nothing. */
    public long waitNanos(AddressPrefixes address, long now) {
        return waitNanos(address, 1, now);
    }

    private long waitNanos(AddressPrefixes address, long amount, long now) {
        long wait = 0;
        for (Prefix prefix : address.narrowestFirst()) {
            Bucket bucket = buckets.get(prefix);
            wait = bucket == null ? wait : Math.max(wait, bucket.waitNanos(amount, now));
        }
        return wait;
    }

    /**
     * Takes one.
     *
     * @return 0 if there was one, else the nanoseconds until there is one
     */
    public long take(AddressPrefixes address, long now) {
        return take(address, 1, now);
    }

    /**
     * Takes so many at once, such as bytes. More than the burst are given to who has a full bucket, and paid for later.
     */
    public long take(AddressPrefixes address, long amount, long now) {
        if (burst == 0) {
            return 0;
        }
        long wait = waitNanos(address, amount, now);
        if (wait == 0) {
            charge(address, amount, now);
        }
        return wait;
    }

    /** Takes so many whether there are as many or not: what is owed is waited for. */
    public void charge(AddressPrefixes address, long amount, long now) {
        if (burst == 0) {
            return;
        }
        for (Prefix prefix : address.narrowestFirst()) {
            Bucket bucket = buckets.get(prefix);
            if (bucket == null) {
                forget(now);
                bucket = bucket(address, prefix, now);
                buckets.put(prefix, bucket);
            }
            bucket.take(amount, now);
        }
    }

    private Bucket bucket(AddressPrefixes address, Prefix prefix, long now) {
        long times = (long) prefix.times() * (address.isPrivate() ? privateTimes : 1);
        long interval = Math.max(1, intervalNanos / times);
        return new Bucket(interval, saturated(saturated(burst, times), interval), now);
    }

    private static long saturated(long left, long right) {
        long most = Long.MAX_VALUE / 4; // so that a time and two of them never overflow
        return right != 0 && left > most / right ? most : left * right;
    }

    /**
     * Looks at the buckets that were not looked at for longest: full ones go, and one that owes least if there is no
     * room.
     */
    private void forget(long now) {
        List<Map.Entry<Prefix, Bucket>> kept = new ArrayList<>(LOOKED_AT);
        Iterator<Map.Entry<Prefix, Bucket>> eldest = buckets.entrySet().iterator();
        for (int i = 0; i < LOOKED_AT && eldest.hasNext(); i++) {
            Map.Entry<Prefix, Bucket> entry = Map.Entry.copyOf(eldest.next());
            eldest.remove();
            if (entry.getValue().fullAt() > now) {
                kept.add(entry);
            }
        }
        if (buckets.size() + kept.size() >= REMEMBERED) {
            kept.remove(leastOwing(kept));
        }
        kept.forEach(entry -> buckets.put(entry.getKey(), entry.getValue()));
    }

    private static Map.Entry<Prefix, Bucket> leastOwing(List<Map.Entry<Prefix, Bucket>> entries) {
        Map.Entry<Prefix, Bucket> least = entries.get(0);
        for (Map.Entry<Prefix, Bucket> entry : entries) {
            least = entry.getValue().fullAt() < least.getValue().fullAt() ? entry : least;
        }
        return least;
    }

    /** Networks remembered at present. */
    public int size() {
        return buckets.size();
    }
}
