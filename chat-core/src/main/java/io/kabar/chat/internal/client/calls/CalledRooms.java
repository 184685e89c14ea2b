package io.kabar.chat.internal.client.calls;

import io.kabar.chat.RoomName;

/** The rooms of a client, as far as calls about them have to know. */
public interface CalledRooms {

    /** Whether the client is in this room, or on its way into it. */
    boolean has(RoomName room);

    /** Whether the server has let the client in on the present connection. */
    boolean isInside(RoomName room);
}
