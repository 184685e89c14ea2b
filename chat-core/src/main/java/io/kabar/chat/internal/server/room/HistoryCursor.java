package io.kabar.chat.internal.server.room;

import io.kabar.chat.internal.server.log.Cursor;

/** A piece of history that a session reads: a cursor that ends at event {@code to}. */
record HistoryCursor(long request, Cursor cursor, long to) {

    boolean isOver() {
        return cursor.delivered() >= to;
    }
}
