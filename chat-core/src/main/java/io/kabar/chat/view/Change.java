package io.kabar.chat.view;

/** What of a {@link ChatModel} changed; a view repaints that part, as seldom as it likes. */
public enum Change {
    /** {@link ChatModel#status()}: the connection, how far behind, how much is queued. */
    STATUS,
    /** The list of rooms, the current one, or unread counts. */
    ROOMS,
    /** Who is in a room, their presence, its topic, or who is typing. */
    ROSTER,
    /** The lines of a transcript. */
    TRANSCRIPT
}
