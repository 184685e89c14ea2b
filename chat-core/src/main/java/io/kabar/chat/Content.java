package io.kabar.chat;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Arrays;

/**
 * What happened in an event. <b>New kinds come in minor versions</b>: a switch over the kinds needs a default, as a
 * {@link Visitor} has one. A program sees an event of a kind that it does not know as {@link Unknown}, and as a kind of
 * its own once its library knows it.
 */
public sealed interface Content {

    /** The {@link #kind()} of {@link Said}. */
    int SAID = 1;

    /** The {@link #kind()} of {@link Joined}. */
    int JOINED = 2;

    /** The {@link #kind()} of {@link Left}. */
    int LEFT = 3;

    /** The {@link #kind()} of {@link Topic}. */
    int TOPIC = 4;

    /** The {@link #kind()} of {@link RoleGiven}. */
    int ROLE_GIVEN = 5;

    /** The {@link #kind()} of {@link Banned}. */
    int BANNED = 6;

    /** The number of the kind in the registry of {@code docs/protocol.md}, 1 to 255; from 128 on they are private. */
    int kind();

    /** What a person wrote; empty if they wrote nothing, or nothing that this version could show. */
    String text();

    /** The same without what a person wrote. */
    Content withoutText();

    /** Calls the visitor's method for this kind. */
    <R> R accept(Visitor<R> visitor);

    /** About how many bytes it holds beside its kind. */
    default int size() {
        return text().length();
    }

    /** Whether somebody only entered or left. */
    default boolean isComingOrGoing() {
        return kind() == JOINED || kind() == LEFT;
    }

    /**
     * Does something different for each kind. Kinds of which a visitor knows nothing, such as those of a later version,
     * are all one to it.
     *
     * @param <R> what it makes of them
     */
    interface Visitor<R> {

        /** Every kind for which there is no method here. */
        R other(Content content);

        /** Somebody said something. */
        default R said(Said said) {
            return other(said);
        }

        /** Somebody entered. */
        default R joined(Joined joined) {
            return other(joined);
        }

        /** Somebody left. */
        default R left(Left left) {
            return other(left);
        }

        /** The topic was set. */
        default R topic(Topic topic) {
            return other(topic);
        }

        /** Somebody was given a role. */
        default R roleGiven(RoleGiven given) {
            return other(given);
        }

        /** Somebody was banned, or a ban was lifted. */
        default R banned(Banned banned) {
            return other(banned);
        }

        /** Something that this version does not know. */
        default R unknown(Unknown unknown) {
            return other(unknown);
        }
    }

    /**
     * Somebody said something.
     *
     * @param text what was said; may hold several lines
     * @param action whether it is told in the third person ({@code /me waves})
     */
    record Said(String text, boolean action) implements Content {

        /** Checks the bounds: see {@link Limits}. */
        public Said {
            Limits.requireText(text);
        }

        @Override
        public int kind() {
            return SAID;
        }

        @Override
        public Said withoutText() {
            return new Said("", action);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.said(this);
        }
    }

    /** Somebody entered the room. */
    record Joined() implements Content {

        @Override
        public int kind() {
            return JOINED;
        }

        @Override
        public String text() {
            return "";
        }

        @Override
        public Joined withoutText() {
            return this;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.joined(this);
        }
    }

    /**
     * Somebody left the room.
     *
     * @param reason why, in the words of the one who left or of the server; may be empty
     */
    record Left(String reason) implements Content {

        /** Checks the bounds: see {@link Limits}. */
        public Left {
            Limits.requireLine(reason);
        }

        @Override
        public int kind() {
            return LEFT;
        }

        @Override
        public String text() {
            return reason;
        }

        @Override
        public Left withoutText() {
            return new Left("");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.left(this);
        }
    }

    /**
     * The room's topic was set.
     *
     * @param text the new topic; empty if it was cleared
     */
    record Topic(String text) implements Content {

        /** Checks the bounds: see {@link Limits}. */
        public Topic {
            Limits.requireLine(text);
        }

        @Override
        public int kind() {
            return TOPIC;
        }

        @Override
        public Topic withoutText() {
            return new Topic("");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.topic(this);
        }
    }

    /**
     * Somebody was given a role in the room, or it was taken from them.
     *
     * @param target the account that has the role from now on
     * @param name the name of its owner as it was written then; empty if it was erased
     * @param role the role; {@link Role#MEMBER} takes away the one before
     */
    record RoleGiven(long target, String name, Role role) implements Content {

        /** Checks the bounds: see {@link Limits}. */
        public RoleGiven {
            Limits.requireAccount(target);
            Limits.requireLine(name);
            requireNonNull(role);
        }

        @Override
        public int kind() {
            return ROLE_GIVEN;
        }

        /** The name. */
        @Override
        public String text() {
            return name;
        }

        @Override
        public RoleGiven withoutText() {
            return new RoleGiven(target, "", role);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.roleGiven(this);
        }
    }

    /**
     * Somebody may not enter the room for a while, or may enter it again.
     *
     * @param target the account that may not
     * @param name the name of its owner as it was written then; empty if it was erased
     * @param until when the ban ends; {@link #LIFTED} if it ends now, {@link #FOREVER} if it does not end
     */
    record Banned(long target, String name, Instant until) implements Content {

        /** Ends a ban. */
        public static final Instant LIFTED = Instant.EPOCH;

        /** A ban that does not end by itself. */
        public static final Instant FOREVER = Limits.LATEST;

        /** Checks the bounds: see {@link Limits}. */
        public Banned {
            Limits.requireAccount(target);
            Limits.requireLine(name);
            Limits.requireTime(until);
            until = Instant.ofEpochMilli(until.toEpochMilli());
        }

        /** Whether this ends a ban. */
        public boolean isLifted() {
            return until.equals(LIFTED);
        }

        @Override
        public int kind() {
            return BANNED;
        }

        /** The name. */
        @Override
        public String text() {
            return name;
        }

        @Override
        public Banned withoutText() {
            return new Banned(target, "", until);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.banned(this);
        }
    }

    /**
     * Something of a kind that this version does not know. Its bytes are kept and written back as they are; a person is
     * shown that it is too new for this client.
     *
     * @param kind the number of the kind
     * @param flags the bits of the event's flags that do not tell which parts there are
     * @param facts what a server reads of it, as on the wire, without the length; empty if there is nothing
     * @param extras what belongs to the text, as on the wire, without the length; empty if there is nothing
     * @param body the rest of it
     */
    @SuppressWarnings("ArrayRecordComponent") // copied, and compared by what they hold
    record Unknown(int kind, int flags, byte[] facts, byte[] extras, byte[] body) implements Content {

        /** The flags that tell which parts there are: a reference, facts, extras. */
        private static final int PARTS = 0x07;

        /** Checks the bounds, and copies the bytes. */
        public Unknown {
            if (kind <= BANNED || kind > 255) {
                throw new IllegalArgumentException("An unknown kind has a number from 7 to 255, not " + kind + ".");
            }
            if (flags < 0 || flags > 255 || (flags & PARTS) != 0) {
                throw new IllegalArgumentException("The flags " + flags + " tell of parts.");
            }
            Limits.requireBytes(facts, Limits.FACTS_BYTES);
            Limits.requireBytes(extras, Limits.EXTRAS_BYTES);
            Limits.requireBytes(body, Limits.TEXT_BYTES);
            facts = facts.clone();
            extras = extras.clone();
            body = body.clone();
        }

        @Override
        public byte[] facts() {
            return facts.clone();
        }

        @Override
        public byte[] extras() {
            return extras.clone();
        }

        @Override
        public byte[] body() {
            return body.clone();
        }

        @Override
        public String text() {
            return "";
        }

        @Override
        public int size() {
            return facts.length + extras.length + body.length;
        }

        @Override
        public Unknown withoutText() {
            return new Unknown(kind, flags, facts, new byte[0], new byte[0]);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.unknown(this);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Unknown that
                    && kind == that.kind
                    && flags == that.flags
                    && Arrays.equals(facts, that.facts)
                    && Arrays.equals(extras, that.extras)
                    && Arrays.equals(body, that.body);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * (31 * (31 * kind + flags) + Arrays.hashCode(facts)) + Arrays.hashCode(extras))
                    + Arrays.hashCode(body);
        }

        @Override
        public String toString() {
            return "Unknown[kind=" + kind + ", " + body.length + " bytes]";
        }
    }
}
