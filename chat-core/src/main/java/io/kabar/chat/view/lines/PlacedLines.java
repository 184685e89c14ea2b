package io.kabar.chat.view.lines;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Objects;

/**
 * Lines, each with a place by which it is found: places never fall from line to line. A line is added at the end,
 * dropped at the beginning and found by its index or place in a time that does not grow with their number; one is put
 * in the middle by moving the shorter part.
 */
public final class PlacedLines<T> extends AbstractList<T> {

    private static final int FEWEST = 16;

    /** A ring: the oldest line stands at {@code first}. Its length is a power of two. */
    private Object[] lines = new Object[FEWEST];

    private long[] places = new long[FEWEST];
    private int first;
    private int size;

    /** No lines. */
    public PlacedLines() {}

    @Override
    public int size() {
        return size;
    }

    @Override
    @SuppressWarnings("unchecked") // only lines are put in
    public T get(int index) {
        return (T) lines[at(Objects.checkIndex(index, size))];
    }

    /** The place of a line. */
    public long place(int index) {
        return places[at(Objects.checkIndex(index, size))];
    }

    /** How many lines stand at this place or before it. */
    public int upTo(long place) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (places[at(middle)] <= place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Puts a line in; its place is none before that of the line above it, nor behind that of the one below. */
    public void insert(int index, T line, long place) {
        Objects.checkIndex(index, size + 1);
        if (size == lines.length) {
            grow();
        }
        if (index < size / 2) {
            first = at(lines.length - 1);
            size++;
            for (int i = 0; i < index; i++) {
                move(i + 1, i);
            }
        } else {
            size++;
            for (int i = size - 1; i > index; i--) {
                move(i - 1, i);
            }
        }
        lines[at(index)] = line;
        places[at(index)] = place;
    }

    @Override
    public T set(int index, T line) {
        T before = get(index);
        lines[at(index)] = line;
        return before;
    }

    @Override
    public T remove(int index) {
        T gone = get(index);
        if (index < size / 2) {
            for (int i = index; i > 0; i--) {
                move(i - 1, i);
            }
            lines[at(0)] = null;
            first = at(1);
        } else {
            for (int i = index; i < size - 1; i++) {
                move(i + 1, i);
            }
            lines[at(size - 1)] = null;
        }
        size--;
        return gone;
    }

    /** No place is behind this one any more. */
    public void cap(long last) {
        for (int i = size - 1; i >= 0 && places[at(i)] > last; i--) {
            places[at(i)] = last;
        }
    }

    @Override
    public void clear() {
        lines = new Object[FEWEST];
        places = new long[FEWEST];
        first = 0;
        size = 0;
    }

    private int at(int index) {
        return (first + index) & (lines.length - 1);
    }

    private void move(int from, int to) {
        lines[at(to)] = lines[at(from)];
        places[at(to)] = places[at(from)];
    }

    private void grow() {
        Object[] moreLines = Arrays.copyOf(lines, 2 * lines.length);
        long[] morePlaces = new long[2 * lines.length];
        for (int i = 0; i < size; i++) {
            moreLines[i] = lines[at(i)];
            morePlaces[i] = places[at(i)];
        }
        lines = moreLines;
        places = morePlaces;
        first = 0;
    }
}
