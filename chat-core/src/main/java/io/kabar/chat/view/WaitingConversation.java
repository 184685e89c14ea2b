package io.kabar.chat.view;

import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;

/**
 * A direct conversation in which something was said and that this user has not opened.
 *
 * @param with who is on the other side
 * @param sequence number of the first event to read there
 */
public record WaitingConversation(RoomName room, UserName with, long sequence) {

    /** Who is on the other side, if nobody knows how they are called. */
    static final UserName SOMEBODY = new UserName("somebody");
}
