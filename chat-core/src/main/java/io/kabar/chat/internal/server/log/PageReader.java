package io.kabar.chat.internal.server.log;

/**
 * How a cursor asks for events that are no longer in memory; answered by {@link Cursor#pageRead} or
 * {@link Cursor#pageFailed}.
 */
public interface PageReader {
    void readPage(Cursor cursor, long from);

    /** The cursor has met a defect of ours: its session is the one to end. */
    default void broke(RuntimeException cause) {
        throw cause;
    }
}
