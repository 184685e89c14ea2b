package io.kabar.chat.internal.client.calls;

import io.kabar.chat.RoomName;
import org.jspecify.annotations.Nullable;

/** The rooms of a client, as far as calls about them have to know. */
public interface CalledRooms {

    /**
     * The client's stay in this room, or its way into it; null if there is neither. Once the room was left and entered
     * again, it is another one.
     */
    @Nullable
    Object stay(RoomName room);

    /** Whether the server has let the client in on the present connection. */
    boolean isInside(RoomName room);
}
