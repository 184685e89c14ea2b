package io.kabar.chat.view;

import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one room, or of no room, oldest first: those that stand in their place, then own messages that are still
 * <em>sending</em>. At most {@link #MAX_LINES} stand; older ones make room. Confined to the model's executor.
 */
public final class Transcript {

    /** Lines kept, as many as people scroll back through. */
    public static final int MAX_LINES = 5_000;

    private final @Nullable RoomName room;
    private final Observers observers;
    private final List<TranscriptLine> log = new ArrayList<>();
    /** For each line of the log the number of its event, or that of the event it follows; never falling. */
    private final List<Long> places = new ArrayList<>();
    /** Numbers of the events that stand here. */
    private final TreeSet<Long> numbers = new TreeSet<>();

    private long oldest = Long.MAX_VALUE;
    private final List<TranscriptLine.Said> sending = new ArrayList<>();
    private long nextId = 1;

    Transcript(@Nullable RoomName room, Observers observers) {
        this.room = room;
        this.observers = observers;
    }

    /** The room this is of; empty for what belongs to no room. */
    public Optional<RoomName> room() {
        return Optional.ofNullable(room);
    }

    /** How many lines there are. */
    public int size() {
        return log.size() + sending.size();
    }

    /** A line by its place, 0 the oldest. */
    public TranscriptLine line(int index) {
        return index < log.size() ? log.get(index) : sending.get(index - log.size());
    }

    /** All lines, a copy. */
    public List<TranscriptLine> lines() {
        List<TranscriptLine> lines = new ArrayList<>(log);
        lines.addAll(sending);
        return lines;
    }

    /** How many own messages have no number yet. */
    public int queued() {
        return (int) sending.stream()
                .filter(line -> line.state().phase() == SendState.Phase.SENDING)
                .count();
    }

    /** From this event on nothing is left out up to the newest; empty if there is none. */
    OptionalLong oldest() {
        return oldest == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(oldest);
    }

    /** All events from this number on have been shown, or have nothing to show. */
    void completeFrom(long sequence) {
        oldest = Math.min(oldest, sequence);
    }

    /** Number of the newest message of this user that was accepted and stands here. */
    OptionalLong lastOwn() {
        for (int i = size() - 1; i >= 0; i--) {
            if (line(i) instanceof TranscriptLine.Said said
                    && said.own()
                    && said.state().sequence() > 0) {
                return OptionalLong.of(said.state().sequence());
            }
        }
        return OptionalLong.empty();
    }

    private void happened(long sequence) {
        numbers.add(sequence);
        completeFrom(sequence);
    }

    void notice(Instant time, TranscriptLine.Notice.Kind kind, String text) {
        append(lastPlace(), new TranscriptLine.Notice(nextId++, time, kind, VisibleText.of(text)));
    }

    /** What an event has to say that nobody said. */
    void notice(long sequence, Instant time, TranscriptLine.Notice.Kind kind, String text) {
        happened(sequence);
        append(sequence, new TranscriptLine.Notice(nextId++, time, kind, VisibleText.of(text)));
    }

    void move(long sequence, Instant time, UserName who, boolean joined, String reason) {
        happened(sequence);
        TranscriptLine.Move move = new TranscriptLine.Move(who, joined, VisibleText.onOneLine(reason));
        int last = log.size() - 1;
        if (last >= 0
                && log.get(last) instanceof TranscriptLine.Comings run
                && run.moves().size() < Folding.MAX_MOVES) {
            List<TranscriptLine.Move> moves = new ArrayList<>(run.moves());
            moves.add(move);
            TranscriptLine grown = new TranscriptLine.Comings(run.id(), time, moves);
            log.set(last, grown);
            told(grown);
        } else {
            append(sequence, new TranscriptLine.Comings(nextId++, time, List.of(move)));
        }
    }

    /** A line of the log; {@code line} gives it the id it is asked to have. */
    long said(long sequence, LineWithId line) {
        long id = nextId++;
        happened(sequence);
        append(sequence, line.withId(id));
        return id;
    }

    /**
     * Puts an event of the past in its place among the lines; nothing if it stands there already, or if there are {@link
     * #MAX_LINES}.
     */
    void restored(long sequence, LongFunction<TranscriptLine> line) {
        if (log.size() >= MAX_LINES || !numbers.add(sequence)) {
            return;
        }
        int at = log.size();
        while (at > 0 && places.get(at - 1) > sequence) {
            at--;
        }
        TranscriptLine made = line.apply(nextId++);
        log.add(at, made);
        places.add(at, sequence);
        told(made);
    }

    /** An own message on its way; its id finds it again. */
    long sending(LineWithId line) {
        long id = nextId++;
        sending.add(line.withId(id));
        changed();
        return id;
    }

    /** An own message has its number, or will never have one; nothing if it stands in the log already. */
    boolean settle(long id, SendState state) {
        int index = Collections.binarySearch(
                sending.stream().map(TranscriptLine.Said::id).toList(), id);
        if (index < 0) {
            return false;
        }
        TranscriptLine.Said line = sending.get(index).with(state);
        if (state.phase() == SendState.Phase.REFUSED) {
            sending.remove(index);
            append(lastPlace(), line);
        } else {
            sending.set(index, line);
            changed();
        }
        return true;
    }

    /**
     * Takes the own message that has come back as event {@code sequence} off those on their way. Its number tells which
     * it is; while the number is not known yet, the oldest with the same words is as good as any other of them.
     */
    void returned(long sequence, String text, boolean action) {
        if (!sending.removeIf(line -> line.state().sequence() == sequence)) {
            sending.stream()
                    .filter(line -> line.state().phase() == SendState.Phase.SENDING)
                    .filter(line -> line.action() == action && line.text().equals(text))
                    .findFirst()
                    .ifPresent(sending::remove);
        }
    }

    void clear() {
        log.clear();
        places.clear();
        numbers.clear();
        oldest = Long.MAX_VALUE;
        changed();
    }

    private long lastPlace() {
        return places.isEmpty() ? 0 : places.get(places.size() - 1);
    }

    private void append(long place, TranscriptLine line) {
        if (log.size() >= MAX_LINES) {
            log.remove(0);
            numbers.headSet(places.remove(0), true).clear();
            oldest = Math.max(oldest, places.get(0));
        }
        log.add(line);
        places.add(Math.max(place, lastPlace()));
        told(line);
    }

    private void told(TranscriptLine line) {
        observers.onLine(this, line);
        changed();
    }

    private void changed() {
        observers.onChanged(Change.TRANSCRIPT, room);
    }

    /** Makes a line once its id is known. */
    @FunctionalInterface
    interface LineWithId {
        TranscriptLine.Said withId(long id);
    }
}
