package io.kabar.chat.internal.client.login;

import io.kabar.chat.internal.connection.Connection;
import java.time.Duration;

/**
 * Notices that what the server has begun to send has stopped coming, and asks. If a NAT has given this client another
 * address, the server goes on sending to the old one, and only a datagram from here can show it the new one; a client
 * that merely listens would not send any before its next keep-alive.
 */
final class StallProbe {

    /** Silence before the first question; four round trips if that is longer. */
    private static final long LEAST = Duration.ofMillis(250).toNanos();

    private static final int ROUND_TRIPS = 4;

    /** Each question waits twice as long as the one before it, up to 16 s. */
    private static final int MOST_DOUBLINGS = 6;

    private long newsHeard = -1;
    private long askedAt = Long.MIN_VALUE; // a clock may be below zero
    private int asked;

    /** Asks if it is time to; {@code expecting} tells whether the server has more to say, as far as is known. */
    void check(Connection connection, boolean expecting, long now) {
        if (connection.stats().elicitingIn() != newsHeard) {
            newsHeard = connection.stats().elicitingIn();
            asked = 0;
        }
        if (now >= nextCheck(connection, expecting)) {
            asked++;
            askedAt = now;
            connection.ping(now);
        }
    }

    /** When {@link #check} is to be called next. */
    long nextCheck(Connection connection, boolean expecting) {
        if (!expecting || connection.awaitsAcknowledgement()) { // its silence is noticed as it is
            return Long.MAX_VALUE;
        }
        long wait = Math.max(LEAST, ROUND_TRIPS * connection.smoothedRttNanos()) << Math.min(asked, MOST_DOUBLINGS);
        return Math.max(connection.lastReceivedAt(), asked == 0 ? Long.MIN_VALUE : askedAt) + wait;
    }
}
