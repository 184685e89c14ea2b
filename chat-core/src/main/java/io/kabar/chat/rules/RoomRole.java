package io.kabar.chat.rules;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What somebody is in a room, each more than the one before. The room's log says it; whoever keeps order on the whole
 * server is at least what that makes them, in every room.
 */
public enum RoomRole {
    /** Has no role: whoever may come in speaks and listens, as far as the room's modes let guests do so. */
    GUEST(0),
    /** Belongs to the room: enters one for members only, and has a voice in a moderated one. */
    MEMBER(1),
    /** Keeps order: kicks, mutes, bans, sets the modes, makes members. */
    MODERATOR(2),
    /** Has the room: makes moderators and owners, and closes it. */
    OWNER(3);

    private static final List<RoomRole> ALL = List.of(values());

    private final int number;

    RoomRole(int number) {
        this.number = number;
    }

    /** Its number wherever a role is a number, as on the wire and in {@link RoomModes}. */
    public int number() {
        return number;
    }

    /**
     * The role of this number.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static RoomRole of(long number) {
        if (number < 0 || number >= ALL.size()) {
            throw new IllegalArgumentException("There is no role " + number + ".");
        }
        return ALL.get((int) number);
    }

    /** In lower case, as people type it and files hold it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As somebody is called by it: {@code a member}, {@code an owner}. */
    public String withArticle() {
        return (this == OWNER ? "an " : "a ") + word();
    }

    /** The role of this word, in any case. */
    public static Optional<RoomRole> of(String word) {
        for (RoomRole role : ALL) {
            if (role.word().equals(word.toLowerCase(Locale.ROOT))) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    /** The larger of the two. */
    public RoomRole or(RoomRole other) {
        return isAtLeast(other) ? this : other;
    }

    /** Whether this is at least that. */
    public boolean isAtLeast(RoomRole other) {
        return compareTo(other) >= 0;
    }
}
