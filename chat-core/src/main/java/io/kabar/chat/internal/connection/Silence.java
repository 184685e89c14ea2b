package io.kabar.chat.internal.connection;

/**
 * How long each side may be silent: the peer until it is taken for gone, we until a PING says that we are there (RFC
 * 9000 section 10.1).
 */
final class Silence {
    private final ConnectionOptions options;
    private final TimerTable timers;
    private long lastReceivedAt;
    private boolean elicitedSinceReceived;

    Silence(ConnectionOptions options, TimerTable timers, long now) {
        this.options = options;
        this.timers = timers;
        lastReceivedAt = now;
    }

    /** When the last authenticated packet came, or the connection began. */
    long lastReceivedAt() {
        return lastReceivedAt;
    }

    /** An authenticated packet has come. */
    void onReceived(long now) {
        lastReceivedAt = now;
        elicitedSinceReceived = false;
    }

    /** A packet that asks for an acknowledgement has gone. Whether it is the first since the peer spoke. */
    boolean onElicitingSent(long now) {
        restartKeepAlive(now);
        boolean first = !elicitedSinceReceived;
        elicitedSinceReceived = true;
        return first;
    }

    /** Both sides' times begin anew. */
    void restart(long pto, long now) {
        restartIdle(pto, now);
        restartKeepAlive(now);
    }

    /** Our own time begins anew. */
    private void restartKeepAlive(long now) {
        if (options.keepAliveNanos() > 0) {
            timers.set(TimerTable.KEEP_ALIVE, now + options.keepAliveNanos());
        }
    }

    /** The peer's time to answer begins anew. */
    void restartIdle(long pto, long now) {
        timers.set(TimerTable.IDLE, now + Math.max(options.idleTimeoutNanos(), Connection.PTOS * pto));
    }
}
