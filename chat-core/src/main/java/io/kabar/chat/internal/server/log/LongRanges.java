package io.kabar.chat.internal.server.log;

import java.util.Arrays;

/** A set of numbers kept as sorted, disjoint, inclusive ranges; small when the numbers lie together. */
public final class LongRanges {

    private long[] bounds = new long[4];
    private int count;

    boolean isEmpty() {
        return count == 0;
    }

    /** Of how many ranges it consists. */
    int size() {
        return count;
    }

    long first() {
        return bounds[0];
    }

    long firstEnd() {
        return bounds[1];
    }

    void add(long from, long to) {
        if (from > to) {
            return;
        }
        int at = 0;
        while (at < count && bounds[2 * at + 1] + 1 < from) {
            at++;
        }
        int end = at;
        long low = from;
        long high = to;
        while (end < count && bounds[2 * end] <= to + 1) {
            low = Math.min(low, bounds[2 * end]);
            high = Math.max(high, bounds[2 * end + 1]);
            end++;
        }
        splice(at, end, low, high);
    }

    void remove(long from, long to) {
        if (from > to) {
            return;
        }
        int i = 0;
        while (i < count) {
            long low = bounds[2 * i];
            long high = bounds[2 * i + 1];
            if (high < from || low > to) {
                i++;
                continue;
            }
            splice(i, i + 1, low, Math.min(high, from - 1));
            if (low >= from) {
                delete(i);
            }
            add(to + 1, high);
        }
    }

    /** Whether every number from {@code from} to {@code to} is in the set. */
    boolean contains(long from, long to) {
        for (int i = 0; i < count && bounds[2 * i] <= from; i++) {
            if (to <= bounds[2 * i + 1]) {
                return true;
            }
        }
        return false;
    }

    /** Where the range begins that holds this number. */
    long startOf(long number) {
        return bounds[2 * rangeOf(number)];
    }

    /** Where the range ends that holds this number. */
    long endOf(long number) {
        return bounds[2 * rangeOf(number) + 1];
    }

    private int rangeOf(long number) {
        int i = 0;
        while (bounds[2 * i + 1] < number) {
            i++;
        }
        return i;
    }

    private void splice(int at, int end, long low, long high) {
        int size = count - (end - at) + 1;
        long[] next = bounds.length >= 2 * size ? bounds : Arrays.copyOf(bounds, 4 * size);
        System.arraycopy(bounds, 2 * end, next, 2 * at + 2, 2 * (count - end));
        next[2 * at] = low;
        next[2 * at + 1] = high;
        bounds = next;
        count = size;
    }

    private void delete(int at) {
        System.arraycopy(bounds, 2 * at + 2, bounds, 2 * at, 2 * (count - at - 1));
        count--;
    }
}
