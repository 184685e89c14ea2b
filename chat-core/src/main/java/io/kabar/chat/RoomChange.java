package io.kabar.chat;

import static java.util.Objects.requireNonNull;

import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomRole;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * A change of who may do what in a room. It is an event like any other, and the room's state is made of such events
 * alone. Each has a reason in somebody's words, which may be empty.
 */
public sealed interface RoomChange extends Content {

    /** Ends a ban or a mute. */
    Instant LIFTED = Instant.EPOCH;

    /** The end of a ban or a mute that does not end by itself. */
    Instant FOREVER = Limits.LATEST;

    /** Why, in the words of who did it; may be empty. */
    String reason();

    /** Puts somebody out; they may come back. */
    static Kicked kick(UserName who, String why) {
        return new Kicked(Whom.named(who), Limits.cutLine(why));
    }

    /** Puts somebody out until then, or for ever if that is {@link #FOREVER}. */
    static Banned ban(UserName who, Instant until, String why) {
        return new Banned(Whom.named(who), Limits.nearestTime(until), Limits.cutLine(why));
    }

    /** Lets somebody in again who is banned. */
    static Banned unban(UserName who) {
        return new Banned(Whom.named(who), LIFTED, "");
    }

    /** Lets somebody speak no more until then, or for ever if that is {@link #FOREVER}. */
    static Muted mute(UserName who, Instant until, String why) {
        return new Muted(Whom.named(who), Limits.nearestTime(until), Limits.cutLine(why));
    }

    /** Lets somebody speak again who is muted. */
    static Muted unmute(UserName who) {
        return new Muted(Whom.named(who), LIFTED, "");
    }

    /** Gives somebody a role; {@link RoomRole#GUEST} takes away the one they have. */
    static RoleGiven role(UserName who, RoomRole role, String why) {
        return new RoleGiven(Whom.named(who), role, Limits.cutLine(why));
    }

    /** Lets somebody in who could not enter otherwise. */
    static Invited invite(UserName who, String why) {
        return new Invited(Whom.named(who), false, Limits.cutLine(why));
    }

    /** Takes an invitation back; who is inside by then stays. */
    static Invited uninvite(UserName who, String why) {
        return new Invited(Whom.named(who), true, Limits.cutLine(why));
    }

    /**
     * Sets one mode.
     *
     * @throws IllegalArgumentException with a sentence, if it cannot have this value
     */
    static ModesSet mode(RoomMode mode, long value) {
        return new ModesSet(Map.of(mode, value), "");
    }

    @Override
    default String text() {
        return reason();
    }

    @Override
    RoomChange withoutText();

    @Override
    default <R> R accept(Content.Visitor<R> visitor) {
        return visitor.change(this);
    }

    /**
     * Whether this puts people out: the one it is about, or, of a room that is closed, everybody but its owners.
     *
     * @param now when it happens
     */
    default boolean putsOut(Instant now) {
        return false;
    }

    /** Calls the visitor's method for this change. */
    <R> R acceptChange(Visitor<R> visitor);

    /**
     * Does something different for each change.
     *
     * @param <R> what it makes of them
     */
    interface Visitor<R> {

        /** Somebody has another role. */
        R roleGiven(RoleGiven given);

        /** Somebody is put out for a time, or may come back. */
        R banned(Banned banned);

        /** Somebody is put out. */
        R kicked(Kicked kicked);

        /** Somebody may not speak for a time, or may again. */
        R muted(Muted muted);

        /** Somebody may enter, or may not any more. */
        R invited(Invited invited);

        /** The room as a whole is another one. */
        R modesSet(ModesSet set);
    }

    /**
     * Somebody whom a change is about.
     *
     * @param account the number of the account; 0 if only the name is known yet
     * @param name of its owner as it was written then; empty if it was erased
     */
    record Whom(long account, String name) {

        /** Nobody. */
        public static final Whom NOBODY = new Whom(0, "");

        /** Checks the bounds: see {@link Limits}. */
        public Whom {
            Limits.requireAccount(account);
            Limits.requireLine(name);
        }

        /** Somebody of whom only the name is known. */
        public static Whom named(UserName name) {
            return new Whom(0, name.text());
        }

        /** The author of an event. */
        public static Whom of(Author author) {
            return new Whom(author.account(), author.name().text());
        }

        Whom withoutName() {
            return new Whom(account, "");
        }
    }

    /** A change that is about somebody. */
    sealed interface OfSomebody extends RoomChange {

        /** Whom it is about. */
        Whom whom();

        /** The same about somebody else. */
        OfSomebody with(Whom other);
    }

    /**
     * Somebody is given a role in the room, or it is taken from them.
     *
     * @param role the role they have from now on; {@link RoomRole#GUEST} takes away the one before
     */
    record RoleGiven(Whom whom, RoomRole role, String reason) implements OfSomebody {

        /** Checks the bounds: see {@link Limits}. */
        public RoleGiven {
            requireNonNull(whom);
            requireNonNull(role);
            Limits.requireLine(reason);
        }

        @Override
        public int kind() {
            return ROLE_GIVEN;
        }

        @Override
        public RoleGiven with(Whom other) {
            return new RoleGiven(other, role, reason);
        }

        @Override
        public RoleGiven withoutText() {
            return new RoleGiven(whom.withoutName(), role, "");
        }

        @Override
        public <R> R acceptChange(Visitor<R> visitor) {
            return visitor.roleGiven(this);
        }
    }

    /**
     * Somebody is put out and may not enter for a while, or may enter again.
     *
     * @param until when the ban ends; {@link #LIFTED} if it ends now, {@link #FOREVER} if it does not end
     */
    record Banned(Whom whom, Instant until, String reason) implements OfSomebody {

        /** Checks the bounds: see {@link Limits}. */
        public Banned {
            requireNonNull(whom);
            Limits.requireTime(until);
            until = Instant.ofEpochMilli(until.toEpochMilli());
            Limits.requireLine(reason);
        }

        @Override
        public boolean putsOut(Instant now) {
            return until.isAfter(now);
        }

        /** Whether this ends a ban. */
        public boolean isLifted() {
            return until.equals(LIFTED);
        }

        @Override
        public int kind() {
            return BANNED;
        }

        @Override
        public Banned with(Whom other) {
            return new Banned(other, until, reason);
        }

        @Override
        public Banned withoutText() {
            return new Banned(whom.withoutName(), until, "");
        }

        @Override
        public <R> R acceptChange(Visitor<R> visitor) {
            return visitor.banned(this);
        }
    }

    /** Somebody is put out; they may come back. It is their leave: no other event says that they have left. */
    record Kicked(Whom whom, String reason) implements OfSomebody {

        /** Checks the bounds: see {@link Limits}. */
        public Kicked {
            requireNonNull(whom);
            Limits.requireLine(reason);
        }

        @Override
        public int kind() {
            return KICKED;
        }

        @Override
        public boolean putsOut(Instant now) {
            return true;
        }

        @Override
        public Kicked with(Whom other) {
            return new Kicked(other, reason);
        }

        @Override
        public Kicked withoutText() {
            return new Kicked(whom.withoutName(), "");
        }

        @Override
        public <R> R acceptChange(Visitor<R> visitor) {
            return visitor.kicked(this);
        }
    }

    /**
     * Somebody stays and may not speak for a while, or may speak again.
     *
     * @param until when the mute ends; {@link #LIFTED} if it ends now, {@link #FOREVER} if it does not end
     */
    record Muted(Whom whom, Instant until, String reason) implements OfSomebody {

        /** Checks the bounds: see {@link Limits}. */
        public Muted {
            requireNonNull(whom);
            Limits.requireTime(until);
            until = Instant.ofEpochMilli(until.toEpochMilli());
            Limits.requireLine(reason);
        }

        /** Whether this ends a mute. */
        public boolean isLifted() {
            return until.equals(LIFTED);
        }

        @Override
        public int kind() {
            return MUTED;
        }

        @Override
        public Muted with(Whom other) {
            return new Muted(other, until, reason);
        }

        @Override
        public Muted withoutText() {
            return new Muted(whom.withoutName(), until, "");
        }

        @Override
        public <R> R acceptChange(Visitor<R> visitor) {
            return visitor.muted(this);
        }
    }

    /**
     * Somebody may enter although the room is for those only who are invited, until they are put out or that is taken
     * back.
     *
     * @param takenBack whether they may not any more
     */
    record Invited(Whom whom, boolean takenBack, String reason) implements OfSomebody {

        /** Checks the bounds: see {@link Limits}. */
        public Invited {
            requireNonNull(whom);
            Limits.requireLine(reason);
        }

        @Override
        public int kind() {
            return INVITED;
        }

        @Override
        public Invited with(Whom other) {
            return new Invited(other, takenBack, reason);
        }

        @Override
        public Invited withoutText() {
            return new Invited(whom.withoutName(), takenBack, "");
        }

        @Override
        public <R> R acceptChange(Visitor<R> visitor) {
            return visitor.invited(this);
        }
    }

    /**
     * Some modes of the room have other values from now on.
     *
     * @param changes the modes and their new values, at least one; those that are not named stay as they are
     */
    record ModesSet(Map<RoomMode, Long> changes, String reason) implements RoomChange {

        /** Checks the bounds, and keeps the values unchangeable. */
        public ModesSet {
            changes.forEach(RoomMode::require);
            changes = changes.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(changes));
            Limits.requireLine(reason);
        }

        @Override
        public int kind() {
            return MODES_SET;
        }

        /** Whether it turns this mode on, whatever it was before. */
        public boolean turnsOn(RoomMode mode) {
            return changes.getOrDefault(mode, 0L) != 0;
        }

        /** Whether it turns this mode off. */
        public boolean turnsOff(RoomMode mode) {
            return changes.getOrDefault(mode, 1L) == 0;
        }

        @Override
        public boolean putsOut(Instant now) {
            return turnsOn(RoomMode.CLOSED);
        }

        @Override
        public ModesSet withoutText() {
            return new ModesSet(changes, "");
        }

        @Override
        public <R> R acceptChange(Visitor<R> visitor) {
            return visitor.modesSet(this);
        }
    }
}
