package io.kabar.chat;

import static java.util.Objects.requireNonNull;

/**
 * Something that somebody did who keeps order on the whole server, or that the server did to keep it: a line of the
 * staff's room, which only the server writes. It names no address and no secret.
 *
 * @param action what was done, in one word of at most 32 lower-case letters and hyphens
 * @param whom to whom; {@link RoomChange.Whom#NOBODY} if it was done to nobody
 * @param text what was done, in a sentence
 */
public record StaffAction(String action, RoomChange.Whom whom, String text) implements Content {

    /** Checks the bounds: see {@link Limits}. */
    public StaffAction {
        requireNonNull(whom);
        Limits.requireLine(text);
        if (!isWord(action)) {
            throw new IllegalArgumentException("An action is one word of at most 32 letters and hyphens.");
        }
    }

    private static boolean isWord(String action) {
        return !action.isEmpty()
                && action.length() <= 32
                && action.chars().allMatch(c -> (c >= 'a' && c <= 'z') || c == '-');
    }

    @Override
    public int kind() {
        return STAFF_ACTION;
    }

    @Override
    public StaffAction withoutText() {
        return new StaffAction(action, whom.withoutName(), "");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.staffAction(this);
    }
}
