package io.kabar.cli.terminal;

import java.time.Duration;
import java.util.List;
import org.jline.utils.AttributedString;

/**
 * What is to be seen on a terminal until something changes.
 *
 * @param rows as many as it has, none wider than it is
 * @param cursorRow where the cursor stands, from 0
 * @param cursorColumn where in that row
 * @param title of the terminal's window
 * @param good how long it says what is true, if nothing changes
 */
public record Frame(List<AttributedString> rows, int cursorRow, int cursorColumn, String title, Duration good) {

    /** Keeps the list unmodifiable. */
    public Frame {
        rows = List.copyOf(rows);
    }

    /** Who draws: asked for the newest picture when there is time to show it. Called on the drawing thread. */
    @FunctionalInterface
    public interface Source {

        /** The picture of a terminal of this size, at least one row and one column. */
        Frame next(int columns, int rows);
    }
}
