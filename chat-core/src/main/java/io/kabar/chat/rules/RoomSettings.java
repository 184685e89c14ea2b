package io.kabar.chat.rules;

/**
 * What is set for a room, and how one stands in it oneself.
 *
 * @param modes of the room
 * @param description what it is for; empty if nobody has said it
 * @param standing of the user who asks
 */
public record RoomSettings(RoomModes modes, String description, Standing standing) {

    /** Nothing is set, and one is a guest. */
    public static final RoomSettings NONE = new RoomSettings(RoomModes.NONE, "", Standing.of(RoomRole.GUEST));

    /** The same with other modes. */
    public RoomSettings withModes(RoomModes other) {
        return new RoomSettings(other, description, standing);
    }

    /** The same with another description. */
    public RoomSettings withDescription(String other) {
        return new RoomSettings(modes, other, standing);
    }

    /** The same for somebody who stands otherwise. */
    public RoomSettings withStanding(Standing other) {
        return new RoomSettings(modes, description, other);
    }
}
