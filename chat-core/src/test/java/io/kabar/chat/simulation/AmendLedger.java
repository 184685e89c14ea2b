package io.kabar.chat.simulation;

import io.kabar.chat.Amended;
import io.kabar.chat.Amendment;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.view.amended.RoomAmendments;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * Judges what is done to messages by the events before it, and knows what became of each. Written by the rules as
 * people are told them, apart from the server's own index.
 */
final class AmendLedger {

    private record Said(long account, boolean message) {}

    private final Map<Long, Said> said = new HashMap<>();
    private final Map<Long, Long> deleted = new HashMap<>();
    private final Map<Long, Long> edited = new HashMap<>();
    private final Map<Long, Map<String, Set<Long>>> reactions = new HashMap<>();

    /** What is made of a log up to an event. */
    static AmendLedger of(List<ChatEvent> log) {
        AmendLedger ledger = new AmendLedger();
        log.forEach(ledger::follow);
        return ledger;
    }

    /** Judges the next event, and counts it; {@code role} is what an account is in the room then. */
    void judge(ChatEvent event, LongFunction<RoomRole> role) {
        if (event.content() instanceof Amendment) {
            World.require(isAllowed(event, role), () -> event + " is forbidden here");
        }
        follow(event);
    }

    private boolean isAllowed(ChatEvent event, LongFunction<RoomRole> role) {
        long by = event.author().account();
        Said target = said.get(event.ref());
        if (target == null || !target.message || deleted.containsKey(event.ref())) {
            return false;
        }
        if (event.content() instanceof Amendment.Reacted reacted) {
            return reacted.takenBack() == hasReacted(event.ref(), reacted.emoji(), by);
        }
        boolean own = target.account == by;
        boolean above = !event.room().isDirect()
                && role.apply(by).isAtLeast(RoomRole.MODERATOR)
                && !role.apply(target.account).isAtLeast(role.apply(by));
        return own || (event.content() instanceof Amendment.Deleted && above);
    }

    private boolean hasReacted(long target, String emoji, long account) {
        return reactions
                .getOrDefault(target, Map.of())
                .getOrDefault(emoji, Set.of())
                .contains(account);
    }

    /** Counts an event, whether or not it should be there. */
    void follow(ChatEvent event) {
        said.put(
                event.sequence(),
                new Said(event.author().account(), event.content().isMessage()));
        Content content = event.content();
        if (content instanceof Amendment.Deleted) {
            deleted.putIfAbsent(event.ref(), event.sequence());
        } else if (content instanceof Amendment.Edited) {
            edited.put(event.ref(), event.sequence());
        } else if (content instanceof Amendment.Reacted reacted) {
            Set<Long> accounts = reactions
                    .computeIfAbsent(event.ref(), none -> new LinkedHashMap<>())
                    .computeIfAbsent(reacted.emoji(), none -> new HashSet<>());
            if (reacted.takenBack()) {
                accounts.remove(event.author().account());
            } else {
                accounts.add(event.author().account());
            }
        }
    }

    /** The event that has taken away the text of this one; 0 if none has. */
    long deletionOf(ChatEvent event) {
        long target = event.content() instanceof Amendment.Edited ? event.ref() : event.sequence();
        return deleted.getOrDefault(target, 0L);
    }

    /** What a client was told of an event is what became of it. */
    void requireTold(long target, Amended told) {
        boolean isDeleted = deleted.containsKey(target);
        long edit = isDeleted ? 0 : edited.getOrDefault(target, 0L);
        long deletion = deleted.getOrDefault(target, 0L);
        Map<String, Integer> counts = isDeleted ? Map.of() : counts(target);
        World.require(
                told.isDeleted() == isDeleted
                        && number(told.deletion()) == deletion
                        && number(told.edit()) == edit
                        && counts(told).equals(counts),
                () -> told + " is told, but deleted by " + deletion + ", edited by " + edit + ", " + counts);
    }

    /** The newest edit of an event; 0 if there is none. */
    long editOf(long target) {
        return edited.getOrDefault(target, 0L);
    }

    /** What a view shows of a message is what became of it. */
    void requireShown(ChatEvent said, RoomAmendments.State state) {
        boolean isDeleted = deleted.containsKey(said.sequence());
        Map<String, Integer> counts =
                state.reactions().stream().collect(Collectors.toMap(Amended.Reaction::emoji, Amended.Reaction::count));
        World.require(
                state.isDeleted() == isDeleted
                        && state.text().isPresent() == (!isDeleted && editOf(said.sequence()) > 0)
                        && counts.equals(isDeleted ? Map.of() : counts(said.sequence())),
                () -> said + " is shown as " + state + ", but " + counts(said.sequence()));
    }

    private static long number(Optional<ChatEvent> event) {
        return event.map(ChatEvent::sequence).orElse(0L);
    }

    /** Whether anything was done to an event that is to be told. */
    boolean isAmended(long target) {
        return deleted.containsKey(target)
                || edited.containsKey(target)
                || !counts(target).isEmpty();
    }

    private Map<String, Integer> counts(long target) {
        return reactions.getOrDefault(target, Map.of()).entrySet().stream()
                .filter(each -> !each.getValue().isEmpty())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().size()));
    }

    private static Map<String, Integer> counts(Amended told) {
        return told.reactions().stream().collect(Collectors.toMap(Amended.Reaction::emoji, Amended.Reaction::count));
    }
}
