package io.kabar.chat.internal.session;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down whoever guesses passwords: a few wrong ones a minute for a name from one address, and a blocked address
 * after many. Nobody can lock a user out from elsewhere.
 */
public final class LoginThrottle {

    /** Names and addresses remembered; the least recently used is forgotten first. */
    private static final int REMEMBERED = 10_000;

    private static final long SECOND = 1_000_000_000L;
    private static final long MINUTE = 60 * SECOND;

    private final int failuresPerMinute;
    private final int failuresPerAddress;
    private final long blockNanos;
    private final Map<String, ArrayDeque<Long>> byName = bounded();
    private final Map<String, ArrayDeque<Long>> byAddress = bounded();
    private final Map<String, Long> blockedUntil = bounded();

    /**
     * @param failuresPerMinute wrong passwords a minute for one name from one address
     * @param failuresPerAddress wrong passwords in two minutes that block an address
     * @param blockNanos for how long
     */
    public LoginThrottle(int failuresPerMinute, int failuresPerAddress, long blockNanos) {
        this.failuresPerMinute = failuresPerMinute;
        this.failuresPerAddress = failuresPerAddress;
        this.blockNanos = blockNanos;
    }

    /** Nanoseconds until this address may try this name; 0 for now. */
    public long waitNanos(InetAddress address, String name, long now) {
        String from = AddressKey.of(address);
        Long until = blockedUntil.get(from);
        if (until != null && until > now) {
            return until - now;
        }
        ArrayDeque<Long> failures = byName.get(from + ' ' + name);
        if (failures == null) {
            return 0;
        }
        expire(failures, now - MINUTE);
        return failures.size() < failuresPerMinute ? 0 : failures.getFirst() + MINUTE - now;
    }

    /** A password was wrong. */
    public void failed(InetAddress address, String name, long now) {
        String from = AddressKey.of(address);
        byName.computeIfAbsent(from + ' ' + name, key -> new ArrayDeque<>()).add(now);
        ArrayDeque<Long> failures = byAddress.computeIfAbsent(from, key -> new ArrayDeque<>());
        expire(failures, now - 2 * MINUTE);
        failures.add(now);
        if (failures.size() >= failuresPerAddress) {
            blockedUntil.put(from, now + blockNanos);
            failures.clear();
        }
    }

    /** Names and addresses remembered at present. */
    int remembered() {
        return byName.size() + byAddress.size() + blockedUntil.size();
    }

    private static void expire(ArrayDeque<Long> times, long before) {
        while (!times.isEmpty() && times.getFirst() <= before) {
            times.removeFirst();
        }
    }

    private static <V> Map<String, V> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > REMEMBERED;
            }
        };
    }
}
