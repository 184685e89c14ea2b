package io.kabar.chat.internal.room;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.MessageId;

/**
 * A committed event with the id its sender gave it.
 *
 * @param event the event, with its number
 * @param id {@link MessageId#NONE} if nobody sent it
 */
public record LogEntry(ChatEvent event, MessageId id) {}
