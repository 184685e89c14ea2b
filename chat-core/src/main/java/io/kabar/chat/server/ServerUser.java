package io.kabar.chat.server;

import io.kabar.chat.ChatException;
import io.kabar.chat.CloseReason;
import io.kabar.chat.KnownDevice;
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
     * Gives the account of this name a password of its own, in place of the one it may have. All its sessions end with
     * {@link CloseReason#ACCOUNT_CHANGED}; devices that the account knows come back without it. Takes a fraction of a
     * second.
     *
     * <p>Fails with {@link Refusal#NO_SUCH_USER} if there is no such account, and {@link Refusal#STORAGE}; so do the
     * next five.
     *
     * @throws IllegalArgumentException if it is empty or holds control characters
     */
    CompletableFuture<Void> setPassword(String password);

    /** Takes its password away: only devices that the account knows sign in from then on. */
    CompletableFuture<Void> removePassword();

    /** The devices that the account knows, by number. */
    CompletableFuture<List<KnownDevice>> devices();

    /**
     * Shuts a device out of the account for good; its sessions end at once. Fails with {@link Refusal#BAD_REQUEST} if
     * there is none of this number.
     */
    CompletableFuture<Void> revokeDevice(int number);

    /**
     * Gives the account another name and keeps its number. Its sessions end with {@link CloseReason#ACCOUNT_CHANGED}
     * and come back under the new name by themselves; the old one is held for it for a while. Fails with
     * {@link Refusal#NAME_TAKEN} if the name is not free, and {@link Refusal#BAD_NAME}.
     *
     * @return the user under the new name
     */
    CompletableFuture<ServerUser> rename(UserName newName);

    /**
     * Gives the account a role on the server, by its name; its sessions end with {@link CloseReason#ACCOUNT_CHANGED},
     * and come back with it.
     *
     * @throws IllegalArgumentException if that cannot be the name of a role
     */
    CompletableFuture<Void> setRole(String role);

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
