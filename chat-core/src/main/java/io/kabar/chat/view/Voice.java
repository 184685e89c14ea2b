package io.kabar.chat.view;

import io.kabar.chat.rules.Obstacle;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.rules.RoomSettings;
import io.kabar.chat.view.commands.Deed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether this user may speak in a room, and when again; and what is set for it. Confined to the model's executor. */
public final class Voice {

    private RoomSettings settings = RoomSettings.NONE;
    private @Nullable Instant spokeAt;

    Voice() {}

    /** What is set for the room, and how this user stands in it. */
    public RoomSettings settings() {
        return settings;
    }

    void set(RoomSettings now) {
        settings = now;
    }

    /** This user has said something, here or on another device. */
    void spoke(Instant at) {
        spokeAt = at;
    }

    /** Why they may not say anything, in a sentence; empty if they may. */
    public Optional<String> silence(Instant now) {
        return Deed.SAY.against(settings, now).map(Obstacle::sentence);
    }

    /** How long what they say now waits, because the room is slow; zero if not at all. */
    public Duration pause(Instant now) {
        if (spokeAt == null || settings.standing().role().isAtLeast(RoomRole.MODERATOR)) {
            return Duration.ZERO;
        }
        Duration pause = Duration.between(now, spokeAt.plus(settings.modes().slow()));
        return pause.isNegative() ? Duration.ZERO : pause;
    }
}
