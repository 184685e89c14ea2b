package io.kabar.chat.participant;

import io.kabar.chat.Author;
import io.kabar.chat.Conversation;
import io.kabar.chat.Invitation;
import io.kabar.chat.InvitationTerms;
import io.kabar.chat.InviteLink;
import io.kabar.chat.KnownDevice;
import io.kabar.chat.Member;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.Whois;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What a user does about people: order beside that of single rooms, and the own account. A part of {@link Participant},
 * where is said what holds of all calls.
 *
 * <p>Not for implementing outside tests: methods may be added.
 */
public interface PeopleCalls {

    // People and order
    // -------------------------------------------------------------------------------------------------------

    /**
     * Who is in a room, in the order of their names; this client need not be. Of a room of more than
     * {@link io.kabar.chat.Limits#MEMBERS_TOLD} the first so many: {@link #members(RoomName, Member.Query)} tells how
     * many there are, and goes on. Fails with {@link Refusal#NOT_ALLOWED} for a conversation of two others.
     */
    default CompletableFuture<List<Member>> members(RoomName room) {
        return members(room, Member.Query.FIRST).thenApply(Member.Page::members);
    }

    /**
     * Some of those who are in a room, by the beginning of their names or page by page, and how many there are: for
     * rooms of any size, {@linkplain io.kabar.chat.rules.RoomMode#QUIET quiet} ones too. Fails as
     * {@link #members(RoomName)}.
     */
    CompletableFuture<Member.Page> members(RoomName room, Member.Query query);

    /**
     * Who somebody is: account, server role, since when they are here, and the rooms they are in that this user may
     * know of. Fails with {@link Refusal#NO_SUCH_USER}.
     */
    CompletableFuture<Whois> whois(UserName who);

    /**
     * Tells the staff of an event of a room this participant is in; they learn room, number, reason and who has
     * reported it. Fails with {@link Refusal#NOT_IN_ROOM} and {@link Refusal#BAD_REQUEST} if there is no such event.
     *
     * @param reason why, at most 390 characters
     * @throws IllegalArgumentException if the number is below 1
     */
    CompletableFuture<Void> report(RoomName room, long sequence, String reason);

    /**
     * Lets nobody into a room any more from where somebody came last who is banned there, but for those who have a role
     * in it: for as long as the ban holds, and for a week at most. Nobody is told the address, and to lift the ban
     * lifts this. Fails with {@link Refusal#NOT_IN_ROOM}, {@link Refusal#NOT_ALLOWED} if this user is no moderator
     * there or where they came from is not known, {@link Refusal#BAD_REQUEST} if they are not banned, and
     * {@link Refusal#NO_SUCH_USER}.
     */
    CompletableFuture<Void> shutOut(RoomName room, UserName who);

    /**
     * Does not want to be talked to by somebody any more, from any device, until {@link #unblock}: they can neither
     * enter the direct conversation of the two nor say anything there. Nobody is told. Fails with
     * {@link Refusal#NO_SUCH_USER}, and with {@link Refusal#NOT_ALLOWED} beyond 500.
     */
    CompletableFuture<Void> block(UserName who);

    /** Wants to be talked to again. Fails with {@link Refusal#NO_SUCH_USER} if they are not blocked. */
    CompletableFuture<Void> unblock(UserName who);

    /** Whom this user has blocked, by the names they had then. */
    CompletableFuture<List<Author>> blocks();

    /**
     * The direct conversations of this user in which anything was ever said, at most 1024: those first in which
     * something happened last. None is entered by that.
     */
    CompletableFuture<List<Conversation>> conversations();

    /** What the staff of a server does. Does not block, and asks nothing of the server. */
    StaffCalls staff();

    // The account
    // -------------------------------------------------------------------------------------------------------

    /**
     * Gives the account another password of its own, by which further devices sign in. Neither leaves this program: the
     * old one is proven, and of the new one the server gets what it is verified by. Takes the better part of a second.
     *
     * <p>Fails with {@link Refusal#WRONG_PASSWORD}, {@link Refusal#LOGIN_THROTTLED} after several wrong ones,
     * {@link Refusal#NOT_ALLOWED} if this user has no account here, as a guest, and {@link Refusal#STORAGE}.
     *
     * @throws IllegalArgumentException if one is empty or holds control characters
     */
    CompletableFuture<Void> changePassword(String oldPassword, String newPassword);

    /**
     * The same without the old one: on the device that registered the name, and on any if the account has no password
     * yet.
     *
     * @throws IllegalArgumentException if it is empty or holds control characters
     */
    CompletableFuture<Void> changePassword(String newPassword);

    /**
     * The devices that the account knows, by number: they sign in without a password. Fails with
     * {@link Refusal#NOT_ALLOWED} if this user has no account here.
     */
    CompletableFuture<List<KnownDevice>> devices();

    /**
     * Shuts a device out of the account for good; its connections end at once. Of the device that asks for it no answer
     * comes: it is signed out.
     *
     * <p>Fails with {@link Refusal#BAD_REQUEST} if there is none of this number, {@link Refusal#NOT_ALLOWED} if this
     * user has no account here, and {@link Refusal#STORAGE}.
     *
     * @throws IllegalArgumentException if the number is below 1
     */
    CompletableFuture<Void> revokeDevice(int number);

    /**
     * Gives the account another name. All its connections are made anew, and {@link Participant#name} is the new one
     * then; rooms see the old name leave and the new one come. The old name is held for the account for 30 days: it
     * finds it, and nobody else may take it.
     *
     * <p>Fails with {@link Refusal#NAME_TAKEN} if the name is not free or too many are held already,
     * {@link Refusal#BAD_NAME} if nobody may have it, {@link Refusal#NOT_ALLOWED} if this user has no account here, and
     * {@link Refusal#STORAGE}.
     */
    CompletableFuture<Void> rename(UserName newName);

    /**
     * Makes an invitation: whoever has the link may use it, as the terms say. To the server alone who may invite makes
     * one, into a room its moderators and owners do.
     *
     * <p>Fails with {@link Refusal#NOT_ALLOWED} and the server's words, {@link Refusal#BUSY} if there are as many as
     * may be, and {@link Refusal#STORAGE}.
     */
    CompletableFuture<InviteLink> invite(InvitationTerms terms);

    /** The invitations that this user has made and that are good; all of the server, for who may invite to it. */
    CompletableFuture<List<Invitation>> invitations();

    /** Ends one of these invitations; fails with {@link Refusal#BAD_REQUEST} if it is none. */
    CompletableFuture<Void> withdraw(long invitation);
}
