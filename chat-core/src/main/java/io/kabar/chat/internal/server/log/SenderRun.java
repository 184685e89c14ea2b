package io.kabar.chat.internal.server.log;

import io.kabar.chat.Author;
import io.kabar.chat.MessageId;

/**
 * One run of one user's clients, within which what is said has an order. It is its user's own: nobody takes another's
 * by guessing its number.
 *
 * @param user the user's account, whatever it is called; of who has none, the name as it is written: of two who share a
 *     key, each has their own
 * @param run as in {@link MessageId#run()}
 */
public record SenderRun(String user, long run) {

    /** The run that a message of this user belongs to. */
    public static SenderRun of(Author from, MessageId id) {
        return new SenderRun(user(from), id.run());
    }

    /** Who somebody is whatever they are called. No name begins like the number of an account. */
    static String user(Author from) {
        return from.account() == 0 ? from.name().text() : "#" + from.account();
    }
}
