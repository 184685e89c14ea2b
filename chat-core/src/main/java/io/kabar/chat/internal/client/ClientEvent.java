package io.kabar.chat.internal.client;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.CloseReason;
import io.kabar.chat.Delivery;
import io.kabar.chat.HistoryPage;
import io.kabar.chat.Member;
import io.kabar.chat.Receipt;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.SearchPage;
import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.endpoint.Endpoint;
import io.kabar.chat.internal.endpoint.SlowWork;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.rules.Obstacle;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client endpoint wants done, or tells. {@code callId} is the one given with the command it answers. */
public sealed interface ClientEvent {

    /** What a call has come to. */
    sealed interface Answer extends ClientEvent {

        long callId();

        /** What its future completes with. */
        Object value();
    }

    /** Run this and give it back to {@link Endpoint#handleWork}. */
    record Work(SlowWork work) implements ClientEvent {}

    /** Open a new socket, if possible: nothing is heard on this one. */
    record Rebind() implements ClientEvent {}

    /** Signed in for the first time; {@code firstContact}: the key was taken on trust. */
    record SignedIn(UserName name, ServerKey key, boolean firstContact) implements ClientEvent {}

    /** Signed in anew, and the account has another name now. */
    record Renamed(UserName name) implements ClientEvent {}

    /** The longest message in bytes of UTF-8 that the server takes; at each sign-in, ahead of all else. */
    record MessageLimit(int bytes) implements ClientEvent {}

    /** Nothing is heard from the server. */
    record Searching() implements ClientEvent {}

    /**
     * The server is heard again, or this client has signed in anew; {@code moved}: from a new address, in the old
     * session.
     */
    record Found(boolean moved) implements ClientEvent {}

    /** In a room; the call is 0 if it was entered without being asked for. */
    record Entered(long callId, RoomState room) implements ClientEvent {}

    record LeftRoom(long callId, RoomName room, String reason) implements ClientEvent {}

    /** The next event of a room. */
    record Event(ChatEvent event, boolean replayed) implements ClientEvent {}

    /** The server's log of a room is not the one that was read: from event {@code from} on it is another. */
    record HistoryChanged(RoomName room, long from) implements ClientEvent {}

    /** The user has read a room up to here, on another device. */
    record ReadElsewhere(RoomName room, long upTo) implements ClientEvent {}

    /**
     * Something was said in a direct conversation this client is not in; {@code sequence} is the first of it. The
     * partner is null if the server does not know how they are called.
     */
    record DirectWaiting(RoomName room, @Nullable UserName partner, long sequence) implements ClientEvent {}

    record HistoryGone(RoomName room, long from, long to) implements ClientEvent {}

    record MemberChanged(RoomName room, Member member) implements ClientEvent {}

    /** So many are in a quiet room now. */
    record Counted(RoomName room, int inside) implements ClientEvent {}

    record Typing(RoomName room, UserName from) implements ClientEvent {}

    /** A program has signalled something. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Signalled(RoomName room, UserName from, String key, byte[] bytes) implements ClientEvent {}

    record Notice(String sentence) implements ClientEvent {}

    record Accepted(long callId, Receipt receipt) implements Answer {
        @Override
        public Object value() {
            return receipt;
        }
    }

    record Failed(
            long callId,
            Refusal refusal,
            String sentence,
            @Nullable Duration retryAfter,
            @Nullable Obstacle obstacle) implements ClientEvent {

        /** With the refusal's own sentence if there is no other. */
        static Failed of(long callId, Refusal refusal, String sentence, @Nullable Duration retryAfter) {
            return new Failed(callId, refusal, sentence.isEmpty() ? refusal.sentence() : sentence, retryAfter, null);
        }

        /** The same for good, by a rule if there is one. */
        static Failed forGood(long callId, Refusal refusal, String sentence, @Nullable Obstacle obstacle) {
            return new Failed(callId, refusal, sentence.isEmpty() ? refusal.sentence() : sentence, null, obstacle);
        }
    }

    /** A call that the server has refused. */
    static Failed refused(long callId, ServerMessage.Refused message) {
        return new Failed(callId, message.refusal(), message.sentence(), message.retryAfter(), message.obstacle());
    }

    record RoomList(long callId, List<RoomSummary> rooms) implements Answer {
        @Override
        public Object value() {
            return rooms;
        }
    }

    /** A piece of a room's log that was asked for. */
    record HistoryResult(long callId, HistoryPage page) implements Answer {
        @Override
        public Object value() {
            return page;
        }
    }

    /** What a search has found. */
    record SearchResult(long callId, SearchPage page) implements Answer {
        @Override
        public Object value() {
            return page;
        }
    }

    /** Who has an event. */
    record Delivered(long callId, Delivery delivery) implements Answer {
        @Override
        public Object value() {
            return delivery;
        }
    }

    /** What a question came to. */
    record Answered(long callId, Object value) implements Answer {}

    record MemberList(long callId, Member.Page page) implements Answer {
        @Override
        public Object value() {
            return page;
        }
    }

    /** The end; {@code refusal} is why, if the client did not want it. */
    record Closed(
            CloseReason reason,
            @Nullable Refusal refusal,
            String sentence,
            @Nullable Duration retryAfter) implements ClientEvent {}
}
