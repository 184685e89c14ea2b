package io.kabar.chat.internal.connection;

import io.kabar.chat.internal.connection.Connection.State;
import org.jspecify.annotations.Nullable;

/**
 * Whether a connection still works, and what is left to do when it does not (RFC 9000 section 10).
 *
 * <pre>
 *             close, violation
 *      OPEN ───────────────────► CLOSING ──── 3 PTO ────► CLOSED
 *       │ │                         │                       ▲ ▲
 *       │ └── peer's CLOSE ──┐      │ peer's CLOSE          │ │
 *       │                    ▼      ▼                       │ │
 *       │                    DRAINING ──────── 3 PTO ───────┘ │
 *       └── idle timeout, stateless reset, abandon ───────────┘
 * </pre>
 *
 * All transitions are here. The sink is told of the end once: of an own close when CLOSED is reached, of anything else
 * when OPEN is left. The keys are overwritten when nothing is sealed or opened any more: in CLOSING a packet of the
 * peer still asks for another CLOSE, or is its own; in DRAINING and CLOSED none is looked at.
 */
final class LifeCycle {
    private final ConnectionSink sink;
    private final TimerTable timers;
    private final KeySchedule keys;
    private State state = State.OPEN;
    private @Nullable Ending ending;
    private boolean reported;

    LifeCycle(ConnectionSink sink, TimerTable timers, KeySchedule keys) {
        this.sink = sink;
        this.timers = timers;
        this.keys = keys;
    }

    State state() {
        return state;
    }

    boolean open() {
        return state == State.OPEN;
    }

    /** The CLOSE that is to be sent now; null if there is none. */
    @Nullable
    Ending farewell() {
        return state == State.CLOSING && ending != null && ending.due() ? ending : null;
    }

    /** From OPEN: CLOSE is to be sent, and repeated if asked for until {@code deadline}. */
    void close(long code, String reason, long deadline) {
        state = State.CLOSING;
        ending = new Ending(code, reason);
        endAt(deadline);
    }

    /** The peer has said CLOSE: not a word any more. */
    void drain(long deadline) {
        state = State.DRAINING;
        keys.wipe();
        endAt(deadline);
    }

    /** While closing, the peer has sent something else than CLOSE. */
    void onPacketWhileClosing() {
        if (ending != null) {
            ending.onPacket();
        }
    }

    /** Closing or draining is over. */
    void onDeadline() {
        end();
        if (ending != null) {
            report(false, ending.code(), ending.reason());
        }
    }

    /** There is nobody to say anything to. */
    void endAtOnce(boolean byPeer, long code, String reason) {
        end();
        report(byPeer, code, reason);
    }

    void abandon() {
        end();
        reported = true;
    }

    void report(boolean byPeer, long code, String reason) {
        if (!reported) {
            reported = true;
            sink.onClosed(byPeer, code, reason);
        }
    }

    private void endAt(long deadline) {
        timers.clear();
        timers.set(TimerTable.CLOSE, deadline);
    }

    private void end() {
        state = State.CLOSED;
        keys.wipe();
        timers.clear();
    }
}
