package io.kabar.chat.internal.server.log;

import io.kabar.chat.MessageId;
import io.kabar.chat.UserName;

/**
 * One run of one user's clients, within which what is said has an order. It is its user's own: nobody takes another's
 * by guessing its number.
 *
 * @param user the user's name as it is written: of two who share a key, each has their own
 * @param run as in {@link MessageId#run()}
 */
public record SenderRun(String user, long run) {

    /** The run that a message of this user belongs to. */
    public static SenderRun of(UserName from, MessageId id) {
        return new SenderRun(from.text(), id.run());
    }
}
