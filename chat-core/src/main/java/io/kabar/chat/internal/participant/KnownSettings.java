package io.kabar.chat.internal.participant;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.Member;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.UserName;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.rules.RoomSettings;
import io.kabar.chat.rules.Standing;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is set for the rooms somebody is in, and how its user stands there: as they were found, and as their events have
 * changed that since. Written where the listener is called, read by any thread.
 */
final class KnownSettings {

    private record Known(RoomSettings settings, long asOf) {}

    private final Map<RoomName, Known> rooms = new ConcurrentHashMap<>();

    Optional<RoomSettings> find(RoomName room) {
        return Optional.ofNullable(rooms.get(room)).map(Known::settings);
    }

    void entered(RoomState room) {
        rooms.put(room.name(), new Known(room.settings(), room.lastSequence()));
    }

    void left(RoomName room) {
        rooms.remove(room);
    }

    /** Somebody in a room is another one than before. */
    void changed(RoomName room, Member member, UserName self) {
        if (member.name().equals(self)) {
            rooms.computeIfPresent(
                    room,
                    (name, known) -> new Known(
                            known.settings()
                                    .withStanding(known.settings().standing().withRole(member.role())),
                            known.asOf()));
        }
    }

    /** Something has happened. What was before the room was entered is known already. */
    void happened(ChatEvent event, UserName self) {
        Content content = event.content();
        if (content instanceof RoomChange || content instanceof Content.Described) {
            rooms.computeIfPresent(
                    event.room(),
                    (name, known) -> event.sequence() <= known.asOf()
                            ? known
                            : new Known(after(known.settings(), content, self), event.sequence()));
        } else if (content instanceof Content.Joined joined
                && joined.founds()
                && event.from().equals(self)) {
            rooms.computeIfPresent(
                    event.room(),
                    (name, known) -> new Known(
                            known.settings()
                                    .withStanding(known.settings().standing().withRole(RoomRole.OWNER)),
                            known.asOf()));
        }
    }

    private static RoomSettings after(RoomSettings before, Content content, UserName self) {
        if (content instanceof Content.Described described) {
            return before.withDescription(described.text());
        } else if (content instanceof RoomChange.ModesSet set) {
            return before.withModes(before.modes().with(set.changes()));
        } else if (content instanceof RoomChange.OfSomebody about
                && about.whom().name().equals(self.text())) {
            return before.withStanding(after(before.standing(), about));
        }
        return before;
    }

    private static Standing after(Standing before, RoomChange.OfSomebody change) {
        if (change instanceof RoomChange.Muted muted) {
            return before.withMute(muted.isLifted() ? Instant.EPOCH : muted.until());
        }
        // What one is in every room is told by the server, which knows it.
        return change instanceof RoomChange.RoleGiven given && given.role().isAtLeast(before.role())
                ? before.withRole(given.role())
                : before;
    }
}
