package io.kabar.chat.internal.endpoint;

import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a client endpoint is told once.
 *
 * @param server where the server is
 * @param key the key it must have; null to take the first one on trust
 * @param name who signs in
 * @param password null if there is none
 * @param deviceSecret 32 bytes from which the names of this device are claimed
 * @param connectTimeoutNanos time for the first contact and sign-in
 * @param keepAliveNanos silence after which the server is let known
 * @param searchingAfterNanos time without an answer after which the client is searching
 * @param idleNanos silence after which the server has certainly forgotten this client
 * @param outboxMessages messages that may wait to be accepted
 * @param reconnect whether to sign in anew when the connection is lost
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ClientSettings(
        InetSocketAddress server,
        @Nullable ServerKey key,
        UserName name,
        @Nullable String password,
        byte[] deviceSecret,
        long connectTimeoutNanos,
        long keepAliveNanos,
        long searchingAfterNanos,
        long idleNanos,
        int outboxMessages,
        boolean reconnect) {

    /** Names neither password nor secret. */
    @Override
    public String toString() {
        return "ClientSettings[" + name + " at " + server + "]";
    }
}
