package io.kabar.chat.internal.client.login;

import io.kabar.chat.internal.connection.Agreement;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.ConnectionOptions;
import io.kabar.chat.internal.connection.ConnectionSink;
import io.kabar.chat.internal.connection.DatagramLimits;
import io.kabar.chat.internal.connection.Side;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.ClientMessageCodec;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The connection of a client that is in force, if there is one: each that a handshake agrees on replaces the last. */
public final class ClientConnection {

    /** One part of so many of the keep-alive's silence is left out at random. */
    private static final int KEEP_ALIVE_SPREAD = 4;

    private final ClientSettings settings;
    private final RandomGenerator random;
    private DatagramLimits limits = DatagramLimits.BASE;
    private final StallProbe stallProbe = new StallProbe();
    private @Nullable Connection current;

    public ClientConnection(ClientSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /** How long datagrams may be on this machine's network; of the next connection, and of this one when it moves. */
    public void handleLimits(DatagramLimits newLimits) {
        limits = newLimits;
    }

    /** The one in force, or that has ended last and was not forgotten; null if there is none. */
    @Nullable
    public Connection current() {
        return current;
    }

    /** Opens the connection that a handshake has agreed on. */
    public void open(ClientHandshake.Result result, ConnectionSink sink, long now) {
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
        current = opened;
    }

    /**
     * The silence after which this client asks whether it is heard. What is said in a room ends the silence of all its
     * members at the same moment; each chooses another one to ask at, or thousands would, every time.
     */
    private long keepAlive() {
        return settings.keepAliveNanos() - random.nextLong(settings.keepAliveNanos() / KEEP_ALIVE_SPREAD + 1);
    }

    /** Sends a message on the control lane; nowhere if there is no connection. */
    public void sendControl(ClientMessage message) {
        if (current != null) {
            current.lane(0).offer(ClientMessageCodec.encode(message));
        }
    }

    /** Whether everything that was sent is acknowledged. */
    public boolean isIdle() {
        return current == null || current.lanesIdle();
    }

    /** How long nothing was heard; 0 if there is no connection. */
    public long silence(long now) {
        return current == null ? 0 : now - current.lastReceivedAt();
    }

    /**
     * The socket was replaced.
     *
     * @return whether there is a connection that goes on from the new one
     */
    public boolean socketReplaced(long now) {
        if (current != null) {
            current.pathChanged(limits, now);
        }
        return current != null;
    }

    public void close(long code, long now) {
        if (current != null) {
            current.close(code, "", now);
        }
    }

    /** It ends without another word, and its keys are overwritten. */
    public void abandon() {
        if (current != null) {
            current.abandon();
        }
    }

    /** There is none any more. */
    public void forget() {
        abandon(); // or its keys would outlive it
        current = null;
    }

    public void handleTimeout(long now) {
        if (current != null) {
            current.handleTimeout(now);
        }
    }

    public long nextTimeout() {
        return current == null ? Long.MAX_VALUE : current.nextTimeout();
    }

    /** Asks the server whether it is heard if it is expected to say more and has stopped. */
    public void probe(boolean expecting, long now) {
        if (current != null) {
            stallProbe.check(current, expecting, now);
        }
    }

    /** When {@link #probe} is to be called next. */
    public long nextProbe(boolean expecting) {
        return current == null ? Long.MAX_VALUE : stallProbe.nextCheck(current, expecting);
    }

    public int pollTransmit(byte[] out, long now) {
        return current == null ? 0 : current.pollTransmit(out, now);
    }

    /** A datagram was too long for this machine's network. */
    public void notSent(int length, long now) {
        if (current != null) {
            current.notSent(length, now);
        }
    }
}
