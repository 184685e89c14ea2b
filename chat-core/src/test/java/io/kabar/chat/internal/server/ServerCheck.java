package io.kabar.chat.internal.server;

import io.kabar.chat.RoomName;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.ConnectionCheck;
import io.kabar.chat.internal.server.core.ServerSettings;
import io.kabar.chat.internal.server.log.RoomFold;
import io.kabar.chat.internal.server.room.RoomCheck;
import io.kabar.chat.internal.wire.WireLimits;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What must be so in a server after everything it does: its connections are in order, its buffers under their bounds.
 */
public final class ServerCheck {
    private ServerCheck() {}

    /** The server's end of the connection of this id. */
    public static @Nullable Connection connection(ServerEndpoint server, long cid) {
        return server.connection(cid);
    }

    /** The state of a room that there is. */
    public static RoomFold fold(ServerEndpoint server, RoomName room) {
        return Objects.requireNonNull(server.fold(room));
    }

    /** In which epoch this run of a server writes. */
    public static long epoch(ServerEndpoint server) {
        return server.epoch();
    }

    /** Probe timeouts of all the server's connections. */
    public static long probeTimeouts(ServerEndpoint server) {
        return server.connections()
                .mapToLong(connection -> connection.stats().ptos())
                .sum();
    }

    /** Checks everything. Costs a walk over all sessions. */
    public static void check(ServerEndpoint server, ServerSettings settings) {
        server.connections().forEach(ConnectionCheck::check);
        server.sessions().forEach(RoomCheck::checkCursors);
        Map<String, Integer> held = server.held();
        bounded(held, "sessions", settings.maxSessions());
        bounded(held, "handshakes", 1024);
        bounded(held, "answers", 1024);
        // Joins and leaves are proposed beyond the limit: one of each for a session and room is what there can be.
        bounded(held, "proposals", settings.maxProposals() + 4 * (amount(held, "places") + amount(held, "sessions")));
        bounded(held, "cursors", (settings.roomsPerSession() + WireLimits.HISTORY_READS) * amount(held, "sessions"));
        int sessions = amount(held, "sessions");
        int forNobody = amount(held, "pages for nobody");
        bounded(held, "pages", amount(held, "cursors") + 2 * sessions + amount(held, "looks") + forNobody);
        bounded(held, "loads", amount(held, "awaiting"));
    }

    private static void bounded(Map<String, Integer> held, String kind, int bound) {
        int amount = amount(held, kind);
        if (amount > bound) {
            throw new AssertionError(amount + " " + kind + " are held, of at most " + bound + ": " + held);
        }
    }

    private static int amount(Map<String, Integer> held, String kind) {
        return Objects.requireNonNull(held.get(kind), kind);
    }
}
