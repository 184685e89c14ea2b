package io.kabar.cli.screen;

import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Where somebody reads in one transcript: at its newest line, or fixed to another, which stays where it is whatever
 * comes below or above. Confined to the model's executor.
 */
public final class Scroll {

    /** The line at the bottom; without one the newest. */
    private OptionalLong bottom = OptionalLong.empty();
    /** How many rows of it are below the bottom. */
    private int hidden;
    /** Rows still to go up, or down if negative; where that leads is known when it is drawn. */
    private int pending;
    /** Whether the first row of the line at the bottom is to stand at the top. */
    private boolean fromTop;

    private final Set<Long> visible = new HashSet<>();
    private boolean atTop;
    private int below;

    public Scroll() {}

    /** Goes up some rows, or down if negative. */
    public void by(int rows) {
        pending += rows;
    }

    /** To the newest line, and stays with it. */
    public void toNewest() {
        bottom = OptionalLong.empty();
        hidden = 0;
        pending = 0;
        fromTop = false;
    }

    /** Brings a line before the reader's eyes, with some rows below it. */
    public void show(long line, int rowsBelow) {
        bottom = OptionalLong.of(line);
        hidden = 0;
        pending = -rowsBelow;
        fromTop = false;
    }

    /** Brings the beginning of a line to the top, for one that is longer than a screen. */
    public void showFromTop(long line) {
        show(line, 0);
        fromTop = true;
    }

    /** Whether the newest line is in sight. */
    public boolean isAtNewest() {
        return bottom.isEmpty() && pending <= 0;
    }

    /** Whether the oldest line was in sight when it was last drawn. */
    public boolean isAtTop() {
        return atTop;
    }

    /** How many lines were below when it was last drawn. */
    public int below() {
        return below;
    }

    /** Whether the whole line was in sight when it was last drawn. */
    public boolean shows(long line) {
        return visible.contains(line);
    }

    // --- For who draws -----------------------------------------------------------------------------------------

    OptionalLong bottom() {
        return bottom;
    }

    int hidden() {
        return hidden;
    }

    boolean takeFromTop() {
        boolean top = fromTop;
        fromTop = false;
        return top;
    }

    int takePending() {
        int rows = pending;
        pending = 0;
        return rows;
    }

    void drawn(OptionalLong bottomLine, int hiddenRows, boolean top, int linesBelow, Set<Long> whole) {
        bottom = bottomLine;
        hidden = hiddenRows;
        atTop = top;
        below = linesBelow;
        visible.clear();
        visible.addAll(whole);
    }
}
