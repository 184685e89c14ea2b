package io.kabar.chat;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What later events have changed of one event of a room, as of a moment.
 *
 * @param sequence the number of the event that was changed
 * @param asOf the number of the newest event that is counted here; what comes behind it changes more
 * @param edit its newest edit; empty if it was not edited, or is deleted, or if that edit cannot be read any more
 * @param deletion the event that deleted it; empty if it is not deleted, or if that event cannot be read any more
 * @param isDeleted whether it is deleted
 * @param reactions by the emoji, those of most people first; not all of them if there are very many
 */
public record Amended(
        long sequence,
        long asOf,
        Optional<ChatEvent> edit,
        Optional<ChatEvent> deletion,
        boolean isDeleted,
        List<Reaction> reactions) {

    /** Keeps the list unmodifiable. */
    public Amended {
        requireNonNull(edit);
        requireNonNull(deletion);
        reactions = List.copyOf(reactions);
    }

    /**
     * How many have reacted with an emoji.
     *
     * @param count how many, at least 1
     * @param own whether the reading user is one of them
     */
    public record Reaction(String emoji, int count, boolean own) {}
}
