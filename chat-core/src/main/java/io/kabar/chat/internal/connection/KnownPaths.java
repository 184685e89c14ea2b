package io.kabar.chat.internal.connection;

import io.kabar.chat.internal.connection.loss.Path;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The proven addresses of a peer beside the one it is at, newest first: a peer with several uplinks, or behind a
 * carrier's pool of addresses, comes back to them all the time. Whoever was heard there lately need not prove it again,
 * and what is known of the way still holds (RFC 9000 section 9.3).
 */
final class KnownPaths {
    /** So many of them, and no more: each is a window and a round trip. */
    static final int REMEMBERED = 8;

    /** After that a NAT may have given the address to somebody else. */
    static final long LATELY = Duration.ofSeconds(60).toNanos();

    private final ArrayDeque<Path> paths = new ArrayDeque<>(1);

    void add(Path path) {
        paths.addFirst(path);
        if (paths.size() > REMEMBERED) {
            paths.removeLast();
        }
    }

    /** The path to this address, which is not among these any more; null if nothing was heard from there lately. */
    @Nullable
    Path take(InetSocketAddress address, long now) {
        for (Iterator<Path> all = paths.iterator(); all.hasNext(); ) {
            Path path = all.next();
            if (path.remote().equals(address)) {
                all.remove();
                return now - path.heardAt() < LATELY ? path : null;
            }
        }
        return null;
    }

    @Nullable
    Path find(InetSocketAddress address) {
        for (Path path : paths) {
            if (path.remote().equals(address)) {
                return path;
            }
        }
        return null;
    }

    void clear() {
        paths.clear();
    }
}
