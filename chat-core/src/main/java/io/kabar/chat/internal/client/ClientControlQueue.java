package io.kabar.chat.internal.client;

import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.lane.Lane;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.ClientMessageCodec;
import java.util.ArrayDeque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks on lane 0. A lane holds what its peer has not acknowledged up to a bound; what is asked beyond it
 * waits here, in order. A connection that is gone takes all of it along: its next one is asked everything anew.
 */
final class ClientControlQueue {

    /** Bytes that may wait before new calls are refused: once more what the lane holds. */
    private static final int WAITING = Lane.CAPACITY;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Word(ClientMessage message, byte[] bytes) {}

    private final ArrayDeque<Word> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private @Nullable Connection connection;

    void connected(Connection newConnection) {
        connection = newConnection;
    }

    void disconnected() {
        connection = null;
        waiting.clear();
        waitingBytes = 0;
    }

    void addHeld(Map<String, Integer> held) {
        held.put("control", waiting.size());
    }

    /** Whether the server has fallen so far behind that nothing more should be asked of it. */
    boolean isFull() {
        return waitingBytes >= WAITING;
    }

    /** Says something, now or when there is room; never if there is no connection. */
    void say(ClientMessage message) {
        if (connection == null) {
            return;
        }
        byte[] bytes = ClientMessageCodec.encode(message);
        if (waiting.isEmpty() && connection.lane(0).offer(bytes)) {
            return;
        }
        waiting.removeIf(word -> isReplacedBy(word, message));
        waiting.add(new Word(message, bytes));
        waitingBytes += bytes.length;
    }

    /**
     * Of what only the newest counts of, only the newest waits: so what waits is bounded by the calls that were taken.
     */
    private boolean isReplacedBy(Word word, ClientMessage newer) {
        boolean replaced;
        if (newer instanceof ClientMessage.Read read) {
            replaced = word.message() instanceof ClientMessage.Read older && older.roomId() == read.roomId();
        } else if (newer instanceof ClientMessage.Credit credit) {
            replaced = word.message() instanceof ClientMessage.Credit older && older.roomId() == credit.roomId();
        } else {
            replaced = newer instanceof ClientMessage.Away && word.message() instanceof ClientMessage.Away;
        }
        waitingBytes -= replaced ? word.bytes().length : 0;
        return replaced;
    }

    /** The lane may have room again. */
    void fill() {
        while (connection != null
                && !waiting.isEmpty()
                && connection.lane(0).offer(waiting.getFirst().bytes())) {
            waitingBytes -= waiting.removeFirst().bytes().length;
        }
    }
}
