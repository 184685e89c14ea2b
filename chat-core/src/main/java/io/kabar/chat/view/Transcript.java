package io.kabar.chat.view;

import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.view.words.AmendmentWording;
import io.kabar.chat.view.words.VisibleText;
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
    private long newest;
    private final List<TranscriptLine.Said> sending = new ArrayList<>();
    private long nextId = 1;
    /** The line that says why there is nothing above it; 0 for none. */
    private long top;

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

    /** Number of the newest message of somebody else that stands here. */
    OptionalLong lastOfOthers() {
        for (int i = log.size() - 1; i >= 0; i--) {
            if (log.get(i) instanceof TranscriptLine.Said said && !said.own()) {
                return OptionalLong.of(said.state().sequence());
            }
        }
        return OptionalLong.empty();
    }

    /** The words of a message that stands here, short and behind a colon; nothing if it does not. */
    String words(long sequence) {
        TranscriptLine.Said line = said(sequence);
        return line == null ? "" : AmendmentWording.shortly(line.text());
    }

    /** Whether no older line finds a place any more. */
    boolean isFull() {
        // One place is for the line at the top.
        return log.size() >= MAX_LINES - 1;
    }

    /** Lines of what is older than event {@code sequence} will stand above all others, whenever they come. */
    void beginAfter(long sequence) {
        newest = Math.max(newest, sequence);
    }

    /** What stands here of event {@code from} and later ones stays as it is; others will have their numbers. */
    void differFrom(long from) {
        places.replaceAll(place -> Math.min(place, from - 1));
        numbers.tailSet(from, true).clear();
        newest = Math.min(newest, from - 1);
        oldest = Long.MAX_VALUE;
        for (TranscriptLine.Said line : List.copyOf(sending)) {
            if (line.state().sequence() >= from) {
                sending.remove(line);
                append(lastPlace(), line);
            }
        }
        changed();
    }

    private void happened(long sequence) {
        beginAfter(sequence);
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
     * Puts an event of the past in its place among the lines; nothing if it stands there already, or if there are
     * {@link #MAX_LINES}.
     */
    void restored(long sequence, LongFunction<TranscriptLine> line) {
        if (isFull() || !numbers.add(sequence)) {
            return;
        }
        int at = indexAfter(sequence - 1);
        TranscriptLine made = line.apply(nextId++);
        log.add(at, made);
        places.add(at, sequence);
        told(made);
    }

    /** The line of a message that stands here; null if it does not. */
    TranscriptLine.@Nullable Said said(long sequence) {
        if (!numbers.contains(sequence)) {
            return null;
        }
        for (int i = log.size() - 1; i >= 0; i--) {
            if (log.get(i) instanceof TranscriptLine.Said said && said.state().sequence() == sequence) {
                return said;
            }
        }
        return null;
    }

    /** A message reads otherwise by now. */
    void replace(TranscriptLine.Said line) {
        int index = indexOf(line.id());
        if (index >= 0 && !log.get(index).equals(line)) {
            log.set(index, line);
            changed();
        }
    }

    /** An event that has no line of its own. */
    void silent(long sequence) {
        beginAfter(sequence);
        completeFrom(sequence);
    }

    /** Where lines stand that belong behind event {@code sequence}: before all that belong to later ones. */
    private int indexAfter(long sequence) {
        int at = log.size();
        while (at > 0 && places.get(at - 1) > sequence) {
            at--;
        }
        return at;
    }

    /** The line before event {@code sequence} that says since when what follows is new. */
    long sinceLeft(long sequence, Instant time, String words) {
        long id = nextId++;
        append(sequence, new TranscriptLine.Notice(id, time, TranscriptLine.Notice.Kind.SINCE_LEFT, words));
        return id;
    }

    /** Says a line anew, as more is known by now. */
    void retell(long id, String words) {
        int index = indexOf(id);
        if (index >= 0) {
            TranscriptLine.Notice known = (TranscriptLine.Notice) log.get(index);
            TranscriptLine.Notice told = new TranscriptLine.Notice(id, known.time(), known.kind(), words);
            log.set(index, told);
            told(told);
        }
    }

    /** Brings the line of {@link #sinceLeft} before another event, or puts it there if there is none; gives its id. */
    long moveSinceLeft(long line, long sequence, Instant time, String words) {
        int index = line == 0 ? -1 : indexOf(line);
        if (index >= 0) {
            log.remove(index);
            places.remove(index);
        }
        long id = index >= 0 ? line : nextId++;
        int at = indexAfter(sequence - 1);
        log.add(at, new TranscriptLine.Notice(id, time, TranscriptLine.Notice.Kind.SINCE_LEFT, words));
        places.add(at, sequence);
        changed();
        return id;
    }

    /** Whether a line says why there is nothing above it. */
    boolean hasTop() {
        return top != 0 && !log.isEmpty() && log.get(0).id() == top;
    }

    /** Says, above all else, why there is nothing older. */
    void top(String words) {
        if (hasTop()) {
            log.remove(0);
            places.remove(0);
        }
        if (log.size() >= MAX_LINES) {
            dropOldest();
        }
        if (!log.isEmpty()) {
            top = nextId++;
            log.add(0, new TranscriptLine.Notice(top, log.get(0).time(), TranscriptLine.Notice.Kind.INFO, words));
            places.add(0, 0L);
            changed();
        }
    }

    private int indexOf(long id) {
        for (int i = log.size() - 1; i >= 0; i--) {
            if (log.get(i).id() == id) {
                return i;
            }
        }
        return -1;
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
        return places.isEmpty() ? newest : places.get(places.size() - 1);
    }

    private void append(long place, TranscriptLine line) {
        if (log.size() >= MAX_LINES) {
            dropOldest();
        }
        log.add(line);
        places.add(Math.max(place, lastPlace()));
        told(line);
    }

    private void dropOldest() {
        TranscriptLine line = log.remove(0);
        long place = places.remove(0);
        boolean beforeItsEvent =
                line instanceof TranscriptLine.Notice notice && notice.kind() == TranscriptLine.Notice.Kind.SINCE_LEFT;
        if (!beforeItsEvent) {
            numbers.headSet(place, true).clear();
            oldest = Math.max(oldest, place + 1);
        }
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
