package io.kabar.swing.transcript;

/** What is selected: from a character of one row to one of another. Event thread only. */
final class Selection {

    /** A character of a row. */
    record Place(int row, int offset) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return row == other.row ? Integer.compare(offset, other.offset) : Integer.compare(row, other.row);
        }
    }

    private static final Place NOWHERE = new Place(-1, 0);

    private Place anchor = NOWHERE;
    private Place caret = NOWHERE;

    boolean isEmpty() {
        return anchor.row() < 0 || anchor.equals(caret);
    }

    void clear() {
        anchor = NOWHERE;
        caret = NOWHERE;
    }

    void begin(int row, int offset) {
        anchor = new Place(row, offset);
        caret = anchor;
    }

    /** Up to there, from where it was begun. */
    void extend(int row, int offset) {
        if (anchor.row() < 0) {
            begin(row, offset);
        }
        caret = new Place(row, offset);
    }

    Place anchor() {
        return anchor;
    }

    Place first() {
        return anchor.compareTo(caret) <= 0 ? anchor : caret;
    }

    Place last() {
        return anchor.compareTo(caret) <= 0 ? caret : anchor;
    }

    /** Which characters of a row are selected, of so many: from the first to before the second; equal if none are. */
    int[] of(int row, int length) {
        if (isEmpty() || row < first().row() || row > last().row()) {
            return new int[] {0, 0};
        }
        int from = row == first().row() ? Math.min(first().offset(), length) : 0;
        int to = row == last().row() ? Math.min(last().offset(), length) : length;
        return new int[] {from, to};
    }

    void added(int index, int rows) {
        anchor = shifted(anchor, index, rows);
        caret = shifted(caret, index, rows);
    }

    private static Place shifted(Place place, int index, int rows) {
        return place.row() >= index ? new Place(place.row() + rows, place.offset()) : place;
    }

    void removed(int index, int rows) {
        anchor = shiftedBack(anchor, index, rows);
        caret = shiftedBack(caret, index, rows);
        if (anchor.row() < 0 || caret.row() < 0) {
            clear();
        }
    }

    /** Of rows that are gone the beginning of the one below is left, or nothing if it was the whole. */
    private static Place shiftedBack(Place place, int index, int rows) {
        if (place.row() < index) {
            return place;
        }
        return place.row() >= index + rows ? new Place(place.row() - rows, place.offset()) : new Place(index, 0);
    }
}
