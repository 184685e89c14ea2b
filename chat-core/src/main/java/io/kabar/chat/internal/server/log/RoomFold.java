package io.kabar.chat.internal.server.log;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomChange;
import io.kabar.chat.UserName;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.spi.Journal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of a room, folded from the headers of its events, oldest first: kind, flags, time, account, reference and
 * facts, never what people wrote but the emoji of a reaction. Whoever folds the same entries has the same state.
 *
 * <p>The fold gives the numbers, a journal only orders: each entry becomes <em>event n</em>, or <em>nothing</em> if it
 * was there before, or cannot have happened. Where a journal has one writer, an entry is
 * accepted in advance and carries its number, which is then its position as well.
 */
public final class RoomFold {

    /** What an entry is folded into that is no event. */
    public static final long NOTHING = 0;

    private long last;
    private long position;
    private long topic;
    private long description;
    private long newestMillis;
    private boolean worthKeeping;
    private boolean isNew;
    private final Epochs epochs;
    private final RunTable runs;
    private final RoomRules rules = new RoomRules();
    private final RoomValues values = new RoomValues();
    private final Amendments amendments = new Amendments();
    /** Who is in the room, by name; in a conversation of two, who has spoken there. */
    private final Map<String, Stay> inside = new LinkedHashMap<>();

    private long snapshotAt;

    /** The numbers of a fold: those it has given, and those it remembers. */
    record Tally(long last, long position, long topic, long description, long newestMillis, boolean worthKeeping) {}

    /**
     * Somebody who is in the room.
     *
     * @param account theirs; 0 if it is not known
     * @param since the event by which they entered; 0 if that is not known. In a conversation of two 1, or the first
     *     that they have said if the name was another account's before
     */
    record Stay(long account, long since) {}

    /** A room in which nothing has happened. */
    public RoomFold() {
        this(new Tally(0, 0, 0, 0, 0, false), new Epochs());
    }

    RoomFold(Tally tally, Epochs epochs) {
        last = tally.last;
        position = tally.position;
        topic = tally.topic;
        description = tally.description;
        newestMillis = tally.newestMillis;
        worthKeeping = tally.worthKeeping;
        isNew = tally.last == 0;
        snapshotAt = position;
        this.epochs = epochs;
        runs = new RunTable();
    }

    /** A room of which no more is known than the number of its newest event. */
    public static RoomFold at(long last) {
        RoomFold fold = new RoomFold();
        fold.skipTo(last);
        return fold;
    }

    // What is known
    // -------------------------------------------------------------------------------------------------------

    /** The number of the newest event; 0 if there is none. */
    public long last() {
        return last;
    }

    /** The position, in the journal, of the newest entry that was folded. */
    public long position() {
        return position;
    }

    /** The number of the event that set the topic in force; 0 if none ever did, or if that is not known. */
    public long topic() {
        return topic;
    }

    /** Whose writing the log is. */
    public Epochs epochs() {
        return epochs;
    }

    RunTable runs() {
        return runs;
    }

    /** How many runs of clients are remembered. */
    public int runCount() {
        return runs.size();
    }

    /** Whether nothing has happened here yet. */
    public boolean isNew() {
        return isNew;
    }

    /** Whether anything has happened here beside people coming and going; true if that is not known. */
    public boolean isWorthKeeping() {
        return worthKeeping;
    }

    /** The number of the event that described the room last; 0 if none ever did, or if that is not known. */
    public long description() {
        return description;
    }

    /** What programs keep here for each other. */
    public RoomValues values() {
        return values;
    }

    /** Who may do what. */
    public RoomRules rules() {
        return rules;
    }

    /** What later events have changed of earlier ones. */
    public Amendments amendments() {
        return amendments;
    }

    /** Who has joined and not left, by the log: names as they were written. */
    public Collection<UserName> inside() {
        return inside.keySet().stream().map(UserName::new).toList();
    }

    /** The names of those inside whom an event puts out. */
    List<UserName> putOutBy(ChatEvent event) {
        return inside.entrySet().stream()
                .filter(occupant -> rules.putsOut(event, occupant.getValue().account()))
                .map(occupant -> new UserName(occupant.getKey()))
                .toList();
    }

    /** The names under which an account is in the room. */
    public List<UserName> insideAs(long account) {
        return inside.entrySet().stream()
                .filter(occupant -> occupant.getValue().account() == account)
                .map(occupant -> new UserName(occupant.getKey()))
                .toList();
    }

    /** The account under which a name is in the room; 0 if it is not there, or that is not known. */
    public long accountOf(UserName name) {
        Stay stay = inside.get(name.text());
        return stay == null ? 0 : stay.account();
    }

    /** The event by which this name has entered; 0 if it is not there, or that is not known. */
    public long insideSince(UserName name) {
        Stay stay = inside.get(name.text());
        return stay == null ? 0 : stay.since();
    }

    // Folding
    // -------------------------------------------------------------------------------------------------------

    /** Folds an entry of a journal with one writer, where the position is the number. */
    public long fold(Journal.Entry entry) {
        return fold(entry.event().sequence(), entry);
    }

    /**
     * Folds the next entry of a journal.
     *
     * @param place where it stands in the journal, from 1; an entry at or before the newest position folded is the
     *     same entry once more
     * @return the number of the event; {@link #NOTHING} if it is none, and then nothing but the position has changed
     */
    public long fold(long place, Journal.Entry entry) {
        if (place <= position) {
            return NOTHING;
        }
        long number = entry.event().sequence();
        boolean next = number == 0 ? isPossible(entry) : number == last + 1;
        if (number == 0) {
            position = place; // the journal goes on behind it, whatever it is
        }
        if (!next) {
            return NOTHING;
        }
        position = place;
        last++;
        apply(last, entry);
        return last;
    }

    /** Whether an entry that has no number yet, which no fold has accepted in advance, can have happened. */
    private boolean isPossible(Journal.Entry entry) {
        ChatEvent event = entry.event();
        boolean repeated = !entry.id().equals(MessageId.NONE) && runs.isPast(event.author(), entry.id());
        boolean banned =
                rules.bannedUntil(event.author().account(), event.time()).isPresent() && !event.isLeft();
        return !repeated && !banned && event.time().toEpochMilli() >= newestMillis;
    }

    private void apply(long number, Journal.Entry entry) {
        ChatEvent event = entry.event();
        newestMillis = Math.max(newestMillis, event.time().toEpochMilli());
        worthKeeping |= !event.isComingOrGoing();
        isNew = false;
        epochs.wrote(event.epoch(), number);
        runs.accepted(number, entry);
        amendments.apply(number, event);
        change(number, event);
    }

    /** Changes what an event changes whenever it happens. */
    private void change(long number, ChatEvent event) {
        rules.apply(number, event);
        values.apply(number, event);
        switch (event.content().kind()) {
            case Content.TOPIC -> topic = number;
            case Content.DESCRIBED -> description = number;
            case Content.JOINED ->
                inside.put(event.from().text(), new Stay(event.author().account(), number));
            case Content.LEFT -> inside.remove(event.from().text());
            default -> {}
        }
        if (rules.modes().is(RoomMode.QUIET)) {
            inside.clear(); // nobody leaves by an event, so the log does not say who is here
        }
        if (event.content() instanceof RoomChange) {
            inside.values().removeIf(stay -> rules.putsOut(event, stay.account()));
        }
    }

    /** The first event is the one behind {@code number}: there was a room of this name before. */
    void beginBehind(long number) {
        last = number;
        position = number;
    }

    /** What happened up to event {@code number} is lost, or was never kept: the state goes on as it was before. */
    public void skipTo(long number) {
        if (number > last) {
            last = number;
            position = number;
            worthKeeping = true;
            isNew = false;
        }
    }

    /** The journal knows that nothing has happened here beside people coming and going. */
    public void nothingSaid() {
        worthKeeping = false;
    }

    /**
     * The log ends at event {@code number}: what was folded behind it is no part of it. A role, a mode or an invitation
     * does not tell which event it is of, so the log is folded once more, as far as it is kept; what was set before
     * that is as it was at the end of this state.
     */
    public void endAt(long number, Journal.Replay log) {
        if (number < last) {
            last = number;
            position = number;
            topic = topic > number ? 0 : topic;
            description = description > number ? 0 : description;
            epochs.endAt(number);
            runs.endAt(number);
            amendments.endAt(number);
            rules.endAt(number);
            values.endAt(number);
            inside.values().removeIf(stay -> stay.since() > number);
            log.behind(0, entry -> change(entry.event().sequence(), entry.event()));
        }
    }

    /** What an earlier form of storage knows of the room, up to its newest event. */
    public void adopt(Journal.Kept kept) {
        skipTo(kept.last());
        epochs.adopt(kept.epochs());
        Map<String, Stay> known = new LinkedHashMap<>(inside);
        inside.clear();
        Collection<UserName> members = rules.modes().is(RoomMode.QUIET) ? List.of() : kept.members();
        members.forEach(name -> inside.put(name.text(), known.getOrDefault(name.text(), new Stay(0, 0))));
    }

    // Snapshots
    // -------------------------------------------------------------------------------------------------------

    /** The state as bytes that a journal keeps. */
    public Journal.Snapshot snapshot() {
        snapshotAt = position;
        return new Journal.Snapshot(position, RoomSnapshot.encode(this), values.events());
    }

    /** The state of these bytes; null if they are damaged, or of a version that this one does not know. */
    public static @Nullable RoomFold of(Journal.Snapshot snapshot) {
        RoomFold fold = RoomSnapshot.decode(snapshot.bytes());
        if (fold == null || fold.position() != snapshot.position()) {
            return null;
        }
        snapshot.events().forEach(event -> fold.values.apply(event.sequence(), event));
        return fold;
    }

    /** How far the journal has gone on since the newest snapshot was made. */
    public long sinceSnapshot() {
        return position - snapshotAt;
    }

    Tally tally() {
        return new Tally(last, position, topic, description, newestMillis, worthKeeping);
    }

    Map<String, Stay> occupants() {
        return inside;
    }
}
