package io.kabar.chat.client;

import io.kabar.chat.ChatException;
import io.kabar.chat.InviteLink;
import io.kabar.chat.Refusal;
import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import io.kabar.chat.participant.Participant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A signed-in user in this program. It stays signed in whatever the network does: over changes of address, long
 * silences and restarts of the server, until it is closed or the server does not let it in any more.
 *
 * <pre>{@code
 * try (ChatClient client = ChatClient.builder()
 *         .server(InviteLink.parse("kabar://localhost#..."))
 *         .name("ada")
 *         .password("open sesame")
 *         .connect()
 *         .join()) {
 *     client.join(RoomName.LOBBY, JoinHistory.last(50)).join();
 *     client.send(RoomName.LOBBY, "hello").join(); // completes when the server has accepted and numbered it
 * }
 * }</pre>
 *
 * <p><b>Threads.</b> One thread owns the network; all else is as {@link Participant} says, and so is what happens while
 * the network is away, and how calls fail.
 *
 * <p>Not for implementing outside tests: methods may be added.
 */
public interface ChatClient extends Participant {

    /** A client with the default options that knows no server yet. */
    static Builder builder() {
        return new ClientBuilder();
    }

    /** How the client stands with its server. Does not block. */
    ConnectionState state();

    /** The connection in figures; they are those of a moment ago at most. Does not block. */
    ConnectionInfo info();

    /**
     * Collects how a client is to be; {@link #connect} begins. For one thread.
     *
     * <p>Not for implementing outside tests: methods may be added.
     */
    interface Builder {

        /**
         * Where the server is. A key in the link is insisted on, and must not contradict the one the server is known
         * by. The secret of an invitation is shown when this user signs in.
         */
        Builder server(InviteLink invitation);

        /** Insists on this key, whatever the link or the known servers say. */
        Builder serverKey(ServerKey serverKey);

        /**
         * Where the keys of servers are remembered once a sign-in has succeeded; in memory unless this says
         * otherwise.
         */
        Builder knownServers(KnownServers servers);

        /** Who signs in. */
        Builder name(UserName userName);

        /**
         * Who signs in.
         *
         * @throws IllegalArgumentException with one sentence if this is no name
         */
        Builder name(String userName);

        /**
         * The server's join password, or the account's own; none for an open server. Whoever gives one is signed in
         * only at a server that proves to know it: an open server cannot, so {@link #connect} fails there with
         * {@link ChatException.ServerUnproven}.
         */
        Builder password(String secret);

        /**
         * What the server's host program knows this user by, in place of a password. It is sent as it is, so only to a
         * server whose key is in the link, was given, or is known from an earlier visit: else {@link #connect} fails
         * with {@link ChatException.ServerUnproven}, and nothing was told to anybody. A server that takes no tokens
         * refuses it, unless there is a password as well.
         *
         * @throws IllegalArgumentException if it is empty or longer than 1024 bytes of UTF-8
         */
        Builder token(String shown);

        /**
         * What this device is called in the list of the account's devices, such as the name of the program and the
         * machine; nothing unless this says otherwise. Cut to 64 bytes.
         */
        Builder deviceLabel(String label);

        /**
         * The secret by which names belong to this device; one that lasts as long as this client unless this is called.
         */
        Builder device(DeviceSecret secret);

        /**
         * The local UDP port; any free one unless this says otherwise, or says 0.
         *
         * @throws IllegalArgumentException if it is not from 0 to 65535
         */
        Builder localPort(int port);

        /** Who is told what happens; nobody unless this says otherwise. */
        Builder listener(ChatClientListener toTell);

        /**
         * Where the listener is called and futures are completed, one call at a time and in order; a thread of the
         * client's unless this says otherwise.
         *
         * <p>If it throws instead of taking a task, a thread of the client's makes the calls. If it takes a task and
         * never runs it, nobody can tell it from one that is busy: no call is made and no future completes, that of
         * {@link #connect} and those of a closed client included; {@link ChatClient#close} returns after some seconds
         * all the same. So give none that drops tasks in silence.
         */
        Builder callbackExecutor(Executor executor);

        /** Times and bounds; {@link ClientOptions#defaults} unless this says otherwise. */
        Builder options(ClientOptions clientOptions);

        /**
         * Connects and signs in, and does not block. Completes with the signed-in client, on the callback executor, or
         * fails with a {@link ChatException}: {@link ChatException.Unreachable} and {@link ChatException.TimedOut}
         * after the time that the options give, {@link ChatException.WrongPassword}, {@link ChatException.NameRefused},
         * {@link ChatException.ServerKeyChanged}, {@link ChatException.ServerUnproven}, {@link ChatException.TryLater},
         * or one of {@link Refusal#NOT_ALLOWED} with the words of the server's host program. Whoever cancels the
         * future, or completes it otherwise, ends the attempt. A builder may connect again, as after a failure: each
         * client is one of its own.
         *
         * @throws IllegalStateException if server or name is missing
         */
        CompletableFuture<ChatClient> connect();
    }
}
