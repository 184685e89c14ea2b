package io.kabar.chat.view;

import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.view.lines.PlacedLines;
import io.kabar.chat.view.words.VisibleText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one room, or of no room, oldest first: those that stand in their place, then own messages that are still
 * <em>sending</em>. At most {@link #MAX_LINES} stand; older ones make room. Confined to the model's executor.
 */
public final class Transcript {

    /** Where own messages stand that have no number yet. */
    private static final long SENDING = Long.MAX_VALUE;

    /** Lines kept, as many as people scroll back through. */
    public static final int MAX_LINES = 5_000;

    private final @Nullable RoomName room;
    private final Observers observers;
    /** Each at the number of its event, or at that of the event it follows; what is sending behind all of them. */
    private final PlacedLines<TranscriptLine> all = new PlacedLines<>();

    private int sending;

    private final int most;
    private final List<LinesObserver> watching = new CopyOnWriteArrayList<>();
    /** Numbers of the events that stand here. */
    private final TreeSet<Long> numbers = new TreeSet<>();

    private long oldest = Long.MAX_VALUE;
    private long newest;
    private long nextId = 1;
    /** The line that says why there is nothing above it; 0 for none. */
    private long top;

    Transcript(@Nullable RoomName room, Observers observers, int most) {
        this.room = room;
        this.observers = observers;
        this.most = most;
    }

    /** From now on tells {@code observer} of every line that changes. */
    public void observe(LinesObserver observer) {
        watching.add(observer);
    }

    /** Tells {@code observer} no more. */
    public void unobserve(LinesObserver observer) {
        watching.remove(observer);
    }

    /** The place of the message with this number, if it stands here. */
    public OptionalInt indexOfMessage(long sequence) {
        for (int i = all.upTo(sequence) - 1; i >= 0 && all.place(i) == sequence; i--) {
            if (all.get(i) instanceof TranscriptLine.Said said && said.state().sequence() == sequence) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** The room this is of; empty for what belongs to no room. */
    public Optional<RoomName> room() {
        return Optional.ofNullable(room);
    }

    /** How many lines there are. */
    public int size() {
        return all.size();
    }

    /** A line by its place, 0 the oldest. */
    public TranscriptLine line(int index) {
        return all.get(index);
    }

    /** All lines, a copy. */
    public List<TranscriptLine> lines() {
        return new ArrayList<>(all);
    }

    /** How many own messages have no number yet. */
    public int queued() {
        return (int) all.subList(standing(), all.size()).stream()
                .filter(line -> ((TranscriptLine.Said) line).state().phase() == SendState.Phase.SENDING)
                .count();
    }

    /** How many lines stand in their place. */
    private int standing() {
        return all.size() - sending;
    }

    private TranscriptLine.Said sending(int index) {
        return (TranscriptLine.Said) all.get(index);
    }

    /** From this event on nothing is left out up to the newest; empty if there is none. */
    OptionalLong oldest() {
        return oldest == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(oldest);
    }

    /** All events from this number on have been shown, or have nothing to show. */
    void completeFrom(long sequence) {
        oldest = Math.min(oldest, sequence);
    }

    /** How many lines find a place. */
    int capacity() {
        return most;
    }

    /** Whether no older line finds a place any more. */
    boolean isFull() {
        // One place is for the line at the top.
        return standing() >= most - 1;
    }

    /** Lines of what is older than event {@code sequence} will stand above all others, whenever they come. */
    void beginAfter(long sequence) {
        newest = Math.max(newest, sequence);
    }

    /** What stands here of event {@code from} and later ones stays as it is; others will have their numbers. */
    void differFrom(long from) {
        all.cap(from - 1);
        numbers.tailSet(from, true).clear();
        newest = Math.min(newest, from - 1);
        oldest = Long.MAX_VALUE;
        for (int i = standing(); i < all.size(); i++) {
            TranscriptLine.Said line = sending(i);
            if (line.state().sequence() >= from) {
                remove(i);
                append(lastPlace(), line); // in its stead
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
        int last = standing() - 1;
        if (last >= 0
                && all.get(last) instanceof TranscriptLine.Comings run
                && run.moves().size() < Folding.MAX_MOVES) {
            List<TranscriptLine.Move> moves = new ArrayList<>(run.moves());
            moves.add(move);
            TranscriptLine grown = new TranscriptLine.Comings(run.id(), time, moves);
            set(last, grown);
            observers.onLine(this, grown);
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
        TranscriptLine made = line.apply(nextId++);
        insert(all.upTo(sequence - 1), made, sequence);
        observers.onLine(this, made);
    }

    /** The line of a message that stands here; null if it does not. */
    TranscriptLine.@Nullable Said said(long sequence) {
        OptionalInt index = indexOfMessage(sequence);
        return index.isPresent() ? (TranscriptLine.Said) all.get(index.getAsInt()) : null;
    }

    /** A message reads otherwise by now. */
    void replace(TranscriptLine.Said line) {
        OptionalInt index = indexOfMessage(line.state().sequence());
        if (index.isPresent() && !all.get(index.getAsInt()).equals(line)) {
            set(index.getAsInt(), line);
        }
    }

    /** An event that has no line of its own. */
    void silent(long sequence) {
        beginAfter(sequence);
        completeFrom(sequence);
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
            TranscriptLine.Notice known = (TranscriptLine.Notice) all.get(index);
            TranscriptLine.Notice told = new TranscriptLine.Notice(id, known.time(), known.kind(), words);
            set(index, told);
            observers.onLine(this, told);
        }
    }

    /** Brings the line of {@link #sinceLeft} before another event, or puts it there if there is none; gives its id. */
    long moveSinceLeft(long line, long sequence, Instant time, String words) {
        int index = line == 0 ? -1 : indexOf(line);
        if (index >= 0) {
            remove(index);
        }
        long id = index >= 0 ? line : nextId++;
        insert(
                all.upTo(sequence - 1),
                new TranscriptLine.Notice(id, time, TranscriptLine.Notice.Kind.SINCE_LEFT, words),
                sequence);
        return id;
    }

    /** Whether a line says why there is nothing above it. */
    boolean hasTop() {
        return top != 0 && standing() > 0 && all.get(0).id() == top;
    }

    /** Says, above all else, why there is nothing older. */
    void top(String words) {
        if (hasTop()) {
            remove(0);
        }
        if (standing() >= most) {
            dropOldest();
        }
        if (standing() > 0) {
            top = nextId++;
            insert(0, new TranscriptLine.Notice(top, all.get(0).time(), TranscriptLine.Notice.Kind.INFO, words), 0);
        }
    }

    private int indexOf(long id) {
        for (int i = standing() - 1; i >= 0; i--) {
            if (all.get(i).id() == id) {
                return i;
            }
        }
        return -1;
    }

    /** An own message on its way; its id finds it again. */
    long sending(LineWithId line) {
        long id = nextId++;
        sending++;
        insert(all.size(), line.withId(id), SENDING);
        return id;
    }

    /** An own message has its number, or will never have one; nothing if it stands in the log already. */
    boolean settle(long id, SendState state) {
        int index = indexOfSending(line -> line.id() == id);
        if (index < 0) {
            return false;
        }
        TranscriptLine.Said line = sending(index).with(state);
        if (state.phase() == SendState.Phase.REFUSED) {
            remove(index);
            append(lastPlace(), line);
        } else {
            set(index, line);
        }
        return true;
    }

    /**
     * Takes the own message that has come back as event {@code sequence} off those on their way. Its number tells which
     * it is; while the number is not known yet, the oldest with the same words is as good as any other of them.
     */
    void returned(long sequence, String text, boolean action) {
        int known = indexOfSending(line -> line.state().sequence() == sequence);
        int at = known >= 0
                ? known
                : indexOfSending(line -> line.state().phase() == SendState.Phase.SENDING
                        && line.action() == action
                        && line.reading().text().equals(text));
        if (at >= 0) {
            remove(at);
        }
    }

    private int indexOfSending(Predicate<TranscriptLine.Said> which) {
        for (int i = standing(); i < all.size(); i++) {
            if (which.test(sending(i))) {
                return i;
            }
        }
        return -1;
    }

    void clear() {
        List<TranscriptLine> onTheirWay = List.copyOf(all.subList(standing(), all.size()));
        int lines = standing();
        all.clear();
        onTheirWay.forEach(line -> all.insert(all.size(), line, SENDING));
        numbers.clear();
        oldest = Long.MAX_VALUE;
        watching.forEach(observer -> observer.removed(0, lines));
        changed();
    }

    private long lastPlace() {
        return standing() == 0 ? newest : all.place(standing() - 1);
    }

    private void append(long place, TranscriptLine line) {
        if (standing() >= most) {
            dropOldest();
        }
        insert(standing(), line, Math.max(place, lastPlace()));
        observers.onLine(this, line);
    }

    private void dropOldest() {
        TranscriptLine line = all.get(0);
        long place = all.place(0);
        boolean beforeItsEvent =
                line instanceof TranscriptLine.Notice notice && notice.kind() == TranscriptLine.Notice.Kind.SINCE_LEFT;
        if (!beforeItsEvent) {
            numbers.headSet(place, true).clear();
            oldest = Math.max(oldest, place + 1);
        }
        remove(0);
    }

    private void insert(int index, TranscriptLine line, long place) {
        all.insert(index, line, place);
        watching.forEach(observer -> observer.added(index, 1));
        changed();
    }

    private void set(int index, TranscriptLine line) {
        all.set(index, line);
        watching.forEach(observer -> observer.changed(index));
        changed();
    }

    private void remove(int index) {
        sending -= index >= standing() ? 1 : 0;
        all.remove(index);
        watching.forEach(observer -> observer.removed(index, 1));
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
