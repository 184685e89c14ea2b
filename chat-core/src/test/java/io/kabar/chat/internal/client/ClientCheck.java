package io.kabar.chat.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.ConnectionCheck;
import io.kabar.chat.internal.connection.ConnectionSink;
import java.util.Map;
import java.util.Objects;

/** What must be so in a client after everything it does: its connection is in order, its buffers under their bounds. */
public final class ClientCheck {
    private ClientCheck() {}

    /** The private half of the key pair of the handshake under way. */
    public static byte[] ephemeral(ClientEndpoint client) {
        return Objects.requireNonNull(client.link().signIn().handshake())
                .ephemeral()
                .privateKey();
    }

    /** What hears the client's connection. */
    public static ConnectionSink sink(ClientEndpoint client) {
        return client.link().inbox();
    }

    /** Checks everything. */
    public static void check(ClientEndpoint client, int outbox) {
        Connection connection = client.connection();
        if (connection != null) {
            ConnectionCheck.check(connection);
        }
        Map<String, Integer> held = client.held();
        assertThat(held.get("outbox")).as("outbox").isLessThanOrEqualTo(outbox);
        assertThat(held.get("early in a room")).as("early in a room").isLessThanOrEqualTo(ClientRooms.CREDIT);
        assertThat(held.get("unnamed")).as("unnamed").isLessThanOrEqualTo(4 * ClientRooms.CREDIT);
    }
}
