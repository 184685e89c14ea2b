package io.kabar.chat;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A direct conversation of this user, as it is in a list of them.
 *
 * @param name its name, by which it is entered
 * @param with how the other one is called now, or was when they spoke last; empty if nobody knows
 * @param lastSequence number of the newest event
 * @param firstUnread number of the first event that this user has read on no device; {@code lastSequence + 1} if all is
 *     read, and 0 if that is not known yet
 */
public record Conversation(RoomName name, Optional<UserName> with, long lastSequence, long firstUnread) {

    /** Checks that nothing is null. */
    public Conversation {
        requireNonNull(name);
        requireNonNull(with);
    }
}
