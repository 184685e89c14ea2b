package io.kabar.chat.client;

import io.kabar.chat.internal.crypto.Scram;
import java.time.Duration;

/**
 * How a client behaves, each with its default.
 *
 * @param connectTimeout time for the first contact and sign-in: 15 s; later ones are tried until the client is closed
 * @param keepAlive silence after which the client lets the server know it is there: 15 s
 * @param searchingAfter time without an answer to something sent, after which the client says it is searching: 4 s
 * @param outboxMessages messages that may wait to be accepted: 1000; more fail as {@code BackPressured}
 * @param reconnect whether to sign in anew when the server has forgotten the connection: yes
 * @param leastRounds rounds of PBKDF2 by which the password may be proven, at least: 10,000. With fewer, whoever stands
 *     in for a server guesses the password faster from the proof it is given; more than a server has keep you out
 */
public record ClientOptions(
        Duration connectTimeout,
        Duration keepAlive,
        Duration searchingAfter,
        int outboxMessages,
        boolean reconnect,
        int leastRounds) {

    /** Checks the figures. */
    public ClientOptions {
        if (connectTimeout.isNegative() || connectTimeout.isZero() || keepAlive.isNegative() || keepAlive.isZero()) {
            throw new IllegalArgumentException("Times are positive.");
        }
        if (outboxMessages < 1) {
            throw new IllegalArgumentException("At least one message must be able to wait.");
        }
        if (leastRounds < Scram.MIN_ITERATIONS || leastRounds > Scram.MAX_ITERATIONS) {
            throw new IllegalArgumentException(
                    "Rounds are from " + Scram.MIN_ITERATIONS + " to " + Scram.MAX_ITERATIONS + ".");
        }
    }

    /** The defaults. */
    public static ClientOptions defaults() {
        return new ClientOptions(
                Duration.ofSeconds(15),
                Duration.ofSeconds(15),
                Duration.ofSeconds(4),
                1000,
                true,
                Scram.LEAST_ACCEPTED);
    }

    /** The same with another time for the first contact. */
    public ClientOptions withConnectTimeout(Duration timeout) {
        return new ClientOptions(timeout, keepAlive, searchingAfter, outboxMessages, reconnect, leastRounds);
    }

    /** The same, but ending when the server has forgotten the connection. */
    public ClientOptions withoutReconnect() {
        return new ClientOptions(connectTimeout, keepAlive, searchingAfter, outboxMessages, false, leastRounds);
    }

    /** The same, but insisting on so many rounds of PBKDF2, or content with so few, from 4096 on. */
    public ClientOptions withLeastRounds(int rounds) {
        return new ClientOptions(connectTimeout, keepAlive, searchingAfter, outboxMessages, reconnect, rounds);
    }
}
