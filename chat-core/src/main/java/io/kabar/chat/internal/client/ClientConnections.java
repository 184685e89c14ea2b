package io.kabar.chat.internal.client;

import io.kabar.chat.internal.client.login.ClientHandshake;
import io.kabar.chat.internal.client.login.ClientSettings;
import io.kabar.chat.internal.connection.Agreement;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.ConnectionOptions;
import io.kabar.chat.internal.connection.ConnectionSink;
import io.kabar.chat.internal.connection.DatagramLimits;
import io.kabar.chat.internal.connection.Side;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** How a client opens the connection that a handshake has agreed on. */
final class ClientConnections {

    /** One part of so many of the keep-alive's silence is left out at random. */
    private static final int KEEP_ALIVE_SPREAD = 4;

    private final ClientSettings settings;
    private final RandomGenerator random;
    private DatagramLimits limits = DatagramLimits.BASE;

    ClientConnections(ClientSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /** How long datagrams may be on this machine's network. */
    DatagramLimits limits() {
        return limits;
    }

    void handleLimits(DatagramLimits newLimits) {
        limits = newLimits;
    }

    Connection open(ClientHandshake.Result result, ConnectionSink sink, long now) {
        Agreement agreement = new Agreement(
                result.keys().initiatorToResponder(),
                result.keys().responderToInitiator(),
                result.clientCid(),
                result.parameters().serverCid(),
                result.parameters().resetToken());
        ConnectionOptions options = ConnectionOptions.CLIENT
                .withIdleTimeout(Duration.ofNanos(settings.idleNanos()))
                .withKeepAlive(Duration.ofNanos(keepAlive()))
                .withDatagrams(limits)
                .withPeer(result.parameters().peer().limits());
        Connection opened = new Connection(Side.CLIENT, options, agreement, settings.server(), sink, random, now);
        opened.acceptLanes(1); // servers use no other
        if (result.roundTrip() > 0) {
            opened.roundTripSeen(result.roundTrip());
        }
        return opened;
    }

    /**
     * The silence after which this client asks whether it is heard. What is said in a room ends the silence of all its
     * members at the same moment; each chooses another one to ask at, or thousands would, every time.
     */
    private long keepAlive() {
        return settings.keepAliveNanos() - random.nextLong(settings.keepAliveNanos() / KEEP_ALIVE_SPREAD + 1);
    }
}
