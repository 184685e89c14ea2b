package io.kabar.chat.internal.client;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.HistoryPage;
import io.kabar.chat.HistorySpan;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.wire.EventCodec;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.ServerMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A piece of history on its way to this client: what has come of it, until all has. */
final class PendingHistory {

    /** Who wanted it. */
    interface Reader {
        void read(HistoryPage page);

        void failed(Refusal refusal);
    }

    final RoomName room;
    final HistorySpan span;
    final Reader reader;
    private final TreeMap<Long, byte[]> bodies = new TreeMap<>();
    private ServerMessage.@Nullable HistoryRange range;
    private long gone;

    PendingHistory(RoomName room, HistorySpan span, Reader reader) {
        this.room = room;
        this.span = span;
        this.reader = reader;
    }

    /** On a new connection it is asked from the beginning. */
    void askedAgain() {
        bodies.clear();
        range = null;
        gone = 0;
    }

    /** Which events are coming. */
    void announced(ServerMessage.HistoryRange announced) throws MalformedPacketException {
        boolean possible = announced.from() >= Math.max(1, span.from())
                && announced.to() >= announced.from() - 1
                && announced.to() - announced.from() < span.count()
                && (announced.to() < announced.from() || announced.to() <= announced.last());
        if (!possible) {
            throw new MalformedPacketException("a piece of history that was not asked for");
        }
        range = announced;
    }

    void event(long seq, byte[] body) throws MalformedPacketException {
        if (bodies.putIfAbsent(seq, body) == null && bodies.size() > span.count()) {
            throw new MalformedPacketException("more history than was asked for");
        }
    }

    /** Nothing up to this number is still to come. */
    void gone(long to) {
        gone = Math.max(gone, to);
    }

    /** Bodies held. */
    int size() {
        return bodies.size();
    }

    boolean isComplete() {
        if (range == null) {
            return false;
        }
        long from = Math.max(range.from(), gone + 1);
        long missing = range.to() - from + 1;
        return missing <= 0
                || (bodies.size() >= missing
                        && bodies.subMap(from, true, range.to(), true).size() == missing);
    }

    HistoryPage page() throws MalformedPacketException {
        if (range == null) {
            throw new IllegalStateException("not complete");
        }
        List<ChatEvent> events = new ArrayList<>();
        if (range.from() <= range.to()) {
            for (Map.Entry<Long, byte[]> body :
                    bodies.subMap(range.from(), true, range.to(), true).entrySet()) {
                events.add(EventCodec.decode(room, body.getKey(), body.getValue()));
            }
        }
        return new HistoryPage(room, events, range.firstKept(), range.last());
    }
}
