package io.kabar.chat.internal.wire.message;

import io.kabar.chat.Amended.Reaction;
import io.kabar.chat.Conversation;
import io.kabar.chat.Invitation;
import io.kabar.chat.KnownDevice;
import io.kabar.chat.Member;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.UserName;
import java.util.List;

/** What a server answers to a {@link Query}, or a piece of it. */
public sealed interface Answer
        permits Answer.Rooms,
                Answer.Members,
                Answer.History,
                Answer.Amended,
                Answer.Found,
                Answer.Seen,
                Answer.Done,
                Answer.Conversations,
                Answer.PasswordSalt,
                Answer.Devices,
                Answer.Invited,
                Answer.Invitations,
                OrderAnswer {

    /**
     * Some rooms.
     *
     * @param rest whether there are others than those of this answer, which are asked for behind the last of it
     */
    record Rooms(List<RoomSummary> rooms, boolean rest) implements Answer {}

    /**
     * Some members of a room.
     *
     * @param inside how many are in it, told or not
     * @param rest whether there are others than those of this answer, which are asked for behind the last of it
     */
    record Members(int inside, boolean rest, List<Member> members) implements Answer {}

    /** Some direct conversations. */
    record Conversations(List<Conversation> conversations) implements Answer {}

    /**
     * Which events are coming: those from {@code from} to {@code to}, none if {@code to} is smaller.
     *
     * @param firstKept oldest event that is kept
     * @param last newest event
     */
    record History(long from, long to, long firstKept, long last) implements Answer {}

    /**
     * What later events have changed of those of a piece of history, behind {@link History}.
     *
     * @param asOf the newest event that is counted
     */
    record Amended(long asOf, List<Item> items) implements Answer {

        /**
         * One of them.
         *
         * @param edit the event that edited it last; 0 if none did, or it is deleted
         * @param deletion the event that deleted it; 0 if it is not deleted
         */
        public record Item(long target, long edit, long deletion, List<Reaction> reactions) {}
    }

    /**
     * What a search has found.
     *
     * @param searchedTo everything from this number on was looked at
     * @param more whether there is anything before that
     * @param hits numbers of events, newest first
     */
    record Found(long searchedTo, boolean more, List<Long> hits) implements Answer {}

    /**
     * Which members of a room have an event.
     *
     * @param members how many are in the room
     * @param delivered how many of them have it
     * @param names some of those, by name
     */
    record Seen(int members, int delivered, List<UserName> names) implements Answer {}

    /** What was asked for is done. */
    record Done() implements Answer {}

    /**
     * How the present password is to be proven.
     *
     * @param salt empty if the account has no password
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody but tests, which do it field by field
    record PasswordSalt(byte[] salt, int iterations) implements Answer {}

    /** The devices of an account, by number. */
    record Devices(List<KnownDevice> devices) implements Answer {}

    /**
     * An invitation that was made.
     *
     * @param secret that lets in whoever shows it
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody but tests, which do it field by field
    record Invited(long id, byte[] secret) implements Answer {}

    /** Invitations, the oldest first. */
    record Invitations(List<Invitation> invitations) implements Answer {}
}
