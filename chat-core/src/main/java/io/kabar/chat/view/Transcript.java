package io.kabar.chat.view;

import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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

    void notice(Instant time, TranscriptLine.Notice.Kind kind, String text) {
        append(new TranscriptLine.Notice(nextId++, time, kind, VisibleText.of(text)));
    }

    void move(Instant time, UserName who, boolean joined, String reason) {
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
            append(new TranscriptLine.Comings(nextId++, time, List.of(move)));
        }
    }

    /** A line of the log; {@code line} gives it the id it is asked to have. */
    long said(LineWithId line) {
        long id = nextId++;
        append(line.withId(id));
        return id;
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
            append(line);
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
        changed();
    }

    private void append(TranscriptLine line) {
        if (log.size() >= MAX_LINES) {
            log.remove(0);
        }
        log.add(line);
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
