package io.kabar.chat.internal.client;

import io.kabar.chat.internal.client.login.ClientLogin;
import io.kabar.chat.internal.client.login.ClientSignIn;
import io.kabar.chat.internal.connection.ConnectionSink;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.internal.wire.message.ServerMessageCodec;
import java.net.InetSocketAddress;

/**
 * What comes over a client's connection: it belongs to the sign-in until the server has proven itself, and to what the
 * user does from then on. A server that says anything else before is given up.
 */
final class ClientInbox implements ConnectionSink {

    private final ClientLink link;
    private final ClientSignIn signIn;
    private final ClientState session;

    ClientInbox(ClientLink link, ClientSignIn signIn, ClientState session) {
        this.link = link;
        this.signIn = signIn;
        this.session = session;
    }

    @Override
    public void onMessage(int lane, byte[] message) {
        try {
            ServerMessage decoded = ServerMessageCodec.decode(message);
            if (link.isSigningIn()) {
                signIn.handle(decoded);
            } else if (link.isLive()) {
                live(decoded);
            }
        } catch (MalformedPacketException e) {
            link.violated();
        } catch (ClientLogin.Distrust e) {
            signIn.distrust(e);
        }
    }

    private void live(ServerMessage message) throws MalformedPacketException {
        if (message instanceof ServerMessage.Ticket ticket) {
            signIn.keep(ticket);
        } else if (message instanceof ServerMessage.Challenge
                || message instanceof ServerMessage.Welcome
                || (message instanceof ServerMessage.Refused refused
                        && refused.subject() instanceof ServerMessage.Subject.Login)) {
            link.violated(); // a connection has one login, and this one's is over
        } else {
            session.handle(message, link.now());
        }
    }

    @Override
    public void onEvent(long room, long seq, byte[] body) {
        if (believed()) {
            try {
                session.event(room, seq, body, link.now());
            } catch (MalformedPacketException e) {
                link.violated();
            }
        }
    }

    @Override
    public void onGap(long room, long from, long to) {
        if (believed()) {
            try {
                session.gap(room, from, to, link.now());
            } catch (MalformedPacketException e) {
                link.violated();
            }
        }
    }

    @Override
    public boolean onSignal(long room, long packet, byte[] body) {
        return !believed() || session.signal(room, packet, body);
    }

    /** Whether the server has proven itself; one that says anything of rooms before is given up. */
    private boolean believed() {
        if (link.isSigningIn()) {
            signIn.unexpected();
        }
        return link.isLive();
    }

    @Override
    public void onReady() {
        // pollTransmit asks the connection every time: a client has only one.
    }

    @Override
    public void onPathChanged(InetSocketAddress from, InetSocketAddress to) {
        // Servers do not move.
    }

    @Override
    public void onLaneWritable(int lane) {
        session.laneWritable(link.now());
    }

    @Override
    public void onClosed(boolean byPeer, long code, String reason) {
        link.closed(byPeer, code, reason);
    }
}
