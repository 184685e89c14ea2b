package io.kabar.chat;

/**
 * A room in a list of rooms.
 *
 * @param name its name
 * @param members how many users are in it
 * @param lastSequence number of its newest event; 0 if nothing ever happened there
 * @param topic its topic; empty if it has none
 */
public record RoomSummary(RoomName name, int members, long lastSequence, String topic) {

    /** Checks the bounds: see {@link Limits}. */
    public RoomSummary {
        Limits.requireNumber(lastSequence);
        Limits.requireLine(topic);
        if (members < 0) {
            throw new IllegalArgumentException("A room has no fewer than 0 members.");
        }
    }
}
