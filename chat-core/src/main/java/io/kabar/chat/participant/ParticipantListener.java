package io.kabar.chat.participant;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.CloseReason;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.Member;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.RoomValue;
import io.kabar.chat.UserName;
import java.util.Optional;

/**
 * What a participant is told. Every method has an empty default, and the participant that calls as its first argument,
 * so one listener may serve several.
 *
 * <p>Calls come one at a time and in order, on the participant's {@code callbackExecutor}, never on a thread that
 * serves the network; a slow listener delays only itself: when it lags, the server is asked to hold back.
 * {@link #onClosed} is the last call; all others may repeat.
 *
 * @param <P> who is told: a {@link Participant}, or a kind of them
 */
public interface ParticipantListener<P extends Participant> {

    /** The account has another name now, under which this participant has signed in anew. May come again. */
    default void onRenamed(P participant, UserName name) {}

    /** This participant entered a room, or entered it again after a new sign-in; the room's events follow. */
    default void onRoomEntered(P participant, RoomState room) {}

    /**
     * Something was said in a direct conversation that this participant is not in; it is not entered unasked. Enter
     * {@code conversation} with {@code JoinHistory.from(sequence)} to read it; whoever enters it in another way, or
     * answers with {@link Participant#sendDirect}, is told of it, too. The call repeats for the same conversation only
     * after a new sign-in, or when it was entered and left.
     *
     * @param with how the other one is called now; empty if the server does not know it any more
     * @param sequence number of the first event there that was not read
     */
    default void onDirectMessage(P participant, RoomName conversation, Optional<UserName> with, long sequence) {}

    /** This participant is no longer in a room; no event of it follows until it is entered again. */
    default void onRoomLeft(P participant, RoomName room, String reason) {}

    /**
     * The next event of a room. Whoever keeps the place where it was read keeps its {@link ChatEvent#position()}.
     *
     * @param origin whether it happened before this participant entered the room, and {@link #onDirectMessage} has not
     *     announced it either
     */
    default void onEvent(P participant, ChatEvent event, EventOrigin origin) {}

    /**
     * The server's history of a room is not the one that was read there: from event {@code from} on it is another,
     * since the server was put back to an older copy or has lost the end of its log. What was read from there on is not
     * in the room any more. {@link #onRoomEntered} and the events from its {@code firstRestored} on follow, some of
     * which may have been read before.
     */
    default void onHistoryChanged(P participant, RoomName room, long from) {}

    /** Events {@code from} to {@code to} of a room were not kept long enough to be read. */
    default void onHistoryGone(P participant, RoomName room, long from, long to) {}

    /** A member's presence or role changed; joins and leaves are events. */
    default void onMemberChanged(P participant, RoomName room, Member member) {}

    /**
     * So many are in a {@linkplain io.kabar.chat.rules.RoomMode#QUIET quiet} room now, where nobody is told who enters
     * and leaves. Told within some seconds if an eighth has come or gone, else within a minute or so.
     */
    default void onMemberCount(P participant, RoomName room, int inside) {}

    /** This user has read a room up to this event on another device, as {@link Participant#markRead} there says. */
    default void onReadElsewhere(P participant, RoomName room, long sequence) {}

    /** Somebody is writing in a room; repeated every 3 seconds, and over after 6 seconds of silence. */
    default void onTyping(P participant, RoomName room, UserName from) {}

    /**
     * A value of a room has changed, by the event that was told just before. What the values are when a room is
     * entered, and after the network was away, {@link RoomState#values} of {@link #onRoomEntered} tells.
     *
     * @param value the new one; empty if it was taken away
     */
    default void onValueChanged(P participant, RoomName room, String key, Optional<RoomValue> value) {}

    /**
     * A program of somebody in a room has signalled something, as {@link Participant#signal}; the server's own comes
     * under its name. Of one person and key the newest is told: where this listener lags, those before it never are.
     */
    default void onSignal(P participant, RoomName room, UserName from, String key, byte[] bytes) {}

    /** The server has a word for this user; such as that it is about to be restarted. */
    default void onNotice(P participant, String sentence) {}

    /**
     * The client is signed out; no call follows. A client that never signed in is told so, too.
     *
     * @param sentence why, for a person; of {@link CloseReason#PUT_OUT} in the words of the server's host program
     */
    default void onClosed(P participant, CloseReason reason, String sentence) {}
}
