package io.kabar.chat.server;

import io.kabar.chat.Amendment;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.ChatException;
import io.kabar.chat.Limits;
import io.kabar.chat.Member;
import io.kabar.chat.Payload;
import io.kabar.chat.Receipt;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomValue;
import io.kabar.chat.UserName;
import io.kabar.chat.rules.RoomModes;
import io.kabar.chat.rules.RoomSanction;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A room, as the server's host program keeps it. It stands for a name: it is good for as long as the server is,
 * whatever becomes of the room meanwhile.
 *
 * <p>Methods may be called from any thread and never block. Futures complete on the server's callback executor; each
 * may fail with {@link ChatException.Closed}, beside what is said at the method. The network has no part in it: clients
 * that are away read later what was said.
 *
 * <p>Not for implementing outside tests: methods may be added.
 */
public interface ServerRoom {

    /** Which room this is. */
    RoomName name();

    /**
     * The server itself says something: an event of the room's log as any other, by account 0 under the server's
     * {@link ChatServer#name}. Completes when the journal has it. The {@link io.kabar.chat.spi.Authorizer} is not
     * asked, and no rate limits it.
     *
     * <p>Fails with the refusals {@link Refusal#TOO_LARGE}, {@link Refusal#BAD_NAME} if a new room must not be called
     * so, {@link Refusal#BUSY} if there are too many rooms or too much waits for the journal, and
     * {@link Refusal#STORAGE} if the journal cannot store it.
     *
     * @throws IllegalArgumentException if there is nothing to see in it
     */
    CompletableFuture<Receipt> say(String text);

    /**
     * The server itself says something for programs: bytes with a media type, as
     * {@link io.kabar.chat.client.ChatClient#send(RoomName, Payload)}. Completes and fails as {@link #say}.
     */
    CompletableFuture<Receipt> send(Payload payload);

    /**
     * The server itself answers an event of the room. Completes and fails as {@link #say}, and with
     * {@link Refusal#BAD_REQUEST} if there is no such event.
     *
     * @throws IllegalArgumentException if there is nothing to see in it, or the number is below 1
     */
    CompletableFuture<Receipt> reply(long sequence, String text);

    /**
     * The server itself does something to a message: it edits what it has said, deletes what anybody has said, reacts.
     * Completes and fails as {@link #say}; with {@link Refusal#NOT_ALLOWED} if it is no message, is deleted, or is to
     * be edited and is somebody else's or too old; and with {@link Refusal#BAD_REQUEST} if there is no such event, or a
     * reaction is there already, or is to be taken back and is not there.
     *
     * @throws IllegalArgumentException if the number is below 1
     */
    CompletableFuture<Receipt> amend(long sequence, Amendment amendment);

    /** Lets a message of the server's read otherwise. Completes and fails as {@link #amend}. */
    default CompletableFuture<Receipt> edit(long sequence, String text) {
        return amend(sequence, new Amendment.Edited(text));
    }

    /**
     * Deletes a message, whoever has said it: nobody is given its text any more. Completes and fails as {@link #amend}.
     *
     * @param reason cut to 390 characters
     */
    default CompletableFuture<Receipt> delete(long sequence, String reason) {
        return amend(sequence, new Amendment.Deleted(Limits.cutLine(reason)));
    }

    /**
     * Everybody who is in the room now hears a word, as {@link io.kabar.chat.client.ChatClientListener#onNotice}; it is
     * not in the log, and whoever is away does not hear of it.
     *
     * @param sentence cut to 390 characters
     */
    CompletableFuture<Void> announce(String sentence);

    /**
     * The server itself sets a value of the room, as {@link io.kabar.chat.client.ChatClient#setValue}. Completes and
     * fails as {@link #say}; with {@link Refusal#NOT_ALLOWED} if the room has as many values as it may, and with
     * {@link Refusal#TOO_LARGE} if they would have too many bytes together.
     *
     * @throws IllegalArgumentException if that is no key, or the value is empty
     */
    CompletableFuture<Receipt> setValue(String key, Payload value);

    /** The server itself takes a value of the room away. Completes and fails as {@link #say}. */
    CompletableFuture<Receipt> removeValue(String key);

    /** The values of the room by their keys; none if there is no such room. */
    CompletableFuture<Map<String, RoomValue>> values();

    /**
     * Everybody who is in the room now hears a signal of the server's, as
     * {@link io.kabar.chat.client.ChatClientListener#onSignal}: it is sent once, and nobody keeps it. Nothing comes of
     * it in rooms of more than 256 sessions.
     *
     * @param key at most {@link io.kabar.chat.Limits#SIGNAL_KEY_BYTES} bytes of UTF-8; of each key only the newest
     *     signal counts
     * @throws IllegalArgumentException if there are more than {@link io.kabar.chat.Limits#SIGNAL_BYTES} bytes, or that
     *     is no key
     */
    void signal(String key, byte[] bytes);

    /** The topic; empty if there is none, or no such room. */
    CompletableFuture<String> topic();

    /** Sets the topic, cut to 390 characters; an empty one clears it. Completes and fails as {@link #say}. */
    CompletableFuture<Receipt> setTopic(String topic);

    /** What is set for the room; nothing if there is no such room. */
    CompletableFuture<RoomModes> modes();

    /**
     * The description; empty if there is none, or no such room, or if it is not kept any more. Fails with
     * {@link Refusal#STORAGE} if it cannot be read.
     */
    CompletableFuture<String> description();

    /** Describes the room, cut to 390 characters; an empty text clears that. Completes and fails as {@link #say}. */
    CompletableFuture<Receipt> describe(String description);

    /**
     * The server itself changes who may do what in the room: kicks, bans, mutes, invites, gives roles, sets modes. It
     * is an event of the room like any other; {@link RoomChange} makes such changes. No permission is asked for.
     *
     * <p>Completes and fails as {@link #say}; with {@link Refusal#NO_SUCH_USER} if there is nobody of that name, or
     * they are to be kicked and are not in the room.
     */
    CompletableFuture<Receipt> change(RoomChange change);

    /** Who is banned from the room, or muted in it, at present; nobody if there is no such room. */
    CompletableFuture<List<RoomSanction>> sanctions();

    /**
     * The newest events of the room, the oldest of them first; none if there is no such room. Fails with
     * {@link Refusal#STORAGE} if the journal cannot read them.
     *
     * @param count how many at most; no more than 256 are given, and fewer if they are long
     */
    CompletableFuture<List<ChatEvent>> newest(int count);

    /** The same from an event on, or from the first one that is kept behind it. */
    CompletableFuture<List<ChatEvent>> events(long from, int count);

    /** Who is in the room; nobody if there is no such room. */
    CompletableFuture<List<Member>> members();

    /**
     * Some of those who are in the room, by the beginning of their names or page by page, and how many there are;
     * nobody if there is no such room.
     */
    CompletableFuture<Member.Page> members(Member.Query query);

    /**
     * Puts a user out, with all their devices. The others see them leave for this reason; they are told it themselves
     * as {@link io.kabar.chat.client.ChatClientListener#onRoomLeft}, and what they say from now on is refused. They may
     * come back unless the {@link io.kabar.chat.spi.Authorizer} says no.
     *
     * <p>Fails with {@link Refusal#NO_SUCH_USER} if they are not in the room.
     *
     * @param reason cut to 390 characters
     */
    CompletableFuture<Void> putOut(UserName user, String reason);

    /**
     * Closes the room: everybody is put out but its owners, and nobody else may enter until it is opened again. The log
     * stays. Completes and fails as {@link #change}.
     *
     * @param reason cut to 390 characters
     */
    CompletableFuture<Void> close(String reason);
}
