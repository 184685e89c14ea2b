package io.kabar.chat.internal.server.session;

import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.wire.PacketCodec;
import java.net.InetSocketAddress;

/** To whom a datagram goes: to its session if there is one, else to {@link Admission}. */
public final class Incoming {

    private final ServerLoop loop;
    private final Sessions sessions;
    private final Admission admission;

    /** Nothing has come. */
    public Incoming(ServerLoop loop, Sessions sessions, Admission admission) {
        this.loop = loop;
        this.sessions = sessions;
        this.admission = admission;
    }

    /** A datagram has come. */
    public void take(InetSocketAddress from, byte[] data, int length) {
        loop.counters().countIn(length);
        if (length == 0) {
            loop.counters().drop("empty");
        } else if (PacketCodec.isProtected(data[0])) {
            takeProtected(from, data, length);
        } else {
            admission.greet(from, data, length);
        }
    }

    private void takeProtected(InetSocketAddress from, byte[] data, int length) {
        if (length < PacketCodec.SHORT_HEADER) {
            loop.counters().drop("too_short");
            return;
        }
        long cid = PacketCodec.destinationCid(data, 0);
        ServerSession session = sessions.find(cid);
        if (session == null) {
            admission.unknown(from, cid, length);
            return;
        }
        try {
            sessions.handleDatagram(session, from, data, length);
        } catch (RuntimeException e) {
            session.broke(e);
        }
        sessions.endBroken();
    }
}
