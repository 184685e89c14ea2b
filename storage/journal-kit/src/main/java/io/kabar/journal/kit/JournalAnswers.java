package io.kabar.journal.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.spi.Journal.Commits;
import io.kabar.chat.spi.Journal.Entry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects what a journal answers, in the order in which it does. All methods may be called from any thread. */
class JournalAnswers implements Commits {

    /**
     * The answer to a proposal, or a commit that was not proposed here.
     *
     * @param number which proposal; 0 if it was not proposed here
     * @param entry null if the proposal was refused
     */
    record Answer(long number, @Nullable Entry entry) {}

    /**
     * The answer to a read.
     *
     * @param number which read
     * @param first -1 if the read failed
     */
    record Page(long number, long first, List<Entry> entries) {}

    private final Duration patience;
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final Deque<Page> pages = new ArrayDeque<>();
    private final List<Long> forgotten = new ArrayList<>();
    private final Map<RoomName, Long> newest = new HashMap<>();
    private final List<RoomName> wanted = new ArrayList<>();
    private @Nullable Consumer<RoomName> giver;

    JournalAnswers(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void committed(long number, Entry entry) {
        add(number, entry);
    }

    /** The newest event of a room that was committed; 0 if none was. */
    synchronized long last(RoomName room) {
        return newest.getOrDefault(room, 0L);
    }

    final synchronized void add(long number, Entry entry) {
        newest.put(entry.event().room(), entry.event().sequence());
        answers.add(new Answer(number, entry));
        notifyAll();
    }

    @Override
    public synchronized void refused(long number, Refusal refusal) {
        answers.add(new Answer(number, null));
        notifyAll();
    }

    @Override
    public synchronized void onRead(long number, RoomName room, long first, List<Entry> entries) {
        pages.add(new Page(number, first, List.copyOf(entries)));
        notifyAll();
    }

    @Override
    public synchronized void readFailed(long number, RoomName room) {
        pages.add(new Page(number, -1, List.of()));
        notifyAll();
    }

    /** Takes rooms whose state the journal wants to have, once there is somebody who has it. */
    synchronized void whenWanted(Consumer<RoomName> state) {
        giver = state;
        wanted.forEach(state);
        wanted.clear();
    }

    @Override
    public synchronized void snapshotWanted(RoomName room) {
        if (giver == null) {
            wanted.add(room);
        } else {
            giver.accept(room);
        }
    }

    @Override
    public synchronized void forgotten(RoomName room, long first) {
        forgotten.add(first);
        notifyAll();
    }

    @Override
    public void warning(String sentence) {
        // An operator's.
    }

    synchronized Answer answer() {
        return next(answers, "an answer to a proposal");
    }

    /** The next answer, which is a commit. */
    Entry commit() {
        Answer answer = answer();
        Entry entry = answer.entry();
        return entry == null ? fail("proposal " + answer.number() + " was refused") : entry;
    }

    synchronized List<Answer> allAnswers() {
        return List.copyOf(answers);
    }

    synchronized Page page(long number) {
        Page page = next(pages, "an answer to a read");
        assertEquals(number, page.number(), "which read is answered");
        return page;
    }

    /** The first number that is kept, as soon as the journal has told that something was let go. */
    synchronized long forgotten() {
        awaitAny(forgotten, "that something was let go");
        return forgotten.get(forgotten.size() - 1);
    }

    private <T> T next(Deque<T> from, String what) {
        awaitAny(from, what);
        return from.remove();
    }

    private void awaitAny(Collection<?> from, String what) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (from.isEmpty()) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    fail("the journal has not told " + what + " within " + patience.toMillis() + " ms");
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail("interrupted while waiting for " + what);
        }
    }
}
