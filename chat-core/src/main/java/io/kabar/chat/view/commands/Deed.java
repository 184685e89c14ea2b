package io.kabar.chat.view.commands;

import io.kabar.chat.Content;
import io.kabar.chat.Member;
import io.kabar.chat.Permissions;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomChange.Whom;
import io.kabar.chat.UserName;
import io.kabar.chat.rules.Obstacle;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.rules.RoomSettings;
import io.kabar.chat.rules.Rule;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Something one may be able to do in a room, and why not if one cannot: told without asking the server. */
@SuppressWarnings("ImmutableEnumChecker") // events are never changed
public enum Deed {
    /** Say something. */
    SAY(new Content.Said("-", false)),
    /** Set the topic. */
    TOPIC(new Content.Topic("-")),
    /** Say what the room is for. */
    DESCRIBE(new Content.Described("-")),
    /** Set a mode. */
    MODE(new RoomChange.ModesSet(Map.of(RoomMode.SLOW, 1L), "")),
    /** Let somebody in. */
    INVITE(new RoomChange.Invited(Whom.NOBODY, false, "")),
    /** Put somebody out. */
    KICK(new RoomChange.Kicked(Whom.NOBODY, "")),
    /** Keep somebody out. */
    BAN(new RoomChange.Banned(Whom.NOBODY, RoomChange.FOREVER, "")),
    /** Let somebody speak no more. */
    MUTE(new RoomChange.Muted(Whom.NOBODY, RoomChange.FOREVER, "")),
    /** Make somebody a member, or take that away. */
    ROLE(new RoomChange.RoleGiven(Whom.NOBODY, RoomRole.MEMBER, "")),
    /** Close the room, or open it. */
    CLOSE(new RoomChange.ModesSet(Map.of(RoomMode.CLOSED, 1L), ""));

    private final Content content;

    Deed(Content content) {
        this.content = content;
    }

    /** In lower case, as people type it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The deed of this word, in any case. */
    public static Optional<Deed> of(String word) {
        return Arrays.stream(values())
                .filter(deed -> deed.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** What speaks against doing it at all; empty if nothing does. */
    public Optional<Obstacle> against(RoomSettings room, Instant now) {
        Obstacle atAll = Permissions.toSaying(room.standing(), room.modes(), content, now);
        if (this != ROLE || (atAll != null && atAll.rule() != Rule.ROLE)) {
            return Optional.ofNullable(atAll);
        }
        // Whoever has a role may give it up; to give one to others takes more.
        return Optional.ofNullable(Permissions.toChanging(
                room.standing().role(), RoomRole.GUEST, false, false, (RoomChange.RoleGiven) content));
    }

    /** What speaks against doing it to somebody who is there; empty if nothing does. */
    public Optional<Obstacle> against(RoomSettings room, Instant now, UserName self, Member other) {
        return content instanceof RoomChange.OfSomebody change
                ? against(room, now, self, other, change)
                : against(room, now);
    }

    /** What speaks against such a change of somebody who is there; empty if nothing does. */
    public static Optional<Obstacle> against(
            RoomSettings room, Instant now, UserName self, Member other, RoomChange.OfSomebody change) {
        Obstacle atAll = Permissions.toSaying(room.standing(), room.modes(), change, now);
        return Optional.ofNullable(
                atAll != null
                        ? atAll
                        : Permissions.toChanging(
                                room.standing().role(),
                                other.role(),
                                other.name().equals(self),
                                false,
                                change));
    }
}
