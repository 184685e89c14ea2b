package io.kabar.chat.internal.server.session;

import io.kabar.chat.internal.server.core.ServerLoop;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Which datagram goes out next: strangers are answered in turn with what sessions send, and those send in turn. */
public final class Outgoing {

    /**
     * Datagrams that a session sends before it is the next one's turn, if that has anything to say: else at full load
     * each would hear nothing while all the others are told all they may be.
     */
    private static final int TURN = 2;

    private final ServerLoop loop;
    private final Sessions sessions;
    private final Admission admission;

    private boolean strangersTurn;
    private int sentInTurn;
    /** Whose datagram was polled last; null if it was a stranger's. */
    private @Nullable ServerSession polled;

    private InetSocketAddress transmitTo = InetSocketAddress.createUnresolved("none", 0);

    /** Nothing to send yet. */
    public Outgoing(ServerLoop loop, Sessions sessions, Admission admission) {
        this.loop = loop;
        this.sessions = sessions;
        this.admission = admission;
    }

    /** Writes the next datagram; tells its length, or 0 if there is none. */
    public int poll(byte[] out) {
        sessions.endBroken();
        strangersTurn = !strangersTurn; // in turn, so that a flood of first words does not silence the sessions
        if (strangersTurn) {
            int length = toStranger(out);
            return length > 0 ? length : toSession(out);
        }
        int length = toSession(out);
        return length > 0 ? length : toStranger(out);
    }

    private int toStranger(byte[] out) {
        Transmit answer = admission.poll();
        if (answer == null) {
            return 0;
        }
        polled = null;
        System.arraycopy(answer.datagram(), 0, out, 0, answer.datagram().length);
        return sent(answer.to(), answer.datagram().length);
    }

    private int toSession(byte[] out) {
        for (ServerSession session = sessions.nextReady(); session != null; session = sessions.nextReady()) {
            int length = 0;
            try {
                length = session.connection().pollTransmit(out, loop.now());
                if (length == 0) {
                    sentInTurn = 0;
                    sessions.sentAll();
                } else if (++sentInTurn >= TURN) {
                    sentInTurn = 0;
                    sessions.endTurn();
                }
            } catch (RuntimeException e) {
                session.broke(e);
                sessions.endBroken(); // or it would be the first in the queue for ever
            }
            if (length > 0) {
                polled = session;
                return sent(session.connection().transmitTo(), length);
            }
        }
        return 0;
    }

    private int sent(InetSocketAddress to, int length) {
        transmitTo = to;
        loop.counters().countOut(length);
        return length;
    }

    /** Where the datagram polled last goes. */
    public InetSocketAddress transmitTo() {
        return transmitTo;
    }

    /** The datagram polled last was too long for the network. */
    public void tooLong(int length) {
        ServerSession session = polled;
        if (session != null) {
            session.connection().notSent(length, loop.now());
            sessions.settle(session);
        }
    }
}
