package io.kabar.chat.view.commands;

import io.kabar.chat.Amendment;
import io.kabar.chat.Content;
import io.kabar.chat.Permissions;
import io.kabar.chat.rules.Amendable;
import io.kabar.chat.rules.Obstacle;
import io.kabar.chat.rules.RoomSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Something one may be able to do with a message, and why not if one cannot: told without asking the server. For how
 * long one may edit, the server alone knows.
 */
@SuppressWarnings("ImmutableEnumChecker") // contents are never changed
public enum MessageDeed {
    /** Answer it. */
    REPLY(new Content.Said("-", false)),
    /** Let it read otherwise. */
    EDIT(new Amendment.Edited("-")),
    /** Delete it. */
    DELETE(new Amendment.Deleted("")),
    /** React to it. */
    REACT(new Amendment.Reacted("+1", false));

    /** Longer than anybody remembers. */
    private static final Duration EVER = Duration.ofDays(36_500);

    private final Content content;

    MessageDeed(Content content) {
        this.content = content;
    }

    /** What speaks against it; empty if nothing does. */
    public Optional<Obstacle> against(RoomSettings room, Amendable message, Instant now) {
        Obstacle atAll = Permissions.toSaying(room.standing(), room.modes(), content, now);
        return Optional.ofNullable(
                atAll != null ? atAll : Permissions.toAmending(room.standing(), message, content, EVER, now));
    }
}
