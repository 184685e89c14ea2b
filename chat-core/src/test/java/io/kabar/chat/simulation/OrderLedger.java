package io.kabar.chat.simulation;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.RoomChange;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomRole;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Judges each event of a room by those before it: nobody does what roles, bans, mutes and modes forbid at that place of
 * the log. Written by the rules as people are told them, apart from the server's own table.
 */
final class OrderLedger {

    private final Map<Long, RoomRole> roles = new HashMap<>();
    private final Map<Long, Instant> bans = new HashMap<>();
    private final Map<Long, Instant> mutes = new HashMap<>();
    private final Set<Long> invited = new HashSet<>();
    private final Map<RoomMode, Long> modes = new EnumMap<>(RoomMode.class);
    /** Whether it ever was no event who enters. */
    private boolean wasQuiet;
    /** Who is inside: the key of the name, and the account. */
    private final Map<String, Long> inside = new HashMap<>();

    RoomRole role(long account) {
        return roles.getOrDefault(account, RoomRole.GUEST);
    }

    private boolean is(RoomMode mode) {
        return modes.getOrDefault(mode, 0L) != 0;
    }

    /**
     * Judges the next event, and counts it.
     *
     * @param out hears of the key of each name that it puts out
     */
    void judge(ChatEvent event, Consumer<String> out) {
        long by = event.author().account();
        if (!event.room().isDirect() && by != 0) {
            World.require(isAllowed(event, by), () -> event + " is forbidden here: " + this);
        }
        Set<String> before = Set.copyOf(inside.keySet());
        follow(event);
        if (event.content() instanceof RoomChange) {
            before.stream().filter(key -> !inside.containsKey(key)).forEach(out);
        }
    }

    private boolean isAllowed(ChatEvent event, long by) {
        RoomRole role = role(by);
        boolean silent = mutes.getOrDefault(by, Instant.EPOCH).isAfter(event.time())
                || (is(RoomMode.READ_ONLY) && !role.isAtLeast(RoomRole.MODERATOR))
                || (is(RoomMode.MODERATED) && role == RoomRole.GUEST);
        Content content = event.content();
        if (is(RoomMode.CLOSED) && !event.isLeft() && content.kind() != Content.MODES_SET) {
            return event.isJoined() && role == RoomRole.OWNER;
        }
        return switch (content.kind()) {
            case Content.SAID, Content.DATA, Content.VALUE_SET, Content.EDITED, Content.REACTED -> !silent;
            case Content.DELETED -> content.text().isEmpty() || !silent;
            case Content.TOPIC -> !silent && role.number() >= modes.getOrDefault(RoomMode.TOPIC_BY, 0L);
            case Content.JOINED ->
                !is(RoomMode.QUIET) && (mayEnter(by, role, event.time()) || ((Content.Joined) content).founds());
            case Content.LEFT -> true;
            case Content.INVITED -> mayInvite(role, (RoomChange.Invited) content);
            case Content.ROLE_GIVEN -> mayGive(by, role, (RoomChange.RoleGiven) content);
            case Content.KICKED, Content.BANNED, Content.MUTED ->
                role.isAtLeast(RoomRole.MODERATOR) && isBelow((RoomChange.OfSomebody) content, by, role);
            default -> role.isAtLeast(RoomRole.MODERATOR);
        };
    }

    private boolean mayInvite(RoomRole role, RoomChange.Invited change) {
        return change.takenBack()
                ? role.isAtLeast(RoomRole.MODERATOR)
                : role != RoomRole.GUEST || (!is(RoomMode.INVITE_ONLY) && !is(RoomMode.MEMBERS_ONLY));
    }

    private boolean mayEnter(long by, RoomRole role, Instant now) {
        if (bans.getOrDefault(by, Instant.EPOCH).isAfter(now)) {
            return role.isAtLeast(RoomRole.MODERATOR);
        }
        boolean known = role != RoomRole.GUEST || wasQuiet; // then one may have been inside before the door was shut
        return known
                || (!is(RoomMode.MEMBERS_ONLY)
                        && (invited.contains(by) || (!is(RoomMode.INVITE_ONLY) && !is(RoomMode.PASSWORD))));
    }

    private boolean mayGive(long by, RoomRole role, RoomChange.RoleGiven given) {
        if (given.whom().account() == by) {
            return role.isAtLeast(given.role());
        }
        return role == RoomRole.OWNER
                || (role == RoomRole.MODERATOR
                        && RoomRole.MEMBER.isAtLeast(given.role())
                        && !role(given.whom().account()).isAtLeast(RoomRole.MODERATOR));
    }

    private boolean isBelow(RoomChange.OfSomebody change, long by, RoomRole role) {
        long other = change.whom().account();
        boolean lifts = (change instanceof RoomChange.Banned banned && banned.isLifted())
                || (change instanceof RoomChange.Muted muted && muted.isLifted());
        return other != by && (lifts || !role(other).isAtLeast(role));
    }

    /** Counts an event, whether or not it should be there. */
    void follow(ChatEvent event) {
        long by = event.author().account();
        if (event.isJoined()) {
            if (((Content.Joined) event.content()).founds()) {
                roles.clear();
                bans.clear();
                mutes.clear();
                invited.clear();
                modes.clear();
                roles.put(by, RoomRole.OWNER);
            }
            inside.put(event.from().key(), by);
        } else if (event.isLeft()) {
            inside.remove(event.from().key());
        } else if (event.content() instanceof RoomChange.ModesSet set) {
            for (RoomMode door : List.of(RoomMode.INVITE_ONLY, RoomMode.MEMBERS_ONLY, RoomMode.PASSWORD)) {
                if (!is(door) && set.changes().getOrDefault(door, 0L) != 0) {
                    invited.clear();
                }
            }
            modes.putAll(set.changes());
            if (set.turnsOn(RoomMode.CLOSED)) {
                inside.values().removeIf(account -> role(account) != RoomRole.OWNER);
            }
        } else if (event.content() instanceof RoomChange.OfSomebody about) {
            follow(about, about.whom().account(), event.time());
        }
        if (is(RoomMode.QUIET)) {
            wasQuiet = true;
            inside.clear();
        }
    }

    private void follow(RoomChange.OfSomebody change, long account, Instant now) {
        if (change instanceof RoomChange.RoleGiven given) {
            roles.put(account, given.role());
        } else if (change instanceof RoomChange.Invited invitation && invitation.takenBack()) {
            invited.remove(account);
        } else if (change instanceof RoomChange.Invited) {
            invited.add(account);
        } else if (change instanceof RoomChange.Muted muted) {
            mutes.put(account, muted.until());
        } else {
            boolean out = true;
            if (change instanceof RoomChange.Banned banned) {
                bans.put(account, banned.until());
                out = banned.until().isAfter(now);
            }
            if (out) {
                invited.remove(account);
                inside.values().removeIf(each -> each == account);
            }
        }
    }

    @Override
    public String toString() {
        return "roles " + roles + ", bans " + bans + ", mutes " + mutes + ", invited " + invited + ", " + modes;
    }
}
