package io.kabar.chat.internal.server.log;

import io.kabar.chat.Amendment;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What later events of a room have changed of earlier ones: which was edited, and by which event last; which was
 * deleted, and by which; who has reacted to which, and how. A part of the state of the room, which holds numbers and
 * emoji and no text.
 *
 * <p>It is bounded. Of more edits and reactions than {@link #MOST}, those of the oldest messages are forgotten, and
 * nothing more can be done to a message that old but to delete it. Of more deletions than {@link #MOST_DELETED} the
 * oldest are forgotten: their texts are gone from the journal by then.
 */
public final class Amendments {

    /** Edits and reactions that are remembered of a room. */
    static final int MOST = 8192;

    /** Deletions that are remembered of a room: more than anybody makes before the journal has swept. */
    static final int MOST_DELETED = 16_384;

    /** Different emoji on one message. */
    public static final int MOST_EMOJI = 32;

    /** What was done to one event. */
    static final class Amended {
        private long edit;
        private final Map<String, Set<Long>> reactions = new LinkedHashMap<>(2);

        private int size() {
            int size = edit == 0 ? 0 : 1;
            for (Set<Long> accounts : reactions.values()) {
                size += accounts.size();
            }
            return size;
        }

        long edit() {
            return edit;
        }

        Map<String, Set<Long>> reactions() {
            return reactions;
        }
    }

    private final NavigableMap<Long, Amended> byTarget = new TreeMap<>();
    /** By the event that was deleted, the event that did it. */
    private final NavigableMap<Long, Long> deleted = new TreeMap<>();
    /** By the event that did it, the event that was deleted: in the order in which that happened. */
    private final NavigableMap<Long, Long> deletions = new TreeMap<>();

    private int size;
    private long forgottenTo;

    // What is known
    // -------------------------------------------------------------------------------------------------------

    /** How much of it there is: edits, reactions and deletions. */
    public int size() {
        return size + deleted.size();
    }

    /** The newest event of which it is not known any more how it was edited, and who has reacted to it; 0 if none. */
    public long forgottenTo() {
        return forgottenTo;
    }

    /** Whether nothing more can be remembered of an event but that it was deleted. */
    public boolean isTooOld(long target) {
        return target <= forgottenTo || (size >= MOST && target < byTarget.firstKey());
    }

    /** The event by which this one was deleted; 0 if it was not. */
    public long deletionOf(long target) {
        return deleted.getOrDefault(target, 0L);
    }

    /** The newest edit of an event; 0 if it was not edited, or is deleted. */
    public long editOf(long target) {
        Amended amended = byTarget.get(target);
        return amended == null ? 0 : amended.edit;
    }

    /** Whether an account has reacted so to an event. */
    public boolean hasReacted(long target, String emoji, long account) {
        Amended amended = byTarget.get(target);
        Set<Long> accounts = amended == null ? null : amended.reactions.get(emoji);
        return accounts != null && accounts.contains(account);
    }

    /** Whether an event has as many different emoji as it may have, this one not among them. */
    public boolean hasNoPlaceFor(long target, String emoji) {
        Amended amended = byTarget.get(target);
        return amended != null && amended.reactions.size() >= MOST_EMOJI && !amended.reactions.containsKey(emoji);
    }

    /** The accounts that have reacted to an event, by the emoji, the one that came first being first. */
    public Map<String, Set<Long>> reactionsTo(long target) {
        Amended amended = byTarget.get(target);
        return amended == null ? Map.of() : amended.reactions;
    }

    /** The first events of a range that were edited, deleted or reacted to, in order, at most so many. */
    public List<Long> within(long from, long to, int most) {
        List<Long> found = new ArrayList<>();
        for (long next = next(from); next <= to && found.size() < most; next = next(next + 1)) {
            found.add(next);
        }
        return found;
    }

    /** The first event from this number on to which something was done. */
    private long next(long from) {
        Long amended = byTarget.ceilingKey(from);
        Long gone = deleted.ceilingKey(from);
        return Math.min(amended == null ? Long.MAX_VALUE : amended, gone == null ? Long.MAX_VALUE : gone);
    }

    /** Whether anything is known to be edited or deleted. */
    boolean hasChangedTexts() {
        return !deleted.isEmpty() || !byTarget.isEmpty();
    }

    /** Whether this event says what reads otherwise by now, or not at all: it, or what it edits, was edited since. */
    boolean isEarlierWording(ChatEvent event) {
        boolean isEdit = event.content().kind() == Content.EDITED;
        long newest = editOf(isEdit ? event.ref() : event.sequence());
        return newest > event.sequence();
    }

    /** Whether anything is known to be deleted. */
    boolean hasDeletions() {
        return !deleted.isEmpty();
    }

    /** Whether this event is one of which nobody is given the text: it is deleted, or an edit of one that is. */
    public boolean isBlank(ChatEvent event) {
        return deleted.containsKey(event.sequence())
                || (event.content().kind() == Content.EDITED && deleted.containsKey(event.ref()));
    }

    // Folding
    // -------------------------------------------------------------------------------------------------------

    void apply(long number, ChatEvent event) {
        long target = event.ref();
        if (target < 1 || target >= number || !(event.content() instanceof Amendment)) {
            return;
        }
        if (event.content() instanceof Amendment.Deleted) {
            delete(target, number);
        } else if (!deleted.containsKey(target) && target > forgottenTo) {
            if (event.content() instanceof Amendment.Reacted reacted) {
                react(target, event.author().account(), reacted);
            } else {
                Amended amended = byTarget.computeIfAbsent(target, none -> new Amended());
                size += amended.edit == 0 ? 1 : 0;
                amended.edit = number;
            }
            keepBound();
        }
    }

    private void delete(long target, long number) {
        forget(byTarget.remove(target));
        if (deleted.putIfAbsent(target, number) == null) {
            deletions.put(number, target);
        }
        if (deleted.size() > MOST_DELETED) {
            deleted.remove(deletions.pollFirstEntry().getValue());
        }
    }

    private void forgetDeletions(Map<Long, Long> some) {
        some.values().forEach(deleted::remove);
        some.clear();
    }

    private void react(long target, long account, Amendment.Reacted reacted) {
        if (reacted.emoji().isEmpty() || hasNoPlaceFor(target, reacted.emoji())) {
            return;
        }
        Amended amended = byTarget.computeIfAbsent(target, none -> new Amended());
        Set<Long> accounts = amended.reactions.computeIfAbsent(reacted.emoji(), none -> new LinkedHashSet<>(2));
        if (reacted.takenBack()) {
            size -= accounts.remove(account) ? 1 : 0;
        } else {
            size += accounts.add(account) ? 1 : 0;
        }
        if (accounts.isEmpty()) {
            amended.reactions.remove(reacted.emoji());
        }
        if (amended.size() == 0) {
            byTarget.remove(target);
        }
    }

    private void keepBound() {
        while (size > MOST) {
            Map.Entry<Long, Amended> oldest = byTarget.pollFirstEntry();
            forget(oldest.getValue());
            forgottenTo = oldest.getKey();
        }
    }

    private void forget(@Nullable Amended amended) {
        size -= amended == null ? 0 : amended.size();
    }

    /** Nothing before this event is kept any more. */
    void forgetBefore(long first) {
        Collection<Amended> gone = byTarget.headMap(first, false).values();
        gone.forEach(this::forget);
        gone.clear();
        forgetDeletions(deletions.headMap(first, false)); // edits stand between a message and its deletion
    }

    /** What was folded behind this event never became a part of the log. */
    void endAt(long number) {
        byTarget.values().forEach(amended -> {
            if (amended.edit > number) {
                amended.edit = 0;
                size--;
            }
        });
        byTarget.values().removeIf(amended -> amended.size() == 0);
        Collection<Amended> gone = byTarget.tailMap(number, false).values();
        gone.forEach(this::forget);
        gone.clear();
        forgetDeletions(deletions.tailMap(number, false));
    }

    // Snapshots
    // -------------------------------------------------------------------------------------------------------

    void write(StateWriter out) {
        out.writeLong(forgottenTo);
        out.writeInt(deleted.size());
        deletions.forEach((by, target) -> {
            out.writeLong(target);
            out.writeLong(by);
        });
        out.writeInt(byTarget.size());
        byTarget.forEach((target, amended) -> {
            out.writeLong(target);
            out.writeLong(amended.edit);
            out.writeInt(amended.reactions.size());
            amended.reactions.forEach((emoji, accounts) -> {
                out.writeText(emoji);
                out.writeInt(accounts.size());
                accounts.forEach(out::writeLong);
            });
        });
    }

    void read(StateReader in) {
        forgottenTo = in.readLong();
        for (int left = in.readInt(); left > 0; left--) {
            long target = in.readLong();
            long by = in.readLong();
            deleted.put(target, by);
            deletions.put(by, target);
        }
        for (int left = in.readInt(); left > 0; left--) {
            Amended amended = new Amended();
            byTarget.put(in.readLong(), amended);
            amended.edit = in.readLong();
            for (int emoji = in.readInt(); emoji > 0; emoji--) {
                Set<Long> accounts = new LinkedHashSet<>(2);
                amended.reactions.put(in.readText(), accounts);
                for (int each = in.readInt(); each > 0; each--) {
                    accounts.add(in.readLong());
                }
            }
            size += amended.size();
        }
    }
}
