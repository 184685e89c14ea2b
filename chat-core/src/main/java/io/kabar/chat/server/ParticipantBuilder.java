package io.kabar.chat.server;

import io.kabar.chat.ChatException;
import io.kabar.chat.Refusal;
import io.kabar.chat.participant.Participant;
import io.kabar.chat.participant.ParticipantListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Collects how somebody is to be who takes part without a socket, as {@link ChatServer#participant} begins it;
 * {@link #signIn} lets them in. For one thread.
 *
 * <p>Not for implementing outside tests: methods may be added.
 */
public interface ParticipantBuilder {

    /** Who is told what happens; nobody unless this says otherwise. */
    ParticipantBuilder listener(ParticipantListener<Participant> toTell);

    /**
     * Where the listener is called and futures are completed, one call at a time and in order; a thread of the
     * participant's unless this says otherwise. Give none that drops tasks in silence.
     */
    ParticipantBuilder callbackExecutor(Executor executor);

    /**
     * The number of the account, on a server whose program knows its users by itself, by an
     * {@link io.kabar.chat.spi.Authenticator}: one that no user of its has. Where the server keeps accounts the store
     * gives the number.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    ParticipantBuilder account(long number);

    /**
     * Signs in, and does not block. Completes with the participant, on the callback executor. It stays until it is
     * closed, is put out like everybody else, or the server is closed: then its listener is told
     * {@link io.kabar.chat.CloseReason#SERVER_STOPPED}.
     *
     * <p>Fails with a {@link ChatException}: {@link Refusal#NAME_TAKEN} if the name is that of a user who signs in with
     * a device or a password, or the server's own, {@link Refusal#BAD_NAME} if nobody may have it,
     * {@link Refusal#NOT_ALLOWED} with the words of an {@link io.kabar.chat.spi.Authorizer}, which is asked about
     * participants as about everybody, or of a ban, {@link Refusal#BUSY} and {@link Refusal#STORAGE} as
     * {@link ChatException.TryLater}, and {@link ChatException.Closed}.
     *
     * @throws IllegalStateException if the server has an authenticator and no account is given, as the numbers of
     *     accounts are the program's there
     */
    CompletableFuture<Participant> signIn();
}
