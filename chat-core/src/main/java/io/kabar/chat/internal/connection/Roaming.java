package io.kabar.chat.internal.connection;

import io.kabar.chat.internal.connection.loss.LossDetector;
import io.kabar.chat.internal.connection.loss.RttEstimator;
import java.net.InetSocketAddress;

/** Follows the peer from address to address and settles what depends on the path (RFC 9000 section 9). */
final class Roaming {
    /** Followed at once; beyond, one in each interval: a peer that seems to be everywhere costs no more than that. */
    static final int MOVES = 10;

    static final long MOVE_INTERVAL = 100_000_000;

    /**
     * Who moves again so soon is at several addresses, or on its way: what was sent to the former one is not all lost.
     */
    static final long RESTLESS = 250_000_000;

    private final Side side;
    private final Paths paths;
    private final LossDetector loss;
    private final TimerTable timers;
    private final ConnectionSink sink;
    private final ConnectionStats stats;

    /** RFC 9000 section 8.2.4: no less than the PTO of a path nothing is known about. */
    private final long leastInterval;

    private long largestNonProbing = -1;
    private long movedAt;
    /** Each move takes an interval of the past; there are {@link #MOVES} of them. */
    private long movesSpent;

    Roaming(
            Side side,
            Paths paths,
            LossDetector loss,
            TimerTable timers,
            ConnectionSink sink,
            ConnectionStats stats,
            long maxAckDelay,
            long now) {
        this.side = side;
        this.paths = paths;
        this.loss = loss;
        this.timers = timers;
        this.sink = sink;
        this.stats = stats;
        movesSpent = now - MOVES * MOVE_INTERVAL;
        movedAt = now - RESTLESS;
        leastInterval = new RttEstimator().pto(maxAckDelay + RttEstimator.LATENESS);
    }

    /** An authenticated packet has come. Only the newest that does more than probe moves the path (section 9.3). */
    void onPacket(InetSocketAddress from, long number, boolean probing, int bytes, long now) {
        if (!probing && number > largestNonProbing) {
            largestNonProbing = number;
            if (side == Side.SERVER && !from.equals(paths.current().remote()) && mayMove(now)) {
                follow(from, now);
            }
        }
        paths.onReceived(from, bytes, now);
    }

    private boolean mayMove(long now) {
        long spent = Math.max(movesSpent, now - MOVES * MOVE_INTERVAL);
        if (spent + MOVE_INTERVAL > now) {
            return false;
        }
        movesSpent = spent + MOVE_INTERVAL;
        return true;
    }

    void onResponse(InetSocketAddress from, long data) {
        if (paths.onResponse(from, data)) {
            timers.stop(TimerTable.PATH);
        }
    }

    void onTimeout(long now) {
        InetSocketAddress former = paths.current().remote();
        if (paths.onTimeout()) {
            replaced(former, true, now);
        } else if (paths.validating()) {
            startTimer(now);
        }
    }

    /** The client's own socket is another one. */
    void renew(DatagramLimits limits, long now) {
        paths.renew(limits, now);
        loss.onPathChanged(true, now);
        timers.stop(TimerTable.PACING);
    }

    private void follow(InetSocketAddress from, long now) {
        InetSocketAddress former = paths.current().remote();
        boolean unknown = paths.moveTo(from, now);
        if (unknown) {
            startTimer(now);
        } else {
            timers.stop(TimerTable.PATH);
        }
        boolean left = unknown && now - movedAt >= RESTLESS;
        movedAt = now;
        replaced(former, left, now);
    }

    /** {@code left}: most likely nobody is at the former address any more. */
    private void replaced(InetSocketAddress former, boolean left, long now) {
        loss.onPathChanged(left, now);
        timers.stop(TimerTable.PACING);
        stats.migrations++;
        sink.onPathChanged(former, paths.current().remote());
    }

    private void startTimer(long now) {
        timers.set(TimerTable.PATH, now + Math.max(loss.pto(paths.current()), leastInterval));
    }
}
