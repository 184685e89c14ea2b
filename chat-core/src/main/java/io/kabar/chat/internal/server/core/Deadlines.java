package io.kabar.chat.internal.server.core;

import java.util.Arrays;

/** The next deadline of many: a binary heap in which every item knows its place, so that moving one is cheap. */
public final class Deadlines {

    /** Something with one deadline at a time. */
    public abstract static class Item {
        private long deadline = Long.MAX_VALUE;
        private int place = -1;
    }

    private Item[] heap = new Item[16];
    private int size;

    public int size() {
        return size;
    }

    public long next() {
        return size == 0 ? Long.MAX_VALUE : heap[0].deadline;
    }

    /** The item that is due at {@code now}, or null. It stays where it is until it is set again. */
    @org.jspecify.annotations.Nullable
    public Item due(long now) {
        return size > 0 && heap[0].deadline <= now ? heap[0] : null;
    }

    public void set(Item item, long deadline) {
        if (deadline == Long.MAX_VALUE) {
            remove(item);
            return;
        }
        if (item.place < 0) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, 2 * size);
            }
            put(item, size++);
            item.deadline = deadline;
            up(item);
            return;
        }
        long before = item.deadline;
        item.deadline = deadline;
        if (deadline < before) {
            up(item);
        } else if (deadline > before) {
            down(item);
        }
    }

    public void remove(Item item) {
        if (item.place < 0) {
            return;
        }
        Item last = heap[--size];
        int place = item.place;
        item.place = -1;
        item.deadline = Long.MAX_VALUE;
        if (last != item) {
            put(last, place);
            up(last);
            down(last);
        }
    }

    private void up(Item item) {
        while (item.place > 0) {
            Item parent = heap[(item.place - 1) / 2];
            if (parent.deadline <= item.deadline) {
                return;
            }
            swap(item, parent);
        }
    }

    private void down(Item item) {
        while (true) {
            int child = 2 * item.place + 1;
            if (child >= size) {
                return;
            }
            if (child + 1 < size && heap[child + 1].deadline < heap[child].deadline) {
                child++;
            }
            if (heap[child].deadline >= item.deadline) {
                return;
            }
            swap(heap[child], item);
        }
    }

    private void swap(Item risen, Item fallen) {
        int place = risen.place;
        put(risen, fallen.place);
        put(fallen, place);
    }

    private void put(Item item, int place) {
        heap[place] = item;
        item.place = place;
    }
}
