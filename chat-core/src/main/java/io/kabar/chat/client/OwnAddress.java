package io.kabar.chat.client;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * By which address this machine reaches the server. A socket is replaced whenever the server is not heard, and a server
 * that was only paused is no reason to say that one has moved. Confined to one thread.
 */
final class OwnAddress {

    private @Nullable InetAddress known;

    /** Whether this is another address than the one before; not if either is not known. */
    boolean isAnother(@Nullable InetAddress now) {
        if (now == null || now.isAnyLocalAddress()) {
            return false;
        }
        boolean another = known != null && !known.equals(now);
        known = now;
        return another;
    }
}
