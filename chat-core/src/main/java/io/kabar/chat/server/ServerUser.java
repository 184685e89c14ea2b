package io.kabar.chat.server;

import io.kabar.chat.ChatException;
import io.kabar.chat.CloseReason;
import io.kabar.chat.Refusal;
import io.kabar.chat.Session;
import io.kabar.chat.UserName;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A user, as the server's host program sees them. It stands for a name, whether or not anybody is signed in by it.
 *
 * <p>Methods may be called from any thread and never block. Futures complete on the server's callback executor; each
 * may fail with {@link ChatException.Closed}, beside what is said at the method.
 *
 * <p>Not for implementing outside tests: methods may be added.
 */
public interface ServerUser {

    /** Who this is. */
    UserName name();

    /** The user's connections; none if they are not signed in. */
    CompletableFuture<List<Session>> sessions();

    /**
     * The user hears a word on all their devices, as {@link io.kabar.chat.client.ChatClientListener#onNotice}. A device
     * that is silent at present hears it when it is back, if that is within the time for which the server waits.
     *
     * <p>Fails with {@link Refusal#NO_SUCH_USER} if they are not signed in.
     *
     * @param sentence cut to 390 characters
     */
    CompletableFuture<Void> notice(String sentence);

    /**
     * Ends all connections of the user, those included that are about to sign in. Their clients are told
     * {@link CloseReason#PUT_OUT} with this reason in these words, and do not come back by themselves; the user may
     * sign in again unless the {@link io.kabar.chat.spi.Authorizer} says no.
     *
     * <p>Fails with {@link Refusal#NO_SUCH_USER} if they are not signed in.
     *
     * @param reason that the user is shown, cut to 256 bytes
     */
    CompletableFuture<Void> disconnect(String reason);
}
