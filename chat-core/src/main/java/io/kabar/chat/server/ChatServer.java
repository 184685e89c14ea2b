package io.kabar.chat.server;

import io.kabar.chat.ChatException;
import io.kabar.chat.Invitation;
import io.kabar.chat.InvitationTerms;
import io.kabar.chat.InviteLink;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.ServerKey;
import io.kabar.chat.Session;
import io.kabar.chat.UserName;
import io.kabar.chat.rules.OrderRules;
import io.kabar.chat.spi.AccountStore;
import io.kabar.chat.spi.Authenticator;
import io.kabar.chat.spi.Authorizer;
import io.kabar.chat.spi.Journal;
import io.kabar.chat.spi.PasswordVerifier;
import io.kabar.chat.spi.ServerRecords;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A chat server in this program: rooms whose members see the same events in the same order, once each, over UDP that is
 * encrypted and survives every change of address.
 *
 * <pre>{@code
 * try (ChatServer server = ChatServer.builder()
 *         .bind(new InetSocketAddress(2120))
 *         .joinPassword("open sesame")
 *         .start()) {
 *     System.out.println(server.inviteLink("localhost"));
 *     server.awaitClose();
 * }
 * }</pre>
 *
 * <p>The program it runs in can <em>do</em> things, through {@link #room}, {@link #user} and their lists; and it can
 * <em>decide</em> who comes in and what may be said, through an {@link Authenticator} and an {@link Authorizer}.
 *
 * <p><b>Threads.</b> One thread owns the network; a few workers do key agreements, look up accounts and ask the
 * program; the listener is called, and futures are completed, on the {@code callbackExecutor}: do not wait there for a
 * future of the same server. All methods may be called from any thread.
 *
 * <p><b>Time-outs.</b> No call has a time of its own to be answered in: what becomes an event of a room waits for the
 * journal, and what concerns accounts for the account store, as long as they take; whoever does not want to wait uses
 * {@link CompletableFuture#orTimeout}, which takes nothing back. What the server asks its program it does not wait for
 * longer than 5 seconds: then it is as if there were no answer.
 *
 * <p><b>Errors.</b> Futures fail with a {@link ChatException}. Of a server that is closed, or closes before there is an
 * answer, that is {@link ChatException.Closed}.
 *
 * <p>Not for implementing outside tests: methods may be added.
 */
public interface ChatServer extends AutoCloseable {

    /** A server with the default limits, a new identity, nothing on disk, and accounts only. */
    static Builder builder() {
        return new ServerBuilder();
    }

    /** Where it listens; also what it listened at, once it is closed. Does not block. */
    InetSocketAddress address();

    /** The public key by which clients know this server. Does not block. */
    ServerKey key();

    /** The name by which the server itself speaks in rooms. Does not block. */
    UserName name();

    /** An invitation for people who reach this server under {@code host}. Does not block. */
    InviteLink inviteLink(String host);

    /**
     * The server in figures, as of now. Waits for the network thread, usually some microseconds; after two seconds, and
     * once the server is closed, these are the last that are known. Fails with nothing.
     */
    ServerStats stats();

    // What the host program does
    // -------------------------------------------------------------------------------------------------------

    /**
     * The rooms in which something has happened, in the order of their names; conversations of two are not among them.
     * Fails with {@link ChatException.Closed} only.
     */
    CompletableFuture<List<RoomSummary>> rooms();

    /**
     * A room, to speak in it and to keep order there. There need not be such a room yet: it is made when something is
     * said. Does not block.
     *
     * @throws IllegalArgumentException if it is a conversation of two, which is theirs alone
     */
    ServerRoom room(RoomName name);

    /** Who is signed in, each connection by itself. Fails with {@link ChatException.Closed} only. */
    CompletableFuture<List<Session>> sessions();

    /** A user, to tell them something or to put them out; need not be signed in, nor exist. Does not block. */
    ServerUser user(UserName name);

    /**
     * Somebody who takes part without a socket: a bot, a gateway, whoever announces something. Everybody else sees a
     * user like any other, with the same rights, limits and order; a listener that is slow holds back only itself.
     *
     * <p>The name is theirs from the first time on: the account it gets has neither device nor password, so nobody else
     * signs in by it, and the next participant of that name is the same one, with its roles. Several may be there by
     * one name, as somebody on several devices. Each has two threads of its own, and its listener a third unless the
     * builder says otherwise.
     *
     * <pre>{@code
     * Participant bot = server.participant(UserName.of("desk")).listener(new Desk()).signIn().join();
     * bot.join(RoomName.LOBBY, JoinHistory.NONE).join();
     * bot.send(RoomName.LOBBY, "What can I do for you?");
     * }</pre>
     */
    ParticipantBuilder participant(UserName name);

    /** Order on the whole server: bans, mutes, emergency switches. Does not block. */
    ServerOrder order();

    /**
     * Makes an invitation, in the server's own name; a new person who has the link may register by it, also on a server
     * that is for invited people only.
     *
     * <p>Fails with {@link Refusal#BUSY} if there are as many as there may be, and {@link Refusal#STORAGE}.
     *
     * @param host under which the server is reached, as for {@link #inviteLink}
     */
    CompletableFuture<InviteLink> invite(String host, InvitationTerms terms);

    /** The invitations that are good, whoever has made them, the oldest first. */
    CompletableFuture<List<Invitation>> invitations();

    /** Ends an invitation; fails with {@link Refusal#BAD_REQUEST} if there is none of this number. */
    CompletableFuture<Void> withdraw(long invitation);

    // Its end
    // -------------------------------------------------------------------------------------------------------

    /** Waits until the server is closed, by {@link #close} or because its network thread has ended by a defect. */
    void awaitClose() throws InterruptedException;

    /**
     * Tells every client, stores what is open, releases the port and waits for the listener's last call: for at most
     * three and five seconds, beside the time the journal takes. Called from a callback it does not wait; where
     * callbacks are made on the calling thread, that thread makes them meanwhile. A second call waits for the end of
     * the first.
     *
     * @throws RuntimeException what the journal, the account store or that of the records threw when it was closed;
     *     everything else is closed then
     */
    @Override
    void close();

    /**
     * Closes as {@link #close} does, and does not wait: completes on the {@code callbackExecutor} behind the listener's
     * last call, or fails there with what the journal, the account store or that of the records threw when it was
     * closed. May be called from anywhere, also after {@link #close} and again: each of the futures ends as the others,
     * and whatever becomes of one is nothing to them.
     */
    CompletableFuture<Void> closeAsync();

    /**
     * Collects how a server is to be; {@link #start} begins. For one thread.
     *
     * <p>Not for implementing outside tests: methods may be added.
     */
    interface Builder {

        /**
         * Where to listen; every address and port 2120 unless this says otherwise. Port 0 takes any free one.
         *
         * @throws IllegalArgumentException if it is the name of a host that was not found
         */
        Builder bind(InetSocketAddress address);

        /** The identity; a new one that lasts as long as the server unless this says otherwise. */
        Builder secret(ServerSecret identity);

        /**
         * The name by which the server itself speaks, and nobody signs in: {@code server} unless this says otherwise.
         */
        Builder name(UserName serverName);

        /**
         * Everybody needs this password. {@link #start} takes a fraction of a second to derive what the server keeps of
         * it; under the same identity that is the same at each start, so whoever was signed in comes back without
         * proving it.
         *
         * @throws IllegalArgumentException if it is empty or holds control characters
         */
        Builder joinPassword(String password);

        /**
         * Everybody needs the password of this verifier, made by {@link PasswordVerifier}.
         *
         * @throws IllegalArgumentException if it is no such verifier
         */
        Builder joinVerifier(String verifier);

        /**
         * No password: whoever knows the address may come in. A name still belongs to the device that first used it.
         */
        Builder open();

        /**
         * Lets in new people only who have an invitation, as {@link ChatServer#invite} makes; those who have an account
         * sign in as ever. With a join password everybody needs that as well.
         */
        Builder invitationsOnly();

        /**
         * Lets in guests, whatever else is asked of new people but a join password: whoever signs in as {@code Guest}
         * is called {@code Guest-} and a number, has no account, and is somebody else after another sign-in. Nobody has
         * such a name of their own on any server.
         */
        Builder guests();

        /**
         * The program's own users: whoever shows a token is who this says. With nothing else (no password, not open, no
         * accounts) it is the only way in. Nobody unless this says otherwise.
         */
        Builder authenticator(Authenticator ownUsers);

        /** Decides who may sign in, enter and speak. Everybody may unless this says otherwise. */
        Builder authorizer(Authorizer deciding);

        /** Where the logs of the rooms are kept; in memory unless this says otherwise. Closed with the server. */
        Builder journal(Journal journalToUse);

        /** Where the accounts are kept; in memory unless this says otherwise. Closed with the server. */
        Builder accounts(AccountStore store);

        /**
         * Where bans, invitations and what else the server remembers by itself is kept; in memory unless this says
         * otherwise. Closed with the server.
         */
        Builder records(ServerRecords store);

        /** How order is kept; {@link OrderRules#STANDARD} unless this says otherwise. */
        Builder order(OrderRules rules);

        /** Who is told what happens; nobody unless this says otherwise. */
        Builder listener(ChatServerListener toTell);

        /**
         * Where the listener is called and futures are completed, one call at a time and in order; a thread of the
         * server's unless this says otherwise.
         *
         * <p>If it throws instead of taking a task, a thread of the server's makes the calls. If it takes a task and
         * never runs it, nobody can tell it from one that is busy: the listener is told nothing, the last call
         * included, and no future completes; {@link ChatServer#close} returns after some seconds all the same, with
         * everything closed. So give none that drops tasks in silence.
         */
        Builder callbackExecutor(Executor executor);

        /** Limits and times; {@link ServerOptions#defaults} unless this says otherwise. */
        Builder options(ServerOptions limits);

        /**
         * Opens the journal, binds and serves. If that fails, journal, accounts and records are closed, too, and no
         * thread stays behind. May block, as the journal may.
         *
         * @throws IOException with a sentence for a person, such as that the port is taken
         * @throws java.io.UncheckedIOException if the journal cannot be opened
         * @throws IllegalStateException if this builder has started a server before, as journal and accounts are that
         *     one's; or if nobody could enter: no password, not open, no authenticator and no accounts given
         */
        ChatServer start() throws IOException;
    }
}
