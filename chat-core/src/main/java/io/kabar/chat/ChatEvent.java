package io.kabar.chat;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One entry of a room's log. Every member of a room sees the same events with the same {@link #sequence()} numbers, in
 * the same order, each once: 1, 2, 3, without holes. An event that is out of the {@link Limits} cannot be made.
 */
public sealed interface ChatEvent {

    /** The room whose log this stands in. */
    RoomName room();

    /** Position in the room's log, from 1. */
    long sequence();

    /** When the server accepted it, by the server's clock; order is told by {@link #sequence()} alone. */
    Instant time();

    /** Who did it. */
    UserName from();

    /**
     * Somebody said something.
     *
     * @param text what was said; may hold several lines
     * @param action whether it is told in the third person ({@code /me waves})
     */
    record Said(RoomName room, long sequence, Instant time, UserName from, String text, boolean action)
            implements ChatEvent {

        /** Checks the bounds: see {@link Limits}. */
        public Said {
            Limits.requireNumber(sequence);
            Limits.requireTime(time);
            requireNonNull(room);
            requireNonNull(from);
            Limits.requireText(text);
        }
    }

    /** Somebody entered the room. */
    record Joined(RoomName room, long sequence, Instant time, UserName from) implements ChatEvent {

        /** Checks the bounds: see {@link Limits}. */
        public Joined {
            Limits.requireNumber(sequence);
            Limits.requireTime(time);
            requireNonNull(room);
            requireNonNull(from);
        }
    }

    /**
     * Somebody left the room.
     *
     * @param reason why, in the words of the one who left or of the server; may be empty
     */
    record Left(RoomName room, long sequence, Instant time, UserName from, String reason) implements ChatEvent {

        /** Checks the bounds: see {@link Limits}. */
        public Left {
            Limits.requireNumber(sequence);
            Limits.requireTime(time);
            requireNonNull(room);
            requireNonNull(from);
            Limits.requireLine(reason);
        }
    }

    /**
     * The room's topic was set.
     *
     * @param topic the new topic; empty if it was cleared
     */
    record Topic(RoomName room, long sequence, Instant time, UserName from, String topic) implements ChatEvent {

        /** Checks the bounds: see {@link Limits}. */
        public Topic {
            Limits.requireNumber(sequence);
            Limits.requireTime(time);
            requireNonNull(room);
            requireNonNull(from);
            Limits.requireLine(topic);
        }
    }
}
