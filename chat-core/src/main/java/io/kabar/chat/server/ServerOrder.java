package io.kabar.chat.server;

import io.kabar.chat.ChatException;
import io.kabar.chat.Refusal;
import io.kabar.chat.Sanction;
import io.kabar.chat.UserName;
import io.kabar.chat.rules.Network;
import io.kabar.chat.rules.Switches;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What keeps order on the whole server, as the staff may and more: here it is done in the server's own name, and
 * everybody may be meant. Each act leaves its line in the staff's room, {@link io.kabar.chat.RoomName#STAFF}.
 *
 * <p><b>Errors.</b> Beside {@link ChatException.Closed}, {@link Refusal#NO_SUCH_USER} if there is nobody of that name,
 * and {@link Refusal#STORAGE} if it holds until the server stops and could not be stored.
 *
 * <p>Not for implementing outside tests: methods may be added.
 */
public interface ServerOrder {

    /**
     * Bans somebody from the server: their sessions end at once, and they are told why, until when and whom to ask.
     *
     * @param howLong in whole seconds; {@link Sanction#WITHOUT_END} for a ban that does not end by itself
     * @param reason that they are told; may be empty, at most 390 characters
     */
    CompletableFuture<Void> ban(UserName who, Duration howLong, String reason);

    /**
     * The same, and nobody comes any more from where they are now, or were last. The address is told to nobody; the
     * rule is lifted by its number.
     */
    CompletableFuture<Void> banWithAddress(UserName who, Duration howLong, String reason);

    /**
     * Bans an address or a network; whoever is here from there is put out.
     */
    CompletableFuture<Void> banNetwork(Network network, Duration howLong, String reason);

    /** Lifts the ban of somebody. Fails with {@link Refusal#NO_SUCH_USER} if they are not banned. */
    CompletableFuture<Void> unban(UserName who);

    /** Lifts the ban of an address or network by the number of its {@linkplain Sanction.Addresses#rule() rule}. */
    CompletableFuture<Void> unbanRule(long rule);

    /** The bans that hold, addresses included. */
    CompletableFuture<List<Sanction>> bans();

    /** Lets somebody say nothing any more, anywhere on the server. */
    CompletableFuture<Void> mute(UserName who, Duration howLong, String reason);

    /** Lifts the mute of somebody. Fails with {@link Refusal#NO_SUCH_USER} if they are not muted. */
    CompletableFuture<Void> unmute(UserName who);

    /** The mutes that hold. */
    CompletableFuture<List<Sanction>> mutes();

    /** How the emergency switches are. */
    CompletableFuture<Switches> switches();

    /** Throws the emergency switches, all of them. */
    CompletableFuture<Void> setSwitches(Switches switches);
}
