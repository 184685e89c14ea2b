package io.kabar.chat.participant;

import io.kabar.chat.ChatException;
import io.kabar.chat.Refusal;
import io.kabar.chat.Sanction;
import io.kabar.chat.UserName;
import io.kabar.chat.rules.Capability;
import io.kabar.chat.rules.Network;
import io.kabar.chat.rules.Switches;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What the staff of a server does on the whole of it. What is to be done in one room is said there. Each act leaves its
 * line in the staff's room, {@link io.kabar.chat.RoomName#STAFF}, which whoever may
 * {@link Capability#READ_STAFF_LOG read it} enters like any other room.
 *
 * <p><b>Errors.</b> Each fails with a {@link ChatException}: {@link Refusal#NOT_ALLOWED} if a capability is missing,
 * with a sentence that says which and who can give it, or if the person may as much as the caller or more;
 * {@link Refusal#NO_SUCH_USER}; {@link Refusal#BAD_REQUEST}; and {@link Refusal#STORAGE} if it holds until the server
 * stops and could not be stored. Threads and what happens while the network is away are as at {@link Participant}.
 *
 * <p>Not for implementing outside tests: methods may be added.
 */
public interface StaffCalls {

    /**
     * Bans somebody from the server: their sessions end at once, and they are told why, until when and whom to ask.
     * Takes {@link Capability#BAN}, as all but the last two do.
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
     * Bans an address or a network; whoever is here from there is put out. Takes {@link Capability#SEE_ADDRESSES} as
     * well. Fails with {@link Refusal#NOT_ALLOWED} if somebody is there from there whom the caller may not ban, the
     * caller included.
     */
    CompletableFuture<Void> banNetwork(Network network, Duration howLong, String reason);

    /** Lifts the ban of somebody. Fails with {@link Refusal#NO_SUCH_USER} if they are not banned. */
    CompletableFuture<Void> unban(UserName who);

    /** Lifts the ban of an address or network by the number of its {@linkplain Sanction.Addresses#rule() rule}. */
    CompletableFuture<Void> unbanRule(long rule);

    /** The bans that hold; addresses are shown to who may {@linkplain Capability#SEE_ADDRESSES see} them. */
    CompletableFuture<List<Sanction>> bans();

    /** Lets somebody say nothing any more, anywhere on the server. */
    CompletableFuture<Void> mute(UserName who, Duration howLong, String reason);

    /** Lifts the mute of somebody. Fails with {@link Refusal#NO_SUCH_USER} if they are not muted. */
    CompletableFuture<Void> unmute(UserName who);

    /** The mutes that hold. */
    CompletableFuture<List<Sanction>> mutes();

    /** How the emergency switches are. Takes {@link Capability#EMERGENCY}. */
    CompletableFuture<Switches> switches();

    /** Throws the emergency switches, all of them. Takes {@link Capability#EMERGENCY}. */
    CompletableFuture<Void> setSwitches(Switches switches);
}
