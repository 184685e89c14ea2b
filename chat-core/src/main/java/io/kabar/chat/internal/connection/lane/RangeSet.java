package io.kabar.chat.internal.connection.lane;

import java.util.Arrays;

/** A set of numbers as ranges, ascending, apart from each other; from is included, to is not. Meant for few ranges. */
public final class RangeSet {
    private static final long[] NONE = {};

    /** from and to of each range, one after the other. */
    private long[] bounds = NONE;

    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    public int count() {
        return size / 2;
    }

    public long from(int range) {
        return bounds[2 * range];
    }

    public long to(int range) {
        return bounds[2 * range + 1];
    }

    public void add(long from, long to) {
        int first = firstBoundAtLeast(from);
        int left = first & ~1; // the range that from lies in or touches, else the next one
        int right = left;
        long newFrom = from;
        long newTo = to;
        while (right < size && bounds[right] <= to) {
            newFrom = Math.min(newFrom, bounds[right]);
            newTo = Math.max(newTo, bounds[right + 1]);
            right += 2;
        }
        replace(left, right, newFrom, newTo);
    }

    public void remove(long from, long to) {
        int left = 0;
        while (left < size && bounds[left + 1] <= from) {
            left += 2;
        }
        while (left < size && bounds[left] < to) {
            long rangeFrom = bounds[left];
            long rangeTo = bounds[left + 1];
            if (rangeFrom < from && rangeTo > to) {
                bounds[left + 1] = from;
                replace(left + 2, left + 2, to, rangeTo);
                return;
            }
            if (rangeFrom < from) {
                bounds[left + 1] = from;
                left += 2;
            } else if (rangeTo > to) {
                bounds[left] = to;
                return;
            } else {
                delete(left);
            }
        }
    }

    public void removeFirst() {
        delete(0);
    }

    /** Index of the first bound that is not below {@code value}. */
    private int firstBoundAtLeast(long value) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (bounds[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Puts one range where those from index {@code left} to before {@code right} were. */
    private void replace(int left, int right, long from, long to) {
        int newSize = size + 2 - (right - left);
        if (newSize > bounds.length) {
            bounds = Arrays.copyOf(bounds, Math.max(4, 2 * bounds.length));
        }
        System.arraycopy(bounds, right, bounds, left + 2, size - right);
        bounds[left] = from;
        bounds[left + 1] = to;
        size = newSize;
    }

    private void delete(int left) {
        System.arraycopy(bounds, left + 2, bounds, left, size - left - 2);
        size -= 2;
    }

    @Override
    public String toString() {
        return Arrays.toString(Arrays.copyOf(bounds, size));
    }
}
