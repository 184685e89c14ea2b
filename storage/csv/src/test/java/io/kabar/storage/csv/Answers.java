package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.spi.Journal.Commits;
import io.kabar.chat.spi.Journal.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects what a journal answers. */
public final class Answers implements Commits {

    /**
     * One answer.
     *
     * @param entries of a commit or a read
     * @param refusal of a refusal
     * @param first of a read; -1 if it failed
     */
    record Answer(
            long ticket, List<Entry> entries, @Nullable Refusal refusal, long first) {
        List<String> texts() {
            return entries.stream()
                    .map(entry -> entry.event().isSaid() ? entry.event().text() : "")
                    .toList();
        }

        List<ChatEvent> events() {
            return entries().stream().map(Entry::event).toList();
        }

        List<Long> numbers() {
            return entries.stream().map(entry -> entry.event().sequence()).toList();
        }
    }

    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final List<String> forgotten = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final BlockingQueue<RoomName> told = new LinkedBlockingQueue<>();
    private final Map<RoomName, Long> newest = new ConcurrentHashMap<>();
    private final List<RoomName> wanted = new ArrayList<>();
    private @Nullable Consumer<RoomName> giver;

    /** The newest event of a room that was committed; 0 if none was. */
    long last(RoomName room) {
        return newest.getOrDefault(room, 0L);
    }

    @Override
    public void committed(long ticket, Entry entry) {
        newest.put(entry.event().room(), entry.event().sequence());
        answers.add(new Answer(ticket, List.of(entry), null, 0));
    }

    @Override
    public void refused(long ticket, Refusal refusal) {
        answers.add(new Answer(ticket, List.of(), refusal, 0));
    }

    @Override
    public void onRead(long ticket, RoomName room, long first, List<Entry> entries) {
        answers.add(new Answer(ticket, entries, null, first));
    }

    @Override
    public void readFailed(long ticket, RoomName room) {
        answers.add(new Answer(ticket, List.of(), null, -1));
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
    public void forgotten(RoomName room, long first) {
        forgotten.add(room + " before " + first);
        told.add(room);
    }

    @Override
    public void warning(String sentence) {
        warnings.add(sentence);
    }

    /** Waits until something was let go of, in which room it tells. */
    RoomName nextForgotten() {
        try {
            RoomName room = told.poll(30, TimeUnit.SECONDS);
            assertThat(room).as("something let go of within 30 s").isNotNull();
            return room;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What was let go of, in order. */
    List<String> forgotten() {
        return List.copyOf(forgotten);
    }

    /** What the operator was told. */
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    Answer next() {
        try {
            Answer answer = answers.poll(30, TimeUnit.SECONDS);
            assertThat(answer).as("an answer within 30 s").isNotNull();
            return answer;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    List<Answer> next(int count) {
        List<Answer> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(next());
        }
        return some;
    }

    boolean isEmpty() {
        return answers.isEmpty();
    }
}
