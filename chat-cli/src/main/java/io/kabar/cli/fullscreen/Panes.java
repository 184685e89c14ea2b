package io.kabar.cli.fullscreen;

import io.kabar.cli.input.Action;
import io.kabar.cli.screen.ScreenPainter;
import org.jspecify.annotations.Nullable;

/** Which lists are shown: as the width of the screen says, until the user says otherwise. */
final class Panes {

    private @Nullable Boolean rooms;
    private @Nullable Boolean roster;
    private boolean bare;
    private int columns;

    /** How wide the screen was when it was last drawn. */
    void drawn(int wide) {
        columns = wide;
    }

    void toggle(Action action) {
        if (action == Action.BARE) {
            bare = !bare;
        } else if (action == Action.TOGGLE_ROOMS) {
            rooms = !(rooms == null ? ScreenPainter.hasRooms(columns) : rooms);
        } else {
            roster = !(roster == null ? ScreenPainter.hasRoster(columns) : roster);
        }
    }

    @Nullable
    Boolean rooms() {
        return rooms;
    }

    @Nullable
    Boolean roster() {
        return roster;
    }

    boolean isBare() {
        return bare;
    }
}
