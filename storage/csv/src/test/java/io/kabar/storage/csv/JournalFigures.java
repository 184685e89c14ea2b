package io.kabar.storage.csv;

import io.kabar.chat.RoomName;
import io.kabar.chat.spi.Journal.Entry;
import io.kabar.storage.csv.segment.RoomFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Measures a journal that is there, in a program of its own so that its memory can be bounded. */
final class JournalFigures {

    private static final int PAGE = 100;
    private static final int PAGES = 500;

    private final Path data;
    private final long events;

    private JournalFigures(Path data, long events) {
        this.data = data;
        this.events = events;
    }

    /** Arguments: the data folder, how many events its lobby has. */
    public static void main(String[] args) throws IOException {
        JournalFigures figures = new JournalFigures(Path.of(args[0]), Long.parseLong(args[1]));
        figures.start("a start");
        figures.start("a start once more");
        RoomFolder folder = RoomFolder.of(figures.data.resolve("rooms"), RoomName.LOBBY);
        for (long segment : folder.segments()) {
            folder.index(segment).delete();
        }
        figures.start("a start without any index");
        try (OpenJournal journal = new OpenJournal(figures.data)) {
            figures.pages(journal, "while the indexes are made anew");
            figures.pages(journal, "with the indexes");
            figures.readThrough(journal);
            figures.reserve();
        }
        Files.delete(folder.membersFile());
        figures.start("a start without members.csv, which reads everything once");
    }

    private void start(String what) throws IOException {
        long begin = System.nanoTime();
        try (OpenJournal journal = new OpenJournal(data)) {
            print("%s: %d ms", what, (System.nanoTime() - begin) / 1_000_000);
            require(journal.lobby().last() == events);
        }
    }

    private void pages(OpenJournal journal, String when) {
        Random random = new Random(1);
        long[] nanos = new long[PAGES];
        for (int i = 0; i < PAGES; i++) {
            long from = 1 + random.nextLong(events - PAGE);
            long begin = System.nanoTime();
            List<Entry> page =
                    journal.read(RoomName.LOBBY, from, PAGE, Integer.MAX_VALUE).entries();
            nanos[i] = System.nanoTime() - begin;
            require(page.size() == PAGE && page.get(0).event().sequence() == from);
        }
        Arrays.sort(nanos);
        print(
                "%d pages of %d events from anywhere, %s: median %.2f ms, 99th %.2f ms, longest %.2f ms",
                PAGES, PAGE, when, nanos[PAGES / 2] / 1e6, nanos[PAGES * 99 / 100] / 1e6, nanos[PAGES - 1] / 1e6);
    }

    private void readThrough(OpenJournal journal) {
        long begin = System.nanoTime();
        long next = 1;
        while (next <= events) {
            List<Entry> page = journal.read(next, 1_000).entries();
            require(page.get(0).event().sequence() == next);
            next += page.size();
        }
        print("reading through all of it, as a search does: %.1f s", (System.nanoTime() - begin) / 1e9);
    }

    private void reserve() {
        System.gc();
        long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        print(
                "heap in use afterwards: %.1f MiB of %.0f",
                used / 1048576.0, Runtime.getRuntime().maxMemory() / 1048576.0);
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("the journal gave something else");
        }
    }

    private static void print(String form, Object... values) {
        System.out.println(String.format(Locale.ROOT, form, values));
    }
}
