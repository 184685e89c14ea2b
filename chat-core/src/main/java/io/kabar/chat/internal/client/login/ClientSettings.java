package io.kabar.chat.internal.client.login;

import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.crypto.Scram;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a client endpoint is told once.
 *
 * @param server where the server is
 * @param key the key it must have; null to take the first one on trust
 * @param name who signs in
 * @param password null if there is none
 * @param token null if there is none; shown only where {@code key} is known beforehand
 * @param deviceSecret 32 bytes from which the names of this device are claimed
 * @param connectTimeoutNanos time for the first contact and sign-in
 * @param keepAliveNanos silence after which the server is let known
 * @param searchingAfterNanos time without an answer after which the client is searching
 * @param idleNanos silence after which the server has certainly forgotten this client
 * @param outboxMessages messages that may wait to be accepted
 * @param reconnect whether to sign in anew when the connection is lost
 * @param leastRounds rounds of PBKDF2 by which the password may be proven, at least
 * @param deviceLabel what this device is called in the list of the account's devices; perhaps empty
 * @param invitation the secret of an invitation; empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ClientSettings(
        InetSocketAddress server,
        @Nullable ServerKey key,
        UserName name,
        @Nullable String password,
        @Nullable String token,
        byte[] deviceSecret,
        long connectTimeoutNanos,
        long keepAliveNanos,
        long searchingAfterNanos,
        long idleNanos,
        int outboxMessages,
        boolean reconnect,
        int leastRounds,
        String deviceLabel,
        byte[] invitation) {

    /** A token is for a server whose key is known: whoever stands in for one would keep it. */
    public ClientSettings {
        if (token != null && key == null) {
            throw new IllegalArgumentException("A token is shown only to a server whose key is known.");
        }
    }

    /** Of a device without a label, and nobody who was invited. */
    public ClientSettings(
            InetSocketAddress server,
            @Nullable ServerKey key,
            UserName name,
            @Nullable String password,
            @Nullable String token,
            byte[] deviceSecret,
            long connectTimeoutNanos,
            long keepAliveNanos,
            long searchingAfterNanos,
            long idleNanos,
            int outboxMessages,
            boolean reconnect,
            int leastRounds) {
        this(
                server,
                key,
                name,
                password,
                token,
                deviceSecret,
                connectTimeoutNanos,
                keepAliveNanos,
                searchingAfterNanos,
                idleNanos,
                outboxMessages,
                reconnect,
                leastRounds,
                "",
                new byte[0]);
    }

    /** Without a token, and with as many rounds as clients want by default. */
    public ClientSettings(
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
        this(
                server,
                key,
                name,
                password,
                null,
                deviceSecret,
                connectTimeoutNanos,
                keepAliveNanos,
                searchingAfterNanos,
                idleNanos,
                outboxMessages,
                reconnect,
                Scram.LEAST_ACCEPTED);
    }

    /** Names neither password nor token nor secret. */
    @Override
    public String toString() {
        return "ClientSettings[" + name + " at " + server + "]";
    }
}
