package io.kabar.chat.internal.server.core;

import io.kabar.chat.RoomName;
import io.kabar.chat.internal.crypto.ServerIdentity;
import io.kabar.chat.rules.OrderRules;
import java.util.function.Function;

/**
 * What a server endpoint is told once.
 *
 * @param identity its key
 * @param policy who may sign in
 * @param retention what is kept of a room, in a sentence for those who join
 * @param maxMessageBytes longest message in UTF-8 bytes
 * @param rateBurst messages at once; 0 = no limit
 * @param ratePerSecond messages a second after that
 * @param sessionsPerAddress of a public address
 * @param sessionsPerPrivateAddress of a private or loopback address
 * @param maxSessions in all
 * @param roomsPerSession rooms one session may be in
 * @param historyInMemory newest events of a room kept in memory
 * @param maxProposals events that may wait for the journal
 * @param handshakeDeadlineNanos time to be signed in
 * @param reconnectingAfterNanos silence after which a member is shown as reconnecting
 * @param goneAfterNanos silence after which a member has left
 * @param loginFailuresPerMinute wrong passwords a minute for one name from one address
 * @param loginFailuresPerAddress wrong passwords at once from one address
 * @param addressBlockNanos how long an address that has used them up takes to have as many again
 * @param quotas what else names may use up
 * @param host what the host program decides, and how the server is called
 * @param order how order is kept
 */
public record ServerSettings(
        ServerIdentity identity,
        LoginPolicy policy,
        Function<RoomName, String> retention,
        int maxMessageBytes,
        int rateBurst,
        int ratePerSecond,
        int sessionsPerAddress,
        int sessionsPerPrivateAddress,
        int maxSessions,
        int roomsPerSession,
        int historyInMemory,
        int maxProposals,
        long handshakeDeadlineNanos,
        long reconnectingAfterNanos,
        long goneAfterNanos,
        int loginFailuresPerMinute,
        int loginFailuresPerAddress,
        long addressBlockNanos,
        Quotas quotas,
        HostPolicy host,
        OrderRules order) {

    /** The same of a server whose host program decides nothing, with the standard rules of order. */
    public ServerSettings(
            ServerIdentity identity,
            LoginPolicy policy,
            Function<RoomName, String> retention,
            int maxMessageBytes,
            int rateBurst,
            int ratePerSecond,
            int sessionsPerAddress,
            int sessionsPerPrivateAddress,
            int maxSessions,
            int roomsPerSession,
            int historyInMemory,
            int maxProposals,
            long handshakeDeadlineNanos,
            long reconnectingAfterNanos,
            long goneAfterNanos,
            int loginFailuresPerMinute,
            int loginFailuresPerAddress,
            long addressBlockNanos,
            Quotas quotas) {
        this(
                identity,
                policy,
                retention,
                maxMessageBytes,
                rateBurst,
                ratePerSecond,
                sessionsPerAddress,
                sessionsPerPrivateAddress,
                maxSessions,
                roomsPerSession,
                historyInMemory,
                maxProposals,
                handshakeDeadlineNanos,
                reconnectingAfterNanos,
                goneAfterNanos,
                loginFailuresPerMinute,
                loginFailuresPerAddress,
                addressBlockNanos,
                quotas,
                HostPolicy.NONE,
                OrderRules.STANDARD);
    }

    /** The same with a host program that decides. */
    public ServerSettings withHost(HostPolicy deciding) {
        return new ServerSettings(
                identity,
                policy,
                retention,
                maxMessageBytes,
                rateBurst,
                ratePerSecond,
                sessionsPerAddress,
                sessionsPerPrivateAddress,
                maxSessions,
                roomsPerSession,
                historyInMemory,
                maxProposals,
                handshakeDeadlineNanos,
                reconnectingAfterNanos,
                goneAfterNanos,
                loginFailuresPerMinute,
                loginFailuresPerAddress,
                addressBlockNanos,
                quotas,
                deciding,
                order);
    }

    /** The same with other rules of order. */
    public ServerSettings withOrder(OrderRules rules) {
        return new ServerSettings(
                identity,
                policy,
                retention,
                maxMessageBytes,
                rateBurst,
                ratePerSecond,
                sessionsPerAddress,
                sessionsPerPrivateAddress,
                maxSessions,
                roomsPerSession,
                historyInMemory,
                maxProposals,
                handshakeDeadlineNanos,
                reconnectingAfterNanos,
                goneAfterNanos,
                loginFailuresPerMinute,
                loginFailuresPerAddress,
                addressBlockNanos,
                quotas,
                host,
                rules);
    }
}
