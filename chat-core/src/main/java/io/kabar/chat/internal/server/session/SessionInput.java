package io.kabar.chat.internal.server.session;

import io.kabar.chat.CloseReason;
import io.kabar.chat.internal.connection.ConnectionSink;
import io.kabar.chat.internal.wire.CloseCode;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.ClientMessageCodec;
import java.net.InetSocketAddress;

/** What a session's connection reports: messages are decoded, and what only servers may say ends the connection. */
final class SessionInput implements ConnectionSink {

    private final ServerSession session;
    private final Sessions sessions;

    SessionInput(ServerSession session, Sessions sessions) {
        this.session = session;
        this.sessions = sessions;
    }

    @Override
    public void onMessage(int lane, byte[] message) {
        ClientMessage decoded;
        try {
            decoded = ClientMessageCodec.decode(lane, message);
        } catch (MalformedPacketException e) {
            violation("a message that cannot be read");
            return;
        }
        session.heard();
        session.hear(lane, decoded);
    }

    @Override
    public void onEvent(long log, long seq, byte[] body) {
        violation("only servers send events");
    }

    @Override
    public void onGap(long log, long from, long to) {
        violation("only servers send events");
    }

    @Override
    public boolean onSignal(long log, long packet, byte[] body) {
        if (session.state() == ServerSession.State.HALF_OPEN || session.state() == ServerSession.State.SIGNING_IN) {
            violation("not signed in");
            return true;
        }
        return session.service().onSignal(log, packet, body);
    }

    @Override
    public void onReady() {
        sessions.ready(session);
    }

    @Override
    public void onPathChanged(InetSocketAddress from, InetSocketAddress to) {
        sessions.roamed(session, from, to);
    }

    @Override
    public void onLaneWritable(int lane) {
        session.controlQueue().fill(session.connection().lastReceivedAt());
    }

    @Override
    public void onClosed(boolean byPeer, long code, String reason) {
        session.end(CloseReason.of(code).orElse(CloseReason.PROTOCOL_VIOLATION));
    }

    private void violation(String what) {
        session.connection()
                .close(CloseCode.PROTOCOL_VIOLATION, what, session.connection().lastReceivedAt());
    }
}
