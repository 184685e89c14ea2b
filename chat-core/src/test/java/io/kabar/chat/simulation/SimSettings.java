package io.kabar.chat.simulation;

import io.kabar.chat.internal.connection.DatagramLimits;
import io.kabar.chat.internal.crypto.Scram;
import io.kabar.chat.internal.crypto.ScramVerifier;
import io.kabar.chat.internal.crypto.ServerIdentity;
import io.kabar.chat.internal.server.core.HostPolicy;
import io.kabar.chat.internal.server.core.LoginPolicy;
import io.kabar.chat.internal.server.core.Quotas;
import io.kabar.chat.internal.server.core.ServerSettings;
import io.kabar.chat.rules.OrderRules;
import io.kabar.chat.server.ServerOptions;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What a world's server allows: the defaults, some of which a test changes. */
final class SimSettings {
    static final String PASSWORD = "open sesame";
    private static final ScramVerifier VERIFIER = verifier(0);

    ServerIdentity identity = identity();
    boolean password;
    /** Whether a host program decides who signs in, enters and speaks; see {@link Verdicts}. */
    boolean authorizes;

    int historyInMemory = 2048;
    int rateBurst;
    int ratePerSecond = 20;
    int maxMessageBytes = 4096;
    int sessionsPerAddress = 256;
    int maxProposals = 8192;
    /** How long datagrams may be on everybody's own network. */
    DatagramLimits datagrams = DatagramLimits.BASE;
    /**
     * What a key agreement takes the one worker of a slow machine, in nanoseconds; 0 for as many workers as it likes.
     */
    long agreementNanos;

    /** Always the same; made anew, as worlds differ in how keys are made. */
    static ServerIdentity identity() {
        return ServerIdentity.generate(new Random(1));
    }

    /** Of PBKDF2: as few as are legal, since every client of every run pays for them. */
    static final int ROUNDS = Scram.MIN_ITERATIONS;

    /** Of the password, with another salt for each number. */
    static ScramVerifier verifier(int salt) {
        return ScramVerifier.derive(
                PASSWORD.toCharArray(), ("sixteen byte salt" + salt).getBytes(StandardCharsets.US_ASCII), ROUNDS);
    }

    /** People who make a room quiet. */
    int quietAt = 256;

    ServerSettings build() {
        ServerOptions defaults = ServerOptions.defaults();
        @Nullable ScramVerifier verifier = password ? VERIFIER : null;
        return new ServerSettings(
                identity,
                new LoginPolicy(!password, verifier, new byte[32]),
                room -> "kept for ever",
                maxMessageBytes,
                rateBurst,
                ratePerSecond,
                sessionsPerAddress,
                sessionsPerAddress,
                defaults.maxSessions(),
                defaults.roomsPerSession(),
                historyInMemory,
                maxProposals,
                defaults.handshakeDeadline().toNanos(),
                defaults.reconnectingAfter().toNanos(),
                defaults.goneAfter().toNanos(),
                defaults.loginFailuresPerMinute(),
                defaults.loginFailuresPerAddress(),
                defaults.addressBlock().toNanos(),
                Quotas.STANDARD,
                new HostPolicy(HostPolicy.NONE.name(), false, authorizes, false),
                OrderRules.STANDARD.withQuietAt(quietAt));
    }
}
