package io.kabar.chat.internal.server.room;

import io.kabar.chat.ChatEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A part of what a room's log says, with the events that are on their way to the journal counted as done. */
final class Ahead<S> {

    private final Supplier<S> present;
    private final UnaryOperator<S> copy;
    private final BiConsumer<S, ChatEvent> apply;
    /** The events on their way, in order. */
    private final Deque<ChatEvent> underWay = new ArrayDeque<>(0);
    /** What holds once they are there; null if there are none. */
    private @Nullable S ahead;

    /**
     * Nothing is on its way.
     *
     * @param present what the log says now
     * @param copy makes one that may be changed
     * @param apply changes one as an event does
     */
    Ahead(Supplier<S> present, UnaryOperator<S> copy, BiConsumer<S, ChatEvent> apply) {
        this.present = present;
        this.copy = copy;
        this.apply = apply;
    }

    /** What holds with everything that is on its way; not to be changed. */
    S get() {
        return ahead == null ? present.get() : ahead;
    }

    /** An event that matters here is on its way. */
    void proposed(ChatEvent draft) {
        S state = ahead == null ? copy.apply(present.get()) : ahead;
        apply.accept(state, draft);
        ahead = state;
        underWay.add(draft);
    }

    /**
     * An event is in the log, or never will be.
     *
     * @return whether it was one of those on their way here
     */
    @SuppressWarnings("ReferenceEquality") // the same proposal, not another one like it
    boolean answered(ChatEvent draft) {
        boolean known = underWay.removeIf(each -> each == draft);
        if (underWay.isEmpty()) {
            ahead = null;
        } else if (known) {
            S state = copy.apply(present.get());
            underWay.forEach(each -> apply.accept(state, each));
            ahead = state;
        }
        return known;
    }
}
