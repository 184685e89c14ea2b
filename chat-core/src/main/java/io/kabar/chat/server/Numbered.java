package io.kabar.chat.server;

import io.kabar.chat.ChatEvent;
import java.time.Instant;

/** Gives a draft its number, and its place in time: what every journal does when it commits. */
public final class Numbered {

    private Numbered() {}

    /** The same event with this sequence number. */
    public static ChatEvent withSequence(ChatEvent draft, long sequence) {
        if (draft instanceof ChatEvent.Said e) {
            return new ChatEvent.Said(e.room(), sequence, e.time(), e.from(), e.text(), e.action());
        } else if (draft instanceof ChatEvent.Joined e) {
            return new ChatEvent.Joined(e.room(), sequence, e.time(), e.from());
        } else if (draft instanceof ChatEvent.Left e) {
            return new ChatEvent.Left(e.room(), sequence, e.time(), e.from(), e.reason());
        } else if (draft instanceof ChatEvent.Topic e) {
            return new ChatEvent.Topic(e.room(), sequence, e.time(), e.from(), e.topic());
        }
        throw new AssertionError(draft);
    }

    /**
     * The same event at another time, as every journal needs it whose clock was set back: time never decreases in a
     * room.
     */
    public static ChatEvent withTime(ChatEvent event, Instant time) {
        if (event instanceof ChatEvent.Said e) {
            return new ChatEvent.Said(e.room(), e.sequence(), time, e.from(), e.text(), e.action());
        } else if (event instanceof ChatEvent.Joined e) {
            return new ChatEvent.Joined(e.room(), e.sequence(), time, e.from());
        } else if (event instanceof ChatEvent.Left e) {
            return new ChatEvent.Left(e.room(), e.sequence(), time, e.from(), e.reason());
        } else if (event instanceof ChatEvent.Topic e) {
            return new ChatEvent.Topic(e.room(), e.sequence(), time, e.from(), e.topic());
        }
        throw new AssertionError(event);
    }
}
