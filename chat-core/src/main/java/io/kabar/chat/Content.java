package io.kabar.chat;

import java.util.Arrays;

/**
 * What happened in an event. <b>New kinds come in minor versions</b>: a switch over the kinds needs a default, as a
 * {@link Visitor} has one. A program sees an event of a kind that it does not know as {@link Unknown}, and as a kind of
 * its own once its library knows it.
 */
public sealed interface Content
        permits Content.Said,
                Content.Joined,
                Content.Left,
                Content.Topic,
                Content.Described,
                RoomChange,
                StaffAction,
                ProgramContent,
                Amendment,
                Content.Unknown {

    /** The {@link #kind()} of {@link Said}. */
    int SAID = 1;

    /** The {@link #kind()} of {@link Joined}. */
    int JOINED = 2;

    /** The {@link #kind()} of {@link Left}. */
    int LEFT = 3;

    /** The {@link #kind()} of {@link Topic}. */
    int TOPIC = 4;

    /** The {@link #kind()} of {@link RoomChange.RoleGiven}. */
    int ROLE_GIVEN = 5;

    /** The {@link #kind()} of {@link RoomChange.Banned}. */
    int BANNED = 6;

    /** The {@link #kind()} of {@link RoomChange.Kicked}. */
    int KICKED = 7;

    /** The {@link #kind()} of {@link RoomChange.Muted}. */
    int MUTED = 8;

    /** The {@link #kind()} of {@link RoomChange.ModesSet}. */
    int MODES_SET = 9;

    /** The {@link #kind()} of {@link Described}. */
    int DESCRIBED = 10;

    /** The {@link #kind()} of {@link RoomChange.Invited}. */
    int INVITED = 11;

    /** The {@link #kind()} of {@link StaffAction}. */
    int STAFF_ACTION = 12;

    /** The {@link #kind()} of {@link ProgramContent.Data}. */
    int DATA = 16;

    /** The {@link #kind()} of {@link ProgramContent.ValueSet}. */
    int VALUE_SET = 17;

    /** The {@link #kind()} of {@link Amendment.Edited}. */
    int EDITED = 13;

    /** The {@link #kind()} of {@link Amendment.Deleted}. */
    int DELETED = 14;

    /** The {@link #kind()} of {@link Amendment.Reacted}. */
    int REACTED = 15;

    /** Whether this version knows a kind: such an event is never an {@link Unknown}. */
    static boolean isKnown(int kind) {
        return kind >= SAID && kind <= VALUE_SET;
    }

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

    /** Whether it is a message, of a person or of a program: one that slow modes count, and a page of history. */
    default boolean isMessage() {
        return kind() == SAID || kind() == DATA;
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

        /** The room was described. */
        default R described(Described described) {
            return other(described);
        }

        /** Who may do what is not as before. */
        default R change(RoomChange change) {
            return other(change);
        }

        /** Somebody keeps order on the server. */
        default R staffAction(StaffAction action) {
            return other(action);
        }

        /** A program said something. */
        default R data(ProgramContent.Data data) {
            return other(data);
        }

        /** A value of the room was set. */
        default R valueSet(ProgramContent.ValueSet set) {
            return other(set);
        }

        /** A message reads otherwise. */
        default R edited(Amendment.Edited edited) {
            return other(edited);
        }

        /** A message is gone. */
        default R deleted(Amendment.Deleted deleted) {
            return other(deleted);
        }

        /** Somebody reacts to a message. */
        default R reacted(Amendment.Reacted reacted) {
            return other(reacted);
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

    /**
     * Somebody entered the room.
     *
     * @param founds whether there was no such room before: then it is theirs
     */
    record Joined(boolean founds) implements Content {

        /** Somebody entered a room that was there. */
        public Joined() {
            this(false);
        }

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
     * The room was described: what it is for, and how one behaves there.
     *
     * @param text the new description; empty if it was cleared
     */
    record Described(String text) implements Content {

        /** Checks the bounds: see {@link Limits}. */
        public Described {
            Limits.requireLine(text);
        }

        @Override
        public int kind() {
            return DESCRIBED;
        }

        @Override
        public Described withoutText() {
            return new Described("");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.described(this);
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
            if (kind < 1 || kind > 255 || isKnown(kind)) {
                throw new IllegalArgumentException(
                        "An unknown kind has a number from 1 to 255 that is not known, not " + kind + ".");
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
