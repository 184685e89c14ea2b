package io.kabar.chat;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One entry of a room's log. Every member of a room sees the same events with the same {@link #sequence()} numbers, in
 * the same order, each once: 1, 2, 3, without holes. An event that is out of the {@link Limits} cannot be made.
 *
 * @param room the room whose log this stands in
 * @param epoch the number of the run of a server that wrote it, below 2<sup>32</sup>; 0 if it is not known. A client
 *     knows of the newest epoch only, and takes older events of the log for written in it
 * @param sequence position in the room's log, from 1; 0 for one that has no place yet
 * @param time when the server accepted it, by the server's clock; order is told by {@code sequence} alone
 * @param author who did it
 * @param ref the number of an earlier event of the room that this one refers to; 0 if there is none
 * @param content what happened
 */
public record ChatEvent(
        RoomName room, long epoch, long sequence, Instant time, Author author, long ref, Content content) {

    /** Checks the bounds: see {@link Limits}. */
    public ChatEvent {
        requireNonNull(room);
        requireNonNull(author);
        requireNonNull(content);
        Limits.requireEpoch(epoch);
        Limits.requireNumber(sequence);
        Limits.requireTime(time);
        Limits.requireNumber(ref);
    }

    /** An event of no known epoch that refers to no other. */
    public static ChatEvent of(RoomName room, long sequence, Instant time, Author author, Content content) {
        return new ChatEvent(room, 0, sequence, time, author, 0, content);
    }

    /** The name of who did it. */
    public UserName from() {
        return author.name();
    }

    /** What a person wrote: the text of a message, the reason of a leave, a topic; empty if they wrote nothing. */
    public String text() {
        return content.text();
    }

    /** About how many bytes of content it has: what a journal counts when a page has a bound. */
    public int size() {
        return content.size();
    }

    /** Its place in the log. */
    public LogPosition position() {
        return new LogPosition(epoch, sequence);
    }

    /** Whether somebody said something. */
    public boolean isSaid() {
        return content.kind() == Content.SAID;
    }

    /** Whether it is a message, of a person or of a program. */
    public boolean isMessage() {
        return content.isMessage();
    }

    /** Whether somebody entered. */
    public boolean isJoined() {
        return content.kind() == Content.JOINED;
    }

    /** Whether somebody left. */
    public boolean isLeft() {
        return content.kind() == Content.LEFT;
    }

    /**
     * Whether this is the end of somebody's stay, who is told by the name under which they came: they leave, are kicked
     * or banned, or the room is closed.
     */
    public boolean endsStayOf(UserName name) {
        if (isLeft()) {
            return from().equals(name);
        }
        return content instanceof RoomChange change
                && change.putsOut(time)
                && (!(change instanceof RoomChange.OfSomebody about)
                        || about.whom().name().equals(name.text()));
    }

    /** Whether somebody set the topic. */
    public boolean isTopic() {
        return content.kind() == Content.TOPIC;
    }

    /** Whether somebody only entered or left. */
    public boolean isComingOrGoing() {
        return content.isComingOrGoing();
    }

    /** The same event at another place in the log. */
    public ChatEvent withSequence(long number) {
        return new ChatEvent(room, epoch, number, time, author, ref, content);
    }

    /**
     * The same event at another time, as a journal needs it whose clock was set back: time never decreases in a room.
     */
    public ChatEvent withTime(Instant instant) {
        return new ChatEvent(room, epoch, sequence, instant, author, ref, content);
    }

    /** The same event as written by another run of a server. */
    public ChatEvent withEpoch(long number) {
        return new ChatEvent(room, number, sequence, time, author, ref, content);
    }

    /** The same event of which a person wrote nothing. */
    public ChatEvent withoutText() {
        return new ChatEvent(room, epoch, sequence, time, author, ref, content.withoutText());
    }
}
