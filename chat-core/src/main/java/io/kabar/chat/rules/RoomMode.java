package io.kabar.chat.rules;

import java.util.Locale;
import java.util.Optional;

/**
 * Something that is set for a room as a whole. Each has a number as its value; 0 is what a room has that nobody has set
 * anything in. Later versions add some at the end.
 */
public enum RoomMode {
    /** Only who has a role here, or was invited, may enter. */
    INVITE_ONLY(0, 1),
    /** Only who has a role here may enter. */
    MEMBERS_ONLY(1, 1),
    /** Only who has a role here speaks. */
    MODERATED(2, 1),
    /** Only moderators speak. */
    READ_ONLY(3, 1),
    /** It is in no list, and its members are not told to others. */
    HIDDEN(4, 1),
    /** Nobody but an owner may enter, and nobody speaks. */
    CLOSED(5, 1),
    /** A password is asked of whoever has no role here. The password itself is in no log. */
    PASSWORD(6, 1),
    /** So many people may be inside, moderators not counted; 0 for any number. */
    USER_LIMIT(7, 1_000_000),
    /** So many seconds pass between two messages of one person; moderators do not wait. */
    SLOW(8, 86_400),
    /** From this role on one may set the topic: the number of the role. */
    TOPIC_BY(9, 3),
    /** From this role on one reads what happened before one entered: the number of the role. */
    HISTORY_FOR(10, 3),
    /** Who enters and leaves is no event, and is told to nobody: there are too many. */
    QUIET(11, 1);

    private final int number;
    private final long largest;

    RoomMode(int number, long largest) {
        this.number = number;
        this.largest = largest;
    }

    /** Its number wherever modes are numbers, as on the wire; never another one in a later version. */
    public int number() {
        return number;
    }

    /** The largest value. */
    public long largest() {
        return largest;
    }

    /** Whether it is only on or off. */
    public boolean isFlag() {
        return largest == 1;
    }

    /** Whether its value is a role. */
    public boolean isRole() {
        return this == TOPIC_BY || this == HISTORY_FOR;
    }

    /** In lower case with hyphens, as people type it and files hold it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The mode of this word, in any case. */
    public static Optional<RoomMode> of(String word) {
        for (RoomMode mode : values()) {
            if (mode.word().equals(word.toLowerCase(Locale.ROOT))) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }

    /**
     * The value in words: {@code on}, {@code off}, a role or a number.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public String word(long value) {
        require(value);
        if (isFlag()) {
            return value == 0 ? "off" : "on";
        }
        return isRole() ? RoomRole.of(value).word() : Long.toString(value);
    }

    /**
     * Checks a value.
     *
     * @throws IllegalArgumentException with a sentence, if the mode cannot have it
     */
    public void require(long value) {
        if (value < 0 || value > largest) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s is a number from 0 to %d, not %d.", word(), largest, value));
        }
    }
}
