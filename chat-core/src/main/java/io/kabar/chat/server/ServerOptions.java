package io.kabar.chat.server;

import java.time.Duration;

/**
 * What a server allows, each with its default; change some with the {@code with} methods.
 *
 * @param maxMessageBytes longest message in UTF-8 bytes: 4096, at most 16 KiB
 * @param rateBurst messages a user may send at once: 50; 0 = no limit on rate
 * @param ratePerSecond messages a second a user may send on: 20
 * @param sessionsPerAddress sessions one public address may have: 16
 * @param sessionsPerPrivateAddress sessions one private or loopback address may have: 256
 * @param maxSessions sessions in all: 20,000
 * @param roomsPerSession rooms one session may be in: 64
 * @param historyInMemory newest events of a room that are kept in memory: 2048
 * @param maxProposals events that may wait for the journal: 8192; more are refused as busy
 * @param handshakeDeadline time to be signed in, from the first packet on: 10 s
 * @param reconnectingAfter silence after which a member is shown as reconnecting: 30 s
 * @param goneAfter silence after which a member has left: 150 s
 * @param loginFailuresPerMinute wrong passwords a minute for one name from one address: 3
 * @param loginFailuresPerAddress wrong passwords in two minutes that block an address: 10
 * @param addressBlock how long: 5 min
 */
public record ServerOptions(
        int maxMessageBytes,
        int rateBurst,
        int ratePerSecond,
        int sessionsPerAddress,
        int sessionsPerPrivateAddress,
        int maxSessions,
        int roomsPerSession,
        int historyInMemory,
        int maxProposals,
        Duration handshakeDeadline,
        Duration reconnectingAfter,
        Duration goneAfter,
        int loginFailuresPerMinute,
        int loginFailuresPerAddress,
        Duration addressBlock) {

    /** Longest message any server may allow: it must fit a lane's message with room to spare. */
    public static final int MESSAGE_CEILING = 16 * 1024;

    /** Checks the figures. */
    public ServerOptions {
        if (maxMessageBytes < 1 || maxMessageBytes > MESSAGE_CEILING) {
            throw new IllegalArgumentException("A message may have 1 to " + MESSAGE_CEILING + " bytes.");
        }
        if (rateBurst < 0
                || ratePerSecond < 1
                || sessionsPerAddress < 1
                || sessionsPerPrivateAddress < 1
                || maxSessions < 1
                || roomsPerSession < 1
                || roomsPerSession > 64
                || historyInMemory < 1
                || maxProposals < 1
                || loginFailuresPerMinute < 1
                || loginFailuresPerAddress < 1) {
            throw new IllegalArgumentException("Limits are positive; a session has at most 64 rooms.");
        }
        if (goneAfter.compareTo(reconnectingAfter) < 0
                || handshakeDeadline.isNegative()
                || handshakeDeadline.isZero()) {
            throw new IllegalArgumentException("A member is reconnecting first and gone later.");
        }
    }

    /** The defaults. */
    public static ServerOptions defaults() {
        return new ServerOptions(
                4096,
                50,
                20,
                16,
                256,
                20_000,
                64,
                2048,
                8192,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(150),
                3,
                10,
                Duration.ofMinutes(5));
    }

    /** The same without a limit on the rate, for closed networks and measurements. */
    public ServerOptions withoutRateLimit() {
        return withRate(0, ratePerSecond);
    }

    /** The same with another rate. */
    public ServerOptions withRate(int burst, int perSecond) {
        return new ServerOptions(
                maxMessageBytes,
                burst,
                perSecond,
                sessionsPerAddress,
                sessionsPerPrivateAddress,
                maxSessions,
                roomsPerSession,
                historyInMemory,
                maxProposals,
                handshakeDeadline,
                reconnectingAfter,
                goneAfter,
                loginFailuresPerMinute,
                loginFailuresPerAddress,
                addressBlock);
    }

    /** The same with another longest message. */
    public ServerOptions withMaxMessageBytes(int bytes) {
        return new ServerOptions(
                bytes,
                rateBurst,
                ratePerSecond,
                sessionsPerAddress,
                sessionsPerPrivateAddress,
                maxSessions,
                roomsPerSession,
                historyInMemory,
                maxProposals,
                handshakeDeadline,
                reconnectingAfter,
                goneAfter,
                loginFailuresPerMinute,
                loginFailuresPerAddress,
                addressBlock);
    }

    /** The same with other bounds on sessions. */
    public ServerOptions withSessions(int total, int perAddress, int perPrivateAddress) {
        return new ServerOptions(
                maxMessageBytes,
                rateBurst,
                ratePerSecond,
                perAddress,
                perPrivateAddress,
                total,
                roomsPerSession,
                historyInMemory,
                maxProposals,
                handshakeDeadline,
                reconnectingAfter,
                goneAfter,
                loginFailuresPerMinute,
                loginFailuresPerAddress,
                addressBlock);
    }
}
