package io.kabar.chat.client;

import io.kabar.chat.internal.crypto.Scram;
import java.time.Duration;

/**
 * How a client behaves. All figures have a default, which is said at each; change some through {@link #builder}.
 * Options may be added, with defaults that keep what is.
 */
public final class ClientOptions {

    private final Duration connectTimeout;
    private final Duration keepAlive;
    private final Duration searchingAfter;
    private final int outboxMessages;
    private final boolean reconnect;
    private final int leastRounds;

    private ClientOptions(Builder builder) {
        connectTimeout = builder.connectTimeout;
        keepAlive = builder.keepAlive;
        searchingAfter = builder.searchingAfter;
        outboxMessages = builder.outboxMessages;
        reconnect = builder.reconnect;
        leastRounds = builder.leastRounds;
        check();
    }

    private void check() {
        if (!isPositive(connectTimeout) || !isPositive(keepAlive) || !isPositive(searchingAfter)) {
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

    private static boolean isPositive(Duration time) {
        return !time.isNegative() && !time.isZero();
    }

    /** The defaults. */
    public static ClientOptions defaults() {
        return new Builder().build();
    }

    /** The defaults, to be changed here and there. */
    public static Builder builder() {
        return new Builder();
    }

    /** Time for the first contact and sign-in: 15 s. Later ones are tried until the client is closed. */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /** Silence after which the client lets the server know it is there: 15 s. */
    public Duration keepAlive() {
        return keepAlive;
    }

    /** Time without an answer to something sent, after which the client says it is searching: 4 s. */
    public Duration searchingAfter() {
        return searchingAfter;
    }

    /** Messages that may wait to be accepted: 1000; more fail as {@code BackPressured}. */
    public int outboxMessages() {
        return outboxMessages;
    }

    /** Whether to sign in anew when the server has forgotten the connection: yes. */
    public boolean reconnect() {
        return reconnect;
    }

    /**
     * Rounds of PBKDF2 by which the password may be proven, at least: 10,000. With fewer, whoever stands in for a
     * server guesses the password faster from the proof it is given; more than a server has keep you out.
     */
    public int leastRounds() {
        return leastRounds;
    }

    /** These options, to be changed here and there. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.connectTimeout = connectTimeout;
        builder.keepAlive = keepAlive;
        builder.searchingAfter = searchingAfter;
        builder.outboxMessages = outboxMessages;
        builder.reconnect = reconnect;
        builder.leastRounds = leastRounds;
        return builder;
    }

    /** The same with another time for the first contact. */
    public ClientOptions withConnectTimeout(Duration timeout) {
        return toBuilder().connectTimeout(timeout).build();
    }

    /** The same, but ending when the server has forgotten the connection. */
    public ClientOptions withoutReconnect() {
        return toBuilder().withoutReconnect().build();
    }

    /** The same, but insisting on so many rounds of PBKDF2, or content with so few, from 4096 on. */
    public ClientOptions withLeastRounds(int rounds) {
        return toBuilder().leastRounds(rounds).build();
    }

    /** Collects options; what is not set keeps its default. */
    public static final class Builder {
        private Duration connectTimeout = Duration.ofSeconds(15);
        private Duration keepAlive = Duration.ofSeconds(15);
        private Duration searchingAfter = Duration.ofSeconds(4);
        private int outboxMessages = 1000;
        private boolean reconnect = true;
        private int leastRounds = Scram.LEAST_ACCEPTED;

        private Builder() {}

        /** Time for the first contact and sign-in. */
        public Builder connectTimeout(Duration timeout) {
            connectTimeout = timeout;
            return this;
        }

        /** Silence after which the client lets the server know it is there. */
        public Builder keepAlive(Duration silence) {
            keepAlive = silence;
            return this;
        }

        /** Time without an answer to something sent, after which the client says it is searching. */
        public Builder searchingAfter(Duration silence) {
            searchingAfter = silence;
            return this;
        }

        /** Messages that may wait to be accepted. */
        public Builder outboxMessages(int messages) {
            outboxMessages = messages;
            return this;
        }

        /** Ends when the server has forgotten the connection, in place of signing in anew. */
        public Builder withoutReconnect() {
            reconnect = false;
            return this;
        }

        /** Rounds of PBKDF2 by which the password may be proven, at least, from 4096 on. */
        public Builder leastRounds(int rounds) {
            leastRounds = rounds;
            return this;
        }

        /**
         * The options.
         *
         * @throws IllegalArgumentException with a sentence if a figure makes no sense
         */
        public ClientOptions build() {
            return new ClientOptions(this);
        }
    }
}
