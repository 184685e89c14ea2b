package io.kabar.cli.screen;

import org.jspecify.annotations.Nullable;

/**
 * What has a place on a screen of this size: below 100 columns the members give way, below 72 the rooms, below 14 rows
 * the rulers. Whoever asks for one of them gets it as long as half of the columns stay for what is said.
 *
 * @param rooms columns of the list of rooms; 0 for none
 * @param roster columns of the list of members; 0 for none
 * @param ruled whether rulers part the regions
 */
record Arrangement(int columns, int rows, int rooms, int roster, boolean ruled) {

    private static final int WITH_ROSTER = 100;
    private static final int WITH_ROOMS = 72;
    private static final int WITH_RULERS = 14;
    private static final int ROOMS = 18;
    private static final int ROSTER = 16;

    static boolean hasRooms(int columns) {
        return columns >= WITH_ROOMS;
    }

    static boolean hasRoster(int columns) {
        return columns >= WITH_ROSTER;
    }

    /** Room and roster are shown as the size says, unless the user has said otherwise. */
    record Wishes(@Nullable Boolean rooms, @Nullable Boolean roster) {}

    static Arrangement of(int columns, int rows, Wishes wishes) {
        boolean wantsRooms = wishes.rooms() == null ? hasRooms(columns) : wishes.rooms();
        boolean wantsRoster = wishes.roster() == null ? hasRoster(columns) : wishes.roster();
        int most = columns / 2;
        int forRooms = wantsRooms ? Math.min(ROOMS, Math.max(0, most - 2)) : 0;
        int forRoster = wantsRoster ? Math.min(ROSTER, Math.max(0, most - 2 - forRooms)) : 0;
        return new Arrangement(columns, rows, forRooms, forRoster < ROSTER / 2 ? 0 : forRoster, rows >= WITH_RULERS);
    }

    boolean hasRooms() {
        return rooms > 0;
    }

    boolean hasRoster() {
        return roster > 0;
    }

    /** Columns of what is said. */
    int middle() {
        return Math.max(1, columns - (hasRooms() ? rooms + 2 : 0) - (hasRoster() ? roster + 2 : 0));
    }
}
