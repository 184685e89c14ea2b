package io.kabar.storage.csv;

/** The highest number of any room that was dropped: no room that is made later begins below, so none is given twice. */
final class DroppedNumbers {

    private volatile long last;

    /** A room whose newest event had this number is gone. Called by one thread at a time. */
    void dropped(long number) {
        last = Math.max(last, number);
    }

    long last() {
        return last;
    }
}
