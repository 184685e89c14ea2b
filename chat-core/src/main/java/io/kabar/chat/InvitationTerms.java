package io.kabar.chat;

import io.kabar.chat.rules.RoomRole;
import java.time.Duration;
import java.util.Optional;

/**
 * What an invitation is to be: {@code InvitationTerms.once().into(room, RoomRole.MEMBER)}.
 *
 * @param room that those who are invited are let into; empty for the server alone
 * @param role what they are in that room; {@link RoomRole#GUEST} lets them in and no more
 * @param uses how many may use it, at most {@link Invitation#MAX_USES}; 0 for any number
 * @param time for how long it is good, at most {@link Invitation#LONGEST}
 */
public record InvitationTerms(Optional<RoomName> room, RoomRole role, int uses, Duration time) {

    /** For how long an invitation is good of which nothing else is said. */
    public static final Duration USUAL = Duration.ofDays(7);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException in a sentence, if one is exceeded
     */
    public InvitationTerms {
        if (uses < 0 || uses > Invitation.MAX_USES) {
            throw new IllegalArgumentException(
                    "An invitation is for at most " + Invitation.MAX_USES + " people, or 0 for any number.");
        }
        if (time.toSeconds() < 1 || time.compareTo(Invitation.LONGEST) > 0) {
            throw new IllegalArgumentException("An invitation is good for a second at least, and "
                    + Invitation.LONGEST.toDays() + " days at most.");
        }
    }

    /** To the server, for one person, for {@link #USUAL}. */
    public static InvitationTerms once() {
        return new InvitationTerms(Optional.empty(), RoomRole.GUEST, 1, USUAL);
    }

    /** The same into a room, with a role there. */
    public InvitationTerms into(RoomName name, RoomRole given) {
        return new InvitationTerms(Optional.of(name), given, uses, time);
    }

    /** The same for so many people; 0 for any number. */
    public InvitationTerms uses(int people) {
        return new InvitationTerms(room, role, people, time);
    }

    /** The same for so long. */
    public InvitationTerms lasting(Duration howLong) {
        return new InvitationTerms(room, role, uses, howLong);
    }
}
