package io.kabar.chat.participant;

import static java.util.Objects.requireNonNull;

import io.kabar.chat.Amendment;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Limits;
import io.kabar.chat.Receipt;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import java.util.concurrent.CompletableFuture;

/**
 * What a user does to messages that were said before: answers, edits, deletes them, reacts to them. Each is an event of
 * the room, with a number of its own, whose {@link ChatEvent#ref} tells what it is about. A part of
 * {@link Participant}, where is said what holds of all calls.
 *
 * <p>A message is told by the number of its event, as {@link Receipt#sequence} or {@link ChatEvent#sequence} tell it. A
 * server keeps so much of what was done to old messages: beyond some thousand edits and reactions in a room those of
 * its oldest messages are not told any more.
 *
 * <p>Not for implementing outside tests: methods may be added.
 */
public interface MessageCalls {

    /**
     * Answers an event of a room this participant is in. Completes and fails as {@link Participant#send(RoomName,
     * String)}, and with {@link Refusal#BAD_REQUEST} if there is no such event.
     *
     * @throws IllegalArgumentException if the number is below 1
     */
    CompletableFuture<Receipt> reply(RoomName room, long sequence, String text);

    /**
     * Does something to a message in a room this participant is in. Completes and fails as {@link
     * Participant#send(RoomName, String)}; with {@link io.kabar.chat.ChatException.NotPermitted} if this user may not
     * do it, which says the rule and who can help; and with {@link Refusal#BAD_REQUEST} if there is no such event, or
     * if a reaction is there already, or is to be taken back and is not there.
     *
     * @throws IllegalArgumentException if the number is below 1
     */
    CompletableFuture<Receipt> amend(RoomName room, long sequence, Amendment amendment);

    /**
     * Lets a message of one's own read otherwise, within 24 hours unless the server says something else. Members who
     * have it see both that it was edited and how it reads now. Completes and fails as {@link #amend}.
     *
     * @throws IllegalArgumentException if the text is longer than any server accepts
     */
    default CompletableFuture<Receipt> edit(RoomName room, long sequence, String text) {
        return amend(room, sequence, new Amendment.Edited(text));
    }

    /**
     * Deletes a message: one's own, or that of somebody who is less in the room than a moderator who does it. Nobody is
     * given its text or that of its edits any more; who has read it has read it. Completes and fails as {@link #amend}.
     *
     * @param reason told to the others; may be empty, at most 390 characters
     */
    default CompletableFuture<Receipt> delete(RoomName room, long sequence, String reason) {
        return amend(room, sequence, new Amendment.Deleted(Limits.cutLine(reason)));
    }

    /**
     * Reacts to a message. Of each person and emoji one reaction counts. Completes and fails as {@link #amend}.
     *
     * @param emoji 1 to {@value io.kabar.chat.Limits#EMOJI_BYTES} bytes of UTF-8 without a space
     * @throws IllegalArgumentException if it is none
     */
    default CompletableFuture<Receipt> react(RoomName room, long sequence, String emoji) {
        return amend(room, sequence, new Amendment.Reacted(requireNonNull(emoji, "emoji"), false));
    }

    /** Takes a reaction back. Completes and fails as {@link #amend}. */
    default CompletableFuture<Receipt> unreact(RoomName room, long sequence, String emoji) {
        return amend(room, sequence, new Amendment.Reacted(requireNonNull(emoji, "emoji"), true));
    }
}
