package io.kabar.chat;

/** Whether an event is news to whoever is told of it. */
public enum EventOrigin {
    /** It happened after the reader entered the room. */
    LIVE,
    /** It is read from the room's log: it happened before the reader entered. */
    HISTORY
}
