package io.kabar.chat.participant;

import static java.util.Objects.requireNonNull;

import io.kabar.chat.Amendment;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.ChatException;
import io.kabar.chat.Content;
import io.kabar.chat.Delivery;
import io.kabar.chat.HistoryPage;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.LogPosition;
import io.kabar.chat.MessageId;
import io.kabar.chat.Permissions;
import io.kabar.chat.Receipt;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.SearchPage;
import io.kabar.chat.UserName;
import io.kabar.chat.rules.Amendable;
import io.kabar.chat.rules.Obstacle;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.rules.RoomSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Somebody who is in rooms of a server, says something there and hears what happens: one and the same interface for a
 * {@link io.kabar.chat.client.ChatClient}, which is signed in over the network, and for a participant that a server's
 * own program has in its rooms without a socket, as {@link io.kabar.chat.server.ChatServer#participant} makes them: a
 * bot, a gateway, whoever announces something. To everybody else in the rooms there is no difference.
 *
 * <p><b>Threads.</b> The listener is called, and futures are completed, on the {@code callbackExecutor}: do not wait
 * there for a future of the same participant. All methods may be called from any thread.
 *
 * <p><b>While the network is away</b>, and while the server is restarted, nothing fails: what was asked or said waits,
 * and is asked or said again when the client is back, in the order of the calls for each room. No call has a time of
 * its own to be answered in; whoever does not want to wait uses {@link CompletableFuture#orTimeout}, which takes
 * nothing back that was said.
 *
 * <p><b>Errors.</b> What the server refuses fails the future with a {@link ChatException}, whose
 * {@link ChatException#refusal} is named at each method. Three may come from each of them and are not named again:
 * {@link ChatException.Closed} once the participant is closed, signed out or put out, {@link Refusal#RATE_LIMITED} and
 * {@link Refusal#BUSY} as {@link ChatException.TryLater} if it is asked too much of the server. Misuse throws at the
 * call: null, and what is said at the method.
 *
 * <p>Not for implementing outside tests: methods may be added.
 */
public interface Participant extends PeopleCalls, MessageCalls, ProgramCalls, AutoCloseable {

    /** The name as its owner first wrote it; as it was given to the builder, until the client has signed in. */
    UserName name();

    /**
     * Enters a room. The future tells how it was found; its events go to the listener. Once entered it is entered again
     * by itself after each new sign-in, where it was left.
     *
     * <p>Fails with {@link Refusal#BAD_NAME} if there is no such room and must be none, {@link Refusal#NOT_ALLOWED} if
     * this user may not enter it, with the server's words, {@link Refusal#BAD_REQUEST} if it is in the room already,
     * {@link Refusal#TOO_MANY_ROOMS}, {@link Refusal#NO_SUCH_USER} if nobody is there to talk with, and
     * {@link Refusal#STORAGE}.
     */
    CompletableFuture<RoomState> join(RoomName room, JoinHistory history);

    /**
     * Enters a room that asks for a password, as {@link #join(RoomName, JoinHistory)}. The server is shown a proof made
     * of it, never the password.
     */
    CompletableFuture<RoomState> join(RoomName room, JoinHistory history, String password);

    /**
     * Gives a room this participant is in a password, which is asked of whoever has no role in it and was not invited;
     * an empty one takes it away. Who may set the room's modes may do that. Fails as {@link #change}.
     */
    CompletableFuture<Void> setRoomPassword(RoomName room, String password);

    /**
     * Leaves a room, behind all that was said in it before. Completes when it is left, also if the network is away for
     * good; fails with {@link Refusal#NOT_IN_ROOM} if the client is not in it.
     *
     * @param reason told to the others; may be empty, at most 390 characters
     */
    CompletableFuture<Void> leave(RoomName room, String reason);

    /**
     * Says something in a room this participant is in. Completes when the server has accepted and numbered it, once,
     * however often it had to be sent. Messages of one room are accepted in the order of the calls.
     *
     * <p>Fails with {@link ChatException.BackPressured} if as many messages wait as may, {@link Refusal#NOT_IN_ROOM} if
     * it is not in the room or is put out of it, {@link Refusal#TOO_LARGE}, {@link Refusal#BAD_REQUEST} if
     * there is nothing to see in it, {@link Refusal#NOT_ALLOWED} with the server's words if this user may not say it,
     * {@link Refusal#STORAGE}, and {@link Refusal#FATE_UNKNOWN} if the network was away for so long that the server
     * cannot know whether it was said.
     */
    CompletableFuture<Receipt> send(RoomName room, String text);

    /**
     * Says something under an id of the caller's, so that it is one message however often it is said: after a crash,
     * from another process, over a restart of the server. Whoever says it again is told the number it has, and the
     * first text stands.
     *
     * <p>The server knows an id for as long as the message is among the newest events of the room, 2048 unless its
     * operator has changed that, and the newest id of a run for longer; ids of other users do not count. What comes
     * behind a later message of its run fails with {@link Refusal#OUT_OF_ORDER}, and if the connection was lost for so
     * long that the server cannot know what became of it, with {@link Refusal#FATE_UNKNOWN}. Keep the id before you
     * send; {@link MessageId#of} makes one of what you know already, {@link MessageId#numbered} one of several in a
     * row.
     *
     * @throws IllegalArgumentException if it is {@link MessageId#NONE}
     */
    CompletableFuture<Receipt> send(RoomName room, String text, MessageId id);

    /**
     * Says something in the third person: {@code sendAction(room, "waves")} is told as "ada waves". Completes and fails
     * as {@link #send(RoomName, String)}.
     */
    CompletableFuture<Receipt> sendAction(RoomName room, String text);

    /**
     * Sets a room's topic, at most 390 characters; an empty one clears it. Completes and fails as
     * {@link #send(RoomName, String)}.
     */
    CompletableFuture<Receipt> setTopic(RoomName room, String topic);

    /**
     * Describes a room: what it is for, and how one behaves there; at most 390 characters, an empty text clears it.
     * Completes and fails as {@link #change}.
     */
    CompletableFuture<Receipt> describe(RoomName room, String description);

    /**
     * Changes who may do what in a room this participant is in: kicks, bans, mutes, invites, gives roles, sets modes.
     * It is an event of the room like any other. {@link RoomChange} makes such changes.
     *
     * <p>Completes and fails as {@link #send(RoomName, String)}; with {@link ChatException.NotPermitted} if this user
     * may not do it, which says the rule and who can help, and with {@link Refusal#NO_SUCH_USER} if there is nobody of
     * that name, or they are not in the room.
     */
    CompletableFuture<Receipt> change(RoomName room, RoomChange change);

    /**
     * What is set for a room this participant is in, and how its user stands there, as of the newest event that the
     * listener has been told; empty if it is not in the room. Does not block.
     */
    Optional<RoomSettings> settings(RoomName room);

    /**
     * What speaks against this user's saying or changing something in a room at present, as far as it can be told
     * without asking the server; empty if nothing does. Does not block.
     */
    default Optional<Obstacle> obstacle(RoomName room, Content content) {
        requireNonNull(content, "content");
        return settings(room)
                .map(known -> Permissions.toSaying(known.standing(), known.modes(), content, Instant.now()));
    }

    /**
     * What speaks against this user's doing something to a message, as far as it can be told without asking the server;
     * empty if nothing does. For how long one may edit, and what its author is, the server knows. Does not block.
     *
     * @param target the message, as the listener was told of it
     */
    default Optional<Obstacle> obstacle(ChatEvent target, Amendment amendment) {
        Optional<Obstacle> inAll = obstacle(target.room(), amendment);
        boolean own = target.from().equals(name());
        Amendable what = new Amendable(
                target.sequence(),
                target.content().isMessage(),
                target.isSaid(),
                false,
                own,
                RoomRole.GUEST,
                target.time());
        return inAll.isPresent()
                ? inAll
                : settings(target.room())
                        .map(known -> Permissions.toAmending(
                                known.standing(), what, amendment, Duration.ofDays(1), target.time()));
    }

    /**
     * Says something to one user, in the direct conversation of the two; enters it if need be. What waits there unread,
     * as {@link ParticipantListener#onDirectMessage} tells, goes to the listener then. Completes and fails as
     * {@link #join} and {@link #send(RoomName, String)}.
     */
    CompletableFuture<Receipt> sendDirect(UserName to, String text);

    /**
     * Reads a piece of the log of a room this participant is in, at most 1000 events: the newest, those before or
     * around a number. The listener is not told of them. Only members of a room may read it: else this fails with
     * {@link Refusal#NOT_IN_ROOM}; with {@link Refusal#STORAGE} if the log cannot be read at present.
     */
    CompletableFuture<HistoryPage> history(RoomName room, HistoryRange range);

    /**
     * Searches what was written in a room this participant is in, newest first: every word must occur, in any case,
     * perhaps as a part of a longer one. A server looks through some thousand events at a time and finds some twenty;
     * to go on, use {@link #search(RoomName, String, long)} with the page's {@link SearchPage#searchedTo}.
     *
     * <p>Fails with {@link Refusal#NOT_IN_ROOM} and {@link Refusal#STORAGE}.
     *
     * @throws IllegalArgumentException if there is no word, or they are longer than 256 bytes
     */
    CompletableFuture<SearchPage> search(RoomName room, String words);

    /**
     * The same among the events before number {@code before} only.
     *
     * @throws IllegalArgumentException also if {@code before} is below 1
     */
    CompletableFuture<SearchPage> search(RoomName room, String words, long before);

    /**
     * Which members of a room this participant is in have event {@code sequence}: how many of how many, and who. Fails
     * with {@link Refusal#NOT_IN_ROOM}, and with {@link Refusal#NOT_ALLOWED} for an event this participant does not
     * have.
     *
     * @throws IllegalArgumentException if the number is below 1
     */
    CompletableFuture<Delivery> whoSaw(RoomName room, long sequence);

    /**
     * The place of the newest event of a room that the listener has taken; {@link LogPosition#NONE} if there is none.
     * Keep both its numbers, and {@link JoinHistory#after} goes on from there the next time this device enters the
     * room. Does not block.
     */
    LogPosition lastSeen(RoomName room);

    /** The rooms of the server that are not direct conversations. */
    CompletableFuture<List<RoomSummary>> rooms();

    /**
     * This user has read a room this participant is in up to this event: the server keeps that for all their devices,
     * of the 64 rooms that were read last, and {@link RoomState#readUpTo} and {@link
     * ParticipantListener#onReadElsewhere} tell it there. The largest number counts. May be called often, and while the
     * network is away; does nothing if this participant is not in the room.
     */
    void markRead(RoomName room, long sequence);

    /**
     * Lets a room know that this user is writing. Call it at every key: at most one in 3 seconds goes out, and
     * none while the network is away. Does not block.
     */
    void typing(RoomName room);

    /** Shows this user as away in all rooms, until {@link #back}; also after the network was away. Does not block. */
    void away();

    /** Shows this user as here again. Does not block. */
    void back();

    /**
     * Signs out: what was said is given a moment to be accepted, then the server is told. Waits for the last callback,
     * at most five seconds. Called from a callback it does not wait; where callbacks are made on the calling thread, as
     * that of a window, that thread makes them meanwhile. A second call does nothing.
     */
    @Override
    void close();

    /**
     * Signs out as {@link #close} does, and does not wait: completes on the {@code callbackExecutor} behind the
     * listener's last call, some three seconds later if what was said is not accepted before, and never fails. May be
     * called from anywhere, also after {@link #close} and again; whatever becomes of one of the futures is nothing to
     * the others.
     */
    CompletableFuture<Void> closeAsync();
}
