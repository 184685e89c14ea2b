package io.kabar.chat;

import io.kabar.chat.rules.RoomRole;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An invitation that was made and is still good: whoever has the link with its secret may come in, so often and until
 * then.
 *
 * @param id by which it is withdrawn
 * @param by who made it
 * @param room that those who are invited are let into; empty if it is for the server alone
 * @param role what they are in that room from then on
 * @param usesLeft how many may still use it; 0 for any number
 * @param expires when it ends
 */
public record Invitation(long id, UserName by, Optional<RoomName> room, RoomRole role, int usesLeft, Instant expires) {

    /** The longest time for which one is good. */
    public static final Duration LONGEST = Duration.ofDays(365);

    /** The most who can use one that not any number may. */
    public static final int MAX_USES = 1000;
}
