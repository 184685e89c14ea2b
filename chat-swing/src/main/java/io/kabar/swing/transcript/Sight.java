package io.kabar.swing.transcript;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;

/**
 * Which rows are in sight, and where. Only those are ever measured: the place is a row and how much of it is in sight,
 * not a distance from the first row. It follows the newest row until the reader goes up, and then stays with what they
 * read, whatever comes and goes above. Event thread only.
 */
final class Sight {

    /** How far the scroll bar goes for one row. */
    static final int UNIT = 1_000;

    /** A row in sight; {@code y} is that of its top, below zero if that is out of sight. */
    record Slot(int row, int y, int height) {

        int end() {
            return y + height;
        }
    }

    private final IntSupplier count;
    private final IntUnaryOperator heights;
    private final List<Slot> slots = new ArrayList<>();
    private int height;
    private boolean following = true;
    private int top;
    /** How much of the row at the top is below the upper edge: its end stays where it is if it grows or shrinks. */
    private int below;

    Sight(IntSupplier count, IntUnaryOperator heights) {
        this.count = count;
        this.heights = heights;
    }

    boolean isFollowing() {
        return following;
    }

    List<Slot> slots() {
        return slots;
    }

    /** Finds what is in sight where so much has room. */
    void lay(int room) {
        height = Math.max(1, room);
        slots.clear();
        int rows = count.getAsInt();
        if (rows == 0) {
            following = true;
            return;
        }
        if (following) {
            layFromEnd(rows);
            return;
        }
        top = Math.min(top, rows - 1);
        below = below <= 0 ? heights.applyAsInt(top) : below;
        int y = below - heights.applyAsInt(top);
        while (y > 0 && top > 0) { // it has become smaller
            top--;
            below = y;
            y -= heights.applyAsInt(top);
        }
        if (y > 0) {
            y = 0;
            below = heights.applyAsInt(0);
        }
        for (int row = top; row < rows && y < height; row++) {
            int high = heights.applyAsInt(row);
            slots.add(new Slot(row, y, high));
            y += high;
        }
        if (y <= height && top + slots.size() == rows) {
            following = true;
            slots.clear();
            layFromEnd(rows);
        }
    }

    private void layFromEnd(int rows) {
        int y = height;
        int row = rows;
        while (row > 0 && y > 0) {
            row--;
            int high = heights.applyAsInt(row);
            y -= high;
            slots.add(0, new Slot(row, y, high));
        }
        top = row;
        below = slots.get(0).end();
    }

    /** Goes so many pixels down, or (negative) up. */
    void scroll(int by) {
        int rows = count.getAsInt();
        if (rows == 0 || (by > 0 && following)) {
            return;
        }
        following = false;
        top = Math.min(top, rows - 1);
        below -= by;
        while (below <= 0 && top < rows - 1) {
            top++;
            below += heights.applyAsInt(top);
        }
        while (below > heights.applyAsInt(top) && top > 0) {
            below -= heights.applyAsInt(top);
            top--;
        }
        lay(height);
    }

    void toEnd() {
        following = true;
        lay(height);
    }

    /** Brings the top of a row to this height, as far as there are rows. */
    void show(int row, int y) {
        following = false;
        top = row;
        below = heights.applyAsInt(row) + y;
        scroll(0);
    }

    /** Brings a row into sight, with as little movement as that takes; {@code covered} at the top is not in sight. */
    void reveal(int row, int covered) {
        lay(height);
        for (Slot slot : slots) {
            if (slot.row() == row) {
                if (slot.y() < covered && slot.height() < height - covered) {
                    scroll(slot.y() - covered);
                } else if (slot.end() > height) {
                    scroll(Math.min(slot.end() - height, slot.y() - covered));
                }
                return;
            }
        }
        int high = heights.applyAsInt(row);
        boolean isAbove = slots.isEmpty() || row < slots.get(0).row();
        show(row, isAbove || high > height - covered ? covered : height - high);
    }

    /** So many rows were put in at {@code index}. */
    void added(int index, int rows) {
        if (index <= top) {
            top += rows;
        }
    }

    /** So many rows are gone that stood at {@code index}. */
    void removed(int index, int rows) {
        if (index + rows <= top) {
            top -= rows;
        } else if (index <= top) {
            top = index;
            below = 0; // the top of whatever stands there now
        }
    }

    // --- For a scroll bar, which counts in rows ---------------------------------------------------------------

    int maximum() {
        return count.getAsInt() * UNIT;
    }

    /** How much is in sight. */
    int extent() {
        return Math.min(maximum(), Math.max(1, slots.size()) * UNIT);
    }

    int value() {
        int last = maximum() - extent();
        if (following || slots.isEmpty()) {
            return last;
        }
        Slot first = slots.get(0);
        int value = first.row() * UNIT + (int) ((long) -first.y() * UNIT / Math.max(1, first.height()));
        return Math.max(0, Math.min(value, last - 1));
    }

    /** Goes where somebody has drawn the scroll bar to. */
    void value(int value) {
        if (value >= maximum() - extent()) {
            toEnd();
        } else {
            int row = value / UNIT;
            show(row, -(int) ((long) (value % UNIT) * heights.applyAsInt(row) / UNIT));
        }
    }
}
