package io.kabar.chat.internal.server.room;

import io.kabar.chat.Author;
import io.kabar.chat.MessageId;
import io.kabar.chat.internal.server.log.SenderRun;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A room's messages on their way to the journal, by the runs of their senders and their numbers within them. */
final class ProposedMessages {

    private final Map<SenderRun, NavigableMap<Long, ProposedEvent>> byRun = new HashMap<>();

    private static SenderRun runOf(ProposedEvent proposal) {
        return SenderRun.of(proposal.proposal().draft().author(), proposal.id());
    }

    void add(ProposedEvent proposal) {
        if (!proposal.id().equals(MessageId.NONE)) {
            byRun.computeIfAbsent(runOf(proposal), run -> new TreeMap<>(Long::compareUnsigned))
                    .put(proposal.id().number(), proposal);
        }
    }

    void remove(ProposedEvent proposal) {
        byRun.computeIfPresent(runOf(proposal), (run, numbers) -> {
            numbers.remove(proposal.id().number());
            return numbers.isEmpty() ? null : numbers;
        });
    }

    /** What {@code from} sent under this id, if it is on its way. */
    @Nullable
    ProposedEvent find(Author from, MessageId id) {
        NavigableMap<Long, ProposedEvent> numbers = byRun.get(SenderRun.of(from, id));
        return numbers == null ? null : numbers.get(id.number());
    }

    /** Whether a message would come behind a later one of its run that is on its way, and may be stored. */
    boolean isBehind(Author from, MessageId id) {
        NavigableMap<Long, ProposedEvent> numbers = byRun.get(SenderRun.of(from, id));
        return numbers != null && Long.compareUnsigned(id.number(), numbers.lastKey()) <= 0;
    }

    boolean isEmpty() {
        return byRun.isEmpty();
    }

    int size() {
        return byRun.values().stream().mapToInt(Map::size).sum();
    }
}
