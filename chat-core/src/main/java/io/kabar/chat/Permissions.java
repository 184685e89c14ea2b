package io.kabar.chat;

import io.kabar.chat.rules.Amendable;
import io.kabar.chat.rules.Obstacle;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomModes;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.rules.Rule;
import io.kabar.chat.rules.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what in a room: one table for the server, which refuses by it, and for the client, which can tell in
 * advance why something would be refused.
 *
 * <pre>
 *   say                    everybody; from MEMBER on if moderated; from MODERATOR on if read-only; nobody if closed
 *   react                  everybody who may say something
 *   edit                   whoever has said it and may say something, for some time
 *   delete                 whoever has said it; from MODERATOR on, who is more than the author
 *   set the topic          everybody who may say something; from the role of topic-by on
 *   describe, set modes    from MODERATOR on; close and open: OWNER
 *   invite                 everybody; from MEMBER on if invite-only or members-only; take it back: from MODERATOR on
 *   make a link            from MODERATOR on; it gives less than its maker is
 *   kick, ban, mute        from MODERATOR on, who is more than the other
 *   give a role            from MODERATOR on, up to MEMBER; OWNER any; to who is less than oneself, or to oneself less
 * </pre>
 *
 * <p>Nothing here depends on time but mutes; how fast one may speak is not here. Pure; any thread.
 */
public final class Permissions {

    private Permissions() {}

    /** What speaks against somebody's saying or changing something; null if nothing does. */
    public static @Nullable Obstacle toSaying(Standing me, RoomModes modes, Content content, Instant now) {
        if (content.kind() != Content.MODES_SET && modes.is(RoomMode.CLOSED)) {
            return new Obstacle(Rule.CLOSED, "This room is closed; an owner of it can open it.", RoomRole.OWNER);
        }
        return switch (content.kind()) {
            case Content.SAID, Content.DATA, Content.VALUE_SET, Content.EDITED, Content.REACTED ->
                toSpeaking(me, modes, now);
            case Content.DELETED -> content.text().isEmpty() ? null : toSpeaking(me, modes, now);
            case Content.TOPIC -> {
                Obstacle silent = toSpeaking(me, modes, now);
                yield silent != null
                        ? silent
                        : needs(me, modes.role(RoomMode.TOPIC_BY), Rule.TOPIC_BY, "set the topic of this room");
            }
            case Content.DESCRIBED -> needs(me, RoomRole.MODERATOR, Rule.ROLE, "describe this room");
            case Content.MODES_SET -> toModes(me, modes, (RoomChange.ModesSet) content);
            case Content.INVITED ->
                ((RoomChange.Invited) content).takenBack()
                        ? needs(me, RoomRole.MODERATOR, Rule.ROLE, "take invitations into this room back")
                        : toInviting(me, modes);
            case Content.KICKED -> needs(me, RoomRole.MODERATOR, Rule.ROLE, "put people out of this room");
            case Content.BANNED -> needs(me, RoomRole.MODERATOR, Rule.ROLE, "ban people from this room");
            case Content.MUTED -> needs(me, RoomRole.MODERATOR, Rule.ROLE, "mute people in this room");
            case Content.ROLE_GIVEN ->
                me.role().isAtLeast(RoomRole.MEMBER) // who may give up what they are
                        ? null
                        : needs(me, RoomRole.MODERATOR, Rule.ROLE, "change roles in this room");
            default -> null;
        };
    }

    /**
     * What speaks against doing something to a message; null if nothing does.
     *
     * @param me who wants to, who may do such a thing at all by {@link #toSaying}
     * @param editWindow for how long one may edit what one has said
     */
    public static @Nullable Obstacle toAmending(
            Standing me, Amendable target, Content content, Duration editWindow, Instant now) {
        if (!target.message() || (content.kind() == Content.EDITED && !target.said())) {
            return new Obstacle(
                    Rule.TARGET, "#" + target.number() + " is no message that this can be done to.", RoomRole.OWNER);
        }
        if (target.deleted()) {
            return new Obstacle(
                    Rule.TARGET,
                    "#" + target.number() + " is deleted, and nothing more can be done to it.",
                    RoomRole.OWNER);
        }
        return switch (content.kind()) {
            case Content.EDITED -> toEditing(target, editWindow, now);
            case Content.DELETED -> target.own() ? null : toDeleting(me, target);
            default -> null;
        };
    }

    private static @Nullable Obstacle toEditing(Amendable target, Duration window, Instant now) {
        if (!target.own()) {
            return new Obstacle(
                    Rule.AUTHOR,
                    "#" + target.number() + " is somebody else's, and only who has said it can edit it.",
                    RoomRole.OWNER);
        }
        return now.isBefore(target.time().plus(window))
                ? null
                : new Obstacle(
                        Rule.AGE,
                        "#" + target.number() + " is too old to be edited; say it anew, or delete it.",
                        RoomRole.OWNER);
    }

    private static @Nullable Obstacle toDeleting(Standing me, Amendable target) {
        Obstacle role = needs(me, RoomRole.MODERATOR, Rule.ROLE, "delete what others have said");
        return role != null ? role : toOrder(me.role(), target.author(), false, false);
    }

    private static @Nullable Obstacle toSpeaking(Standing me, RoomModes modes, Instant now) {
        if (me.mutedUntil().isAfter(now)) {
            return new Obstacle(
                    Rule.MUTED,
                    "You are muted in this room" + until(me.mutedUntil()) + "; a moderator of it can end that.",
                    RoomRole.MODERATOR);
        }
        if (modes.is(RoomMode.READ_ONLY) && !me.role().isAtLeast(RoomRole.MODERATOR)) {
            return new Obstacle(
                    Rule.READ_ONLY, "Only moderators speak in this room; they can change that.", RoomRole.MODERATOR);
        }
        if (modes.is(RoomMode.MODERATED) && !me.role().isAtLeast(RoomRole.MEMBER)) {
            return new Obstacle(
                    Rule.MODERATED,
                    "Only members speak in this room, as it is moderated; a moderator can make you one.",
                    RoomRole.MODERATOR);
        }
        return null;
    }

    private static @Nullable Obstacle toInviting(Standing me, RoomModes modes) {
        boolean isForSome = modes.is(RoomMode.INVITE_ONLY) || modes.is(RoomMode.MEMBERS_ONLY);
        RoomRole needed = isForSome ? RoomRole.MEMBER : RoomRole.GUEST;
        return needs(me, needed, Rule.ROLE, "invite people into this room");
    }

    private static @Nullable Obstacle toModes(Standing me, RoomModes modes, RoomChange.ModesSet set) {
        boolean owners = set.changes().containsKey(RoomMode.CLOSED) || modes.is(RoomMode.CLOSED);
        return owners
                ? needs(me, RoomRole.OWNER, Rule.ROLE, "close this room or open it")
                : needs(me, RoomRole.MODERATOR, Rule.ROLE, "set the modes of this room");
    }

    /**
     * What speaks against changing something about somebody; null if nothing does.
     *
     * @param me who wants to, who may do such a thing at all by {@link #toSaying}
     * @param other what the other is there, or in every room; of oneself, what the log says: what one is on the server
     *     alone is no role to give oneself
     * @param self whether the other is oneself
     * @param lastOwner whether the other is the only owner of the room
     */
    public static @Nullable Obstacle toChanging(
            RoomRole me, RoomRole other, boolean self, boolean lastOwner, RoomChange.OfSomebody change) {
        return switch (change.kind()) {
            case Content.ROLE_GIVEN -> toGiving(me, other, self, lastOwner, ((RoomChange.RoleGiven) change).role());
            case Content.KICKED, Content.BANNED, Content.MUTED -> toOrder(me, other, self, isLifted(change));
            default -> null;
        };
    }

    private static boolean isLifted(RoomChange change) {
        return (change instanceof RoomChange.Banned banned && banned.isLifted())
                || (change instanceof RoomChange.Muted muted && muted.isLifted());
    }

    private static @Nullable Obstacle toOrder(RoomRole me, RoomRole other, boolean self, boolean lifts) {
        if (lifts && !self) {
            return null;
        }
        if (self) {
            return new Obstacle(Rule.RANK, "That is not for doing to oneself; to go, leave the room.", RoomRole.OWNER);
        }
        return me.isAtLeast(other) && me != other ? null : rank(other);
    }

    private static Obstacle rank(RoomRole other) {
        return other == RoomRole.OWNER
                ? new Obstacle(Rule.RANK, "They are an owner of this room, and nobody in it is more.", RoomRole.OWNER)
                : new Obstacle(
                        Rule.RANK,
                        "They are " + other.withArticle() + " of this room, which takes an owner of it.",
                        RoomRole.OWNER);
    }

    private static @Nullable Obstacle toGiving(
            RoomRole me, RoomRole other, boolean self, boolean lastOwner, RoomRole role) {
        if (self && me != RoomRole.OWNER && !other.isAtLeast(role)) {
            return needs(Standing.of(me), RoomRole.OWNER, Rule.ROLE, "make themselves " + role.withArticle());
        }
        if (lastOwner && role != RoomRole.OWNER) {
            return new Obstacle(
                    Rule.RANK, "The room would have no owner; make somebody else one before.", RoomRole.OWNER);
        }
        if (self) {
            return null; // one may always be less
        }
        if (me == RoomRole.OWNER) {
            return null;
        }
        if (!me.isAtLeast(RoomRole.MODERATOR)) {
            return needs(Standing.of(me), RoomRole.MODERATOR, Rule.ROLE, "change roles in this room");
        }
        if (!RoomRole.MEMBER.isAtLeast(role)) {
            return needs(Standing.of(me), RoomRole.OWNER, Rule.ROLE, "make somebody " + role.withArticle());
        }
        return me != other && me.isAtLeast(other) ? null : rank(other);
    }

    /**
     * What speaks against making a link that leads into a room, and gives whoever comes by it a role; null if nothing
     * does.
     *
     * @param me what its maker is there, or in every room
     */
    public static @Nullable Obstacle toMakingLinks(RoomRole me, RoomRole given) {
        Obstacle lacking = needs(Standing.of(me), RoomRole.MODERATOR, Rule.ROLE, "make links that lead there");
        boolean gives = me.isAtLeast(given) && me != given;
        return lacking != null || gives
                ? lacking
                : new Obstacle(
                        Rule.RANK,
                        "A link gives less than its maker has in the room: you are " + me.withArticle() + ".",
                        RoomRole.OWNER);
    }

    /**
     * What speaks against entering a room; null if nothing does.
     *
     * @param role what somebody is there, or in every room
     * @param invited whether they are invited
     * @param knowsPassword whether they have shown the room's password
     * @param inside how many are inside, beside them
     */
    public static @Nullable Obstacle toEntering(
            RoomRole role, boolean invited, boolean knowsPassword, int inside, RoomModes modes) {
        if (role == RoomRole.OWNER) {
            return null;
        }
        if (modes.is(RoomMode.CLOSED)) {
            return new Obstacle(Rule.CLOSED, "This room is closed; an owner of it can open it.", RoomRole.OWNER);
        }
        if (role == RoomRole.MODERATOR) {
            return null;
        }
        boolean belongs = role == RoomRole.MEMBER;
        if (modes.is(RoomMode.MEMBERS_ONLY) && !belongs) {
            return new Obstacle(
                    Rule.MEMBERS_ONLY,
                    "This room is for its members; a moderator of it can make you one.",
                    RoomRole.MODERATOR);
        }
        if (modes.is(RoomMode.INVITE_ONLY) && !belongs && !invited) {
            return new Obstacle(
                    Rule.INVITE_ONLY,
                    "This room is for those who are invited; its members can invite you.",
                    RoomRole.MEMBER);
        }
        if (modes.is(RoomMode.PASSWORD) && !belongs && !invited && !knowsPassword) {
            return new Obstacle(
                    Rule.PASSWORD,
                    "This room asks for a password; its members can tell it or invite you.",
                    RoomRole.MEMBER);
        }
        long limit = modes.value(RoomMode.USER_LIMIT);
        if (limit > 0 && inside >= limit) {
            return new Obstacle(
                    Rule.USER_LIMIT,
                    String.format(
                            Locale.ROOT,
                            "This room is full: %,d may be inside; a moderator of it can change that.",
                            limit),
                    RoomRole.MODERATOR);
        }
        return null;
    }

    private static @Nullable Obstacle needs(Standing me, RoomRole role, Rule rule, String what) {
        return me.role().isAtLeast(role)
                ? null
                : new Obstacle(
                        rule,
                        "It takes " + role.withArticle() + " of this room to " + what + "; you are "
                                + me.role().withArticle() + ", and "
                                + (role == RoomRole.MEMBER ? "a moderator" : "an owner")
                                + " can make you more.",
                        role == RoomRole.MEMBER ? RoomRole.MODERATOR : RoomRole.OWNER);
    }

    /** Such as {@code  until 2026-01-31T12:00:00Z}; empty if it has no end. */
    public static String until(Instant until) {
        return until.equals(RoomChange.FOREVER) ? "" : " until " + until.truncatedTo(ChronoUnit.SECONDS);
    }
}
