package io.kabar.chat.client;

import io.kabar.chat.Limits;
import io.kabar.chat.ServerKey;
import io.kabar.chat.internal.client.ClientEndpoint;
import io.kabar.chat.internal.connection.Connection;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A client's connection in figures: taken on the loop's thread after each turn, and read by any other. */
final class ClientFigures {

    private record Taken(long roundTrip, long sent, long lost, int waiting) {}

    private final ClientEndpoint endpoint;
    private volatile Taken taken = new Taken(0, 0, 0, 0);
    private volatile int maxMessageBytes = Limits.TEXT_BYTES;

    ClientFigures(ClientEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** Takes them. On the loop's thread. */
    void take() {
        Connection connection = endpoint.connection();
        Taken now = connection == null
                ? new Taken(0, 0, 0, endpoint.waiting())
                : new Taken(
                        connection.smoothedRttNanos(),
                        connection.stats().datagramsOut(),
                        connection.stats().packetsLost(),
                        endpoint.waiting());
        if (!now.equals(taken)) {
            taken = now;
        }
    }

    /** The server takes messages of at most so many bytes. */
    void messageLimit(int bytes) {
        maxMessageBytes = bytes;
    }

    /** The figures taken last, of a server that has proven this key; null if it has proven none yet. */
    ConnectionInfo info(InetSocketAddress server, @Nullable ServerKey key, boolean firstContact) {
        Taken last = taken;
        return new ConnectionInfo(
                server,
                key == null ? ServerKey.of(new byte[ServerKey.LENGTH]) : key,
                firstContact,
                Duration.ofNanos(last.roundTrip()),
                last.sent() == 0 ? 0 : 100.0 * last.lost() / last.sent(),
                last.waiting(),
                maxMessageBytes);
    }
}
