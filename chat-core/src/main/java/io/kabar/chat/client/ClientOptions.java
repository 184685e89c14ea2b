package io.kabar.chat.client;

import java.time.Duration;

/**
 * How a client behaves, each with its default.
 *
 * @param connectTimeout time for the first contact and sign-in: 15 s; later ones are tried until the client is closed
 * @param keepAlive silence after which the client lets the server know it is there: 15 s
 * @param searchingAfter time without an answer to something sent, after which the client says it is searching: 4 s
 * @param outboxMessages messages that may wait to be accepted: 1000; more fail as {@code BackPressured}
 * @param reconnect whether to sign in anew when the server has forgotten the connection: yes
 */
public record ClientOptions(
        Duration connectTimeout, Duration keepAlive, Duration searchingAfter, int outboxMessages, boolean reconnect) {

    /** Checks the figures. */
    public ClientOptions {
        if (connectTimeout.isNegative() || connectTimeout.isZero() || keepAlive.isNegative() || keepAlive.isZero()) {
            throw new IllegalArgumentException("Times are positive.");
        }
        if (outboxMessages < 1) {
            throw new IllegalArgumentException("At least one message must be able to wait.");
        }
    }

    /** The defaults. */
    public static ClientOptions defaults() {
        return new ClientOptions(Duration.ofSeconds(15), Duration.ofSeconds(15), Duration.ofSeconds(4), 1000, true);
    }

    /** The same with another time for the first contact. */
    public ClientOptions withConnectTimeout(Duration timeout) {
        return new ClientOptions(timeout, keepAlive, searchingAfter, outboxMessages, reconnect);
    }

    /** The same, but ending when the server has forgotten the connection. */
    public ClientOptions withoutReconnect() {
        return new ClientOptions(connectTimeout, keepAlive, searchingAfter, outboxMessages, false);
    }
}
