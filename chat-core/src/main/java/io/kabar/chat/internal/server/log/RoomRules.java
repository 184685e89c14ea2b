package io.kabar.chat.internal.server.log;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.RoomChange;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomModes;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.rules.RoomSanction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who may do what in a room, folded from the headers of its events: roles, bans, mutes, invitations and modes. Room for
 * what is on its way to the journal is made by a {@link #copy}, to which that is applied in advance.
 */
public final class RoomRules {

    /** More than one room has use for. */
    private static final int MOST_INVITED = 10_000;

    /** Modes that keep out who has no role. */
    private static final List<RoomMode> DOORS = List.of(RoomMode.INVITE_ONLY, RoomMode.MEMBERS_ONLY, RoomMode.PASSWORD);

    /** Since when something holds, and until when. */
    record Term(long event, Instant until) {}

    private final Map<Long, RoomRole> roles;
    private final Map<Long, Term> bans;
    private final Map<Long, Term> mutes;
    private final Set<Long> invited;
    private RoomModes modes;

    /** Nobody is anything, and nothing is set. */
    RoomRules() {
        this(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeSet<>(), RoomModes.NONE);
    }

    private RoomRules(
            Map<Long, RoomRole> roles,
            Map<Long, Term> bans,
            Map<Long, Term> mutes,
            Set<Long> invited,
            RoomModes modes) {
        this.roles = roles;
        this.bans = bans;
        this.mutes = mutes;
        this.invited = invited;
        this.modes = modes;
    }

    /** The same, to go another way from here. */
    public RoomRules copy() {
        return new RoomRules(
                new TreeMap<>(roles), new TreeMap<>(bans), new TreeMap<>(mutes), new TreeSet<>(invited), modes);
    }

    // What holds

    /** The role of an account here. */
    public RoomRole role(long account) {
        return account == 0 ? RoomRole.GUEST : roles.getOrDefault(account, RoomRole.GUEST);
    }

    /** Until when an account may not enter; empty if it may at this time. */
    public Optional<Instant> bannedUntil(long account, Instant now) {
        return until(bans, account, now);
    }

    /** Until when an account may not speak; empty if it may at this time. */
    public Optional<Instant> mutedUntil(long account, Instant now) {
        return until(mutes, account, now);
    }

    private static Optional<Instant> until(Map<Long, Term> terms, long account, Instant now) {
        Term term = account == 0 ? null : terms.get(account);
        return term != null && term.until().isAfter(now) ? Optional.of(term.until()) : Optional.empty();
    }

    /** The number of the event that banned an account; 0 if none that holds has. */
    public long banOf(long account) {
        Term term = bans.get(account);
        return term == null ? 0 : term.event();
    }

    /** The number of the event that muted an account; 0 if none that holds has. */
    public long muteOf(long account) {
        Term term = mutes.get(account);
        return term == null ? 0 : term.event();
    }

    /** The bans and mutes that hold at this time, by account. */
    public List<RoomSanction> sanctions(Instant now) {
        List<RoomSanction> holding = new ArrayList<>();
        add(holding, bans, false, now);
        add(holding, mutes, true, now);
        return List.copyOf(holding);
    }

    private static void add(List<RoomSanction> holding, Map<Long, Term> terms, boolean mutes, Instant now) {
        terms.forEach((account, term) -> {
            if (term.until().isAfter(now)) {
                holding.add(new RoomSanction(mutes, account, term.until(), term.event()));
            }
        });
    }

    /** Whether an account was invited and not put out since. */
    public boolean isInvited(long account) {
        return invited.contains(account);
    }

    /** What is set for the room. */
    public RoomModes modes() {
        return modes;
    }

    /** The accounts of the owners beside this one; they may be gone by now. */
    public List<Long> ownersBeside(long account) {
        return roles.entrySet().stream()
                .filter(each -> each.getValue() == RoomRole.OWNER && each.getKey() != account)
                .map(Map.Entry::getKey)
                .toList();
    }

    // Folding

    /** Applies an event. What people wrote in it is not looked at. */
    public void apply(long seq, ChatEvent event) {
        if (event.content() instanceof Content.Joined joined && joined.founds()) {
            founded(event.author().account());
        } else if (event.content() instanceof RoomChange change) {
            change.acceptChange(new Applying(seq, event.time())).run();
        }
    }

    /** Nothing has happened behind this event. */
    void endAt(long number) {
        bans.values().removeIf(term -> term.event() > number);
        mutes.values().removeIf(term -> term.event() > number);
    }

    /** Whether an event puts an account out that is inside. */
    public boolean putsOut(ChatEvent event, long account) {
        return event.content() instanceof RoomChange change
                && change.putsOut(event.time())
                && (change instanceof RoomChange.OfSomebody about
                        ? account != 0 && about.whom().account() == account
                        : role(account) != RoomRole.OWNER);
    }

    /** There was no such room before, or nobody knows of it any more. */
    private void founded(long account) {
        roles.clear();
        bans.clear();
        mutes.clear();
        invited.clear();
        modes = RoomModes.NONE;
        if (account != 0) {
            roles.put(account, RoomRole.OWNER);
        }
    }

    /** Whether nobody has changed anything since the room was founded. */
    boolean isUnchanged() {
        return roles.size() <= 1
                && bans.isEmpty()
                && mutes.isEmpty()
                && invited.isEmpty()
                && modes.equals(RoomModes.NONE);
    }

    /** How a change is applied that is event {@code number}. */
    private final class Applying implements RoomChange.Visitor<Runnable> {
        private final long number;
        private final Instant time;

        private Applying(long number, Instant time) {
            this.number = number;
            this.time = time;
        }

        @Override
        public Runnable roleGiven(RoomChange.RoleGiven given) {
            long account = given.whom().account();
            return given.role() == RoomRole.GUEST
                    ? () -> roles.remove(account)
                    : () -> roles.put(account, given.role());
        }

        @Override
        public Runnable banned(RoomChange.Banned banned) {
            return () -> {
                term(bans, banned.whom().account(), banned.until());
                if (banned.putsOut(time)) {
                    invited.remove(banned.whom().account());
                }
            };
        }

        @Override
        public Runnable kicked(RoomChange.Kicked kicked) {
            return () -> invited.remove(kicked.whom().account());
        }

        @Override
        public Runnable muted(RoomChange.Muted muted) {
            return () -> term(mutes, muted.whom().account(), muted.until());
        }

        /** Sets or lifts a term. Those that are over are forgotten. */
        private void term(Map<Long, Term> terms, long account, Instant until) {
            terms.values().removeIf(term -> !term.until().isAfter(time));
            if (until.isAfter(time)) {
                terms.put(account, new Term(number, until));
            } else {
                terms.remove(account);
            }
        }

        @Override
        public Runnable invited(RoomChange.Invited invitation) {
            long account = invitation.whom().account();
            return () -> {
                if (invitation.takenBack()) {
                    invited.remove(account);
                } else if (invited.size() < MOST_INVITED) {
                    invited.add(account);
                }
            };
        }

        @Override
        public Runnable modesSet(RoomChange.ModesSet set) {
            return () -> {
                if (DOORS.stream()
                        .anyMatch(door -> !modes.is(door) && set.changes().getOrDefault(door, 0L) != 0)) {
                    invited.clear(); // while the door was open, anybody could invite
                }
                modes = modes.with(set.changes());
            };
        }
    }

    // Snapshots

    Map<Long, RoomRole> roles() {
        return roles;
    }

    Map<Long, Term> bans() {
        return bans;
    }

    Map<Long, Term> mutes() {
        return mutes;
    }

    Set<Long> invitations() {
        return invited;
    }

    void setModes(RoomModes all) {
        modes = all;
    }
}
