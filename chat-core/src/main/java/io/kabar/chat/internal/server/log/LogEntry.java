package io.kabar.chat.internal.server.log;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.LogPosition;
import io.kabar.chat.MessageId;

/**
 * A committed event with what else is stored of it.
 *
 * @param event the event, with its number
 * @param id the sender's name for it; {@link MessageId#NONE} if nobody sent it
 * @param epoch of the run of a server that wrote it; 0 if that is not known
 */
public record LogEntry(ChatEvent event, MessageId id, long epoch) {

    /** What cannot be an epoch says nothing: carried on, it would keep everybody out of the room. */
    public LogEntry {
        epoch = epoch < 0 || epoch > LogPosition.MAX_EPOCH ? 0 : epoch;
    }

    /** An event of an epoch that is not known. */
    public LogEntry(ChatEvent event, MessageId id) {
        this(event, id, 0);
    }
}
