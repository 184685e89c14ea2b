package io.kabar.chat.internal.client;

import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.wire.ClientMessage;
import io.kabar.chat.internal.wire.ClientMessageCodec;
import io.kabar.chat.internal.wire.WireLimits;
import java.util.ArrayDeque;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The lanes on which a client speaks in rooms, on the present connection: what waits to be put on each, and on which
 * the server has not confirmed yet that the room was left. Until it has, what it says of such a lane is about the
 * earlier stay.
 */
final class RoomLanes {

    private static final class Lane {
        private final ArrayDeque<byte[]> waiting = new ArrayDeque<>(1);
        private int leaves;
    }

    private final @Nullable Lane[] lanes = new Lane[WireLimits.LANES];
    private @Nullable Connection connection;

    void connected(Connection newConnection) {
        connection = newConnection;
    }

    /** The connection is gone, and with it whatever was said or is to be confirmed on its lanes. */
    void disconnected() {
        connection = null;
        for (int lane = 0; lane < lanes.length; lane++) {
            lanes[lane] = null;
        }
    }

    /** A lane that is not taken, if possible none that still is to be confirmed as left; 0 if all are taken. */
    int free(IntPredicate taken) {
        int left = 0;
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
        }
    }

    /** Leaves the room of a lane. */
    void leave(int lane, String reason) {
        if (connection != null) {
            lane(lane).leaves++;
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
                known.waiting.removeFirst();
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
