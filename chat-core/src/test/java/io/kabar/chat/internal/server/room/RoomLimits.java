package io.kabar.chat.internal.server.room;

/** Bounds that tests of the whole server need to know. */
public final class RoomLimits {

    public static final int KEPT_FOR_ROOMS = SessionRooms.KEPT_FOR_ROOMS;
    public static final int DIRECT_TOLD = Conversations.Told.MOST;
    public static final int LOOKED_THROUGH = Conversations.LOOKED_THROUGH;
    public static final int RESTORED_SLICE = RestoredMembers.SLICE;

    private RoomLimits() {}
}
