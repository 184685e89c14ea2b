package io.kabar.chat.internal.client;

import io.kabar.chat.RoomName;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.wire.WireLimits;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.ClientMessageCodec;
import java.util.ArrayDeque;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The lanes on which a client speaks in rooms, on the present connection: what waits to be put on each, and on which
 * the server has not confirmed yet that the room was left. Until it has, what it says of such a lane is about the
 * earlier stay.
 */
final class RoomLanes {

    /** Bytes that may wait for room on lanes before new calls are refused. */
    private static final int WAITING = 64 * 1024;

    private static final class Lane {
        private final ArrayDeque<byte[]> waiting = new ArrayDeque<>(1);
        private int leaves;
        /** The room that was left last. */
        private String left = "";
    }

    private final @Nullable Lane[] lanes = new Lane[WireLimits.LANES];
    private @Nullable Connection connection;
    private int waitingBytes;

    /** Whether the server has fallen so far behind that nothing more should be asked of it. */
    boolean isFull() {
        return waitingBytes >= WAITING;
    }

    /** Messages that wait for room on their lanes. */
    int waiting() {
        int waiting = 0;
        for (Lane lane : lanes) {
            waiting += lane == null ? 0 : lane.waiting.size();
        }
        return waiting;
    }

    void connected(Connection newConnection) {
        connection = newConnection;
    }

    /** The connection is gone, and with it whatever was said or is to be confirmed on its lanes. */
    void disconnected() {
        connection = null;
        waitingBytes = 0;
        for (int lane = 0; lane < lanes.length; lane++) {
            lanes[lane] = null;
        }
    }

    /**
     * A lane that is not taken; 0 if all are. For a room that was just left it is the same one, as lanes overtake each
     * other; else, if possible, none that still is to be confirmed as left.
     */
    int free(RoomName room, IntPredicate taken) {
        int left = leaving(room.text());
        if (left > 0 && !taken.test(left)) {
            return left;
        }
        left = 0;
        for (int lane = 1; lane < lanes.length; lane++) {
            if (!taken.test(lane)) {
                if (!isLeaving(lane)) {
                    return lane;
                }
                left = left == 0 ? lane : left;
            }
        }
        return left;
    }

    /** Enters or looks again, now or when there is room on the lane; never if there is no connection. */
    void say(int lane, ClientMessage message) {
        if (connection == null) {
            return;
        }
        byte[] bytes = ClientMessageCodec.encode(message);
        ArrayDeque<byte[]> waiting = lane(lane).waiting;
        if (!waiting.isEmpty() || !connection.lane(lane).offer(bytes)) {
            waiting.add(bytes);
            waitingBytes += bytes.length;
        }
    }

    /** The lane of a room that was left, which is still to be confirmed; 0 if it was not, or is. */
    int leaving(String room) {
        for (int lane = 1; lane < lanes.length; lane++) {
            Lane known = lanes[lane];
            if (known != null && known.leaves > 0 && room.equals(known.left)) {
                return lane;
            }
        }
        return 0;
    }

    /** Leaves the room of a lane. */
    void leave(int lane, RoomName room, String reason) {
        if (connection != null) {
            lane(lane).leaves++;
            lane(lane).left = room.text();
            say(lane, new ClientMessage.Leave(reason));
        }
    }

    /** The server has confirmed that the room of a lane was left. */
    void confirmed(int lane) {
        lane(lane).leaves = Math.max(0, lane(lane).leaves - 1);
    }

    /** Whether what the server says of this lane is about a room that was left. */
    boolean isLeaving(int lane) {
        Lane known = lanes[lane];
        return known != null && known.leaves > 0;
    }

    /** A lane has room again. */
    void fill() {
        for (int lane = 1; connection != null && lane < lanes.length; lane++) {
            Lane known = lanes[lane];
            while (known != null
                    && !known.waiting.isEmpty()
                    && connection.lane(lane).offer(known.waiting.getFirst())) {
                waitingBytes -= known.waiting.removeFirst().length;
            }
        }
    }

    private Lane lane(int lane) {
        Lane known = lanes[lane];
        if (known == null) {
            known = new Lane();
            lanes[lane] = known;
        }
        return known;
    }
}
