package io.kabar.chat.view.amended;

import io.kabar.chat.Amended;
import io.kabar.chat.Amendment;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.UserName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of how the messages of one room were changed later: from what happens, and from pages of history, in
 * whatever order these come. Remembers it for messages that are not shown, too, for when they are. Bounded.
 */
public final class RoomAmendments {

    /** Messages of which it is remembered. */
    private static final int MOST = 4096;

    /** Reactions to one message that are remembered one by one, for a page that was answered before them. */
    private static final int MOST_LIVE = 64;

    /**
     * What became of a message.
     *
     * @param text how it reads now; empty if it was not edited
     * @param deletion who has deleted it, and why, if that is known
     * @param reactions how many have reacted with what
     */
    public record State(
            Optional<String> text, boolean isDeleted, Optional<ChatEvent> deletion, List<Amended.Reaction> reactions) {

        /** Nothing. */
        static final State NONE = new State(Optional.empty(), false, Optional.empty(), List.of());
    }

    private record Live(long number, String emoji, boolean takenBack, boolean own) {}

    /** Of one message. */
    private static final class Known {
        private long edit;
        private String text = "";
        private boolean deleted;
        private Optional<ChatEvent> deletion = Optional.empty();
        /** The newest reaction that is counted. */
        private long counted;

        private final Map<String, Amended.Reaction> reactions = new LinkedHashMap<>(2);
        private final Deque<Live> live = new ArrayDeque<>(1);

        private void count(Live each) {
            Amended.Reaction before = reactions.getOrDefault(each.emoji, new Amended.Reaction(each.emoji, 0, false));
            int count = before.count() + (each.takenBack ? -1 : 1);
            boolean own = each.own ? !each.takenBack : before.own();
            if (count > 0) {
                reactions.put(each.emoji, new Amended.Reaction(each.emoji, count, own));
            } else {
                reactions.remove(each.emoji);
            }
        }
    }

    private final Map<Long, Known> byTarget = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Known> eldest) {
            return size() > MOST;
        }
    };

    /** Nothing was changed. */
    public RoomAmendments() {}

    /** Nothing is known any more. */
    public void clear() {
        byTarget.clear();
    }

    /** What became of an event. */
    public State of(long target) {
        Known known = byTarget.get(target);
        if (known == null) {
            return State.NONE;
        }
        return new State(
                known.edit == 0 || known.deleted ? Optional.empty() : Optional.of(known.text),
                known.deleted,
                known.deletion,
                known.deleted ? List.of() : new ArrayList<>(known.reactions.values()));
    }

    /**
     * Takes an amendment as it happens, or as it stands in the log.
     *
     * @param self who reads
     * @return whether that is news
     */
    public boolean apply(ChatEvent event, UserName self) {
        if (event.ref() < 1 || !(event.content() instanceof Amendment amendment)) {
            return false;
        }
        Known known = byTarget.computeIfAbsent(event.ref(), none -> new Known());
        if (amendment instanceof Amendment.Edited) {
            return edit(known, event);
        } else if (amendment instanceof Amendment.Deleted) {
            boolean news = !known.deleted;
            known.deleted = true;
            known.deletion = known.deletion.or(() -> Optional.of(event));
            return news;
        }
        Amendment.Reacted reacted = (Amendment.Reacted) amendment;
        if (event.sequence() <= known.counted || reacted.emoji().isEmpty()) {
            return false;
        }
        known.counted = event.sequence();
        Live live = new Live(
                event.sequence(),
                reacted.emoji(),
                reacted.takenBack(),
                event.from().equals(self));
        if (known.live.size() == MOST_LIVE) {
            known.live.remove();
        }
        known.live.add(live);
        known.count(live);
        return true;
    }

    private static boolean edit(Known known, ChatEvent event) {
        if (event.sequence() <= known.edit || event.text().isEmpty()) { // of what is deleted the text is gone
            return false;
        }
        known.edit = event.sequence();
        known.text = event.text();
        return !known.deleted;
    }

    /** Takes what a page of history tells, which counts up to the event as of which it was answered. */
    public void merge(Amended told) {
        Known known = byTarget.computeIfAbsent(told.sequence(), none -> new Known());
        told.edit().ifPresent(event -> edit(known, event));
        known.deleted |= told.isDeleted();
        known.deletion = known.deletion.or(told::deletion);
        known.reactions.clear();
        told.reactions().forEach(each -> known.reactions.put(each.emoji(), each));
        known.live.removeIf(each -> each.number <= told.asOf());
        known.live.forEach(known::count);
        known.counted = Math.max(known.counted, told.asOf());
    }
}
