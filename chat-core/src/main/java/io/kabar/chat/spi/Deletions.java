package io.kabar.chat.spi;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.spi.Journal.Entry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The messages of one room that were deleted and whose texts may still be where a journal keeps them: what it reads
 * goes through here, so that nobody is given such a text, nor that of an edit of it. Numbers alone are held. Safe for
 * any thread.
 */
public final class Deletions {

    /** By the message, the event that deleted it. */
    private final Map<Long, Long> byTarget = new ConcurrentHashMap<>(2);

    /** Nothing was deleted. */
    public Deletions() {}

    /** Takes note of an event of the log, if it deletes another one; call it before the event is reported. */
    public void note(ChatEvent event) {
        if (event.content().kind() == Content.DELETED && event.ref() > 0 && event.ref() < event.sequence()) {
            add(event.ref(), event.sequence());
        }
    }

    /** Event {@code target} was deleted by event {@code by}. */
    public void add(long target, long by) {
        byTarget.putIfAbsent(target, by);
    }

    /** The texts of these messages, and of their edits, are nowhere any more. */
    public void erased(Collection<Long> targets) {
        byTarget.keySet().removeAll(targets);
    }

    /** By each message that was deleted, the event that did it. */
    public Map<Long, Long> byTarget() {
        return Map.copyOf(byTarget);
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return byTarget.isEmpty();
    }

    /** Whether nobody is given the text of this event, although it has one. */
    public boolean hides(ChatEvent event) {
        return !byTarget.isEmpty()
                && (byTarget.containsKey(event.sequence())
                        || (event.content().kind() == Content.EDITED && byTarget.containsKey(event.ref())))
                && !event.equals(event.withoutText());
    }

    /** An entry as it is given to whoever reads. */
    public Entry shown(Entry entry) {
        return hides(entry.event()) ? new Entry(entry.event().withoutText(), entry.id()) : entry;
    }

    /** The same of several. */
    public List<Entry> shown(List<Entry> entries) {
        return byTarget.isEmpty() ? entries : entries.stream().map(this::shown).toList();
    }
}
