package io.kabar.chat.internal.client;

import io.kabar.chat.Content;
import io.kabar.chat.Limits;
import io.kabar.chat.MessageId;
import io.kabar.chat.Receipt;
import io.kabar.chat.Refusal;
import io.kabar.chat.internal.client.calls.Retries;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.endpoint.Sentences;
import io.kabar.chat.internal.endpoint.TokenBucket;
import io.kabar.chat.internal.wire.message.ClientMessageCodec;
import io.kabar.chat.internal.wire.message.ServerMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was said and is not accepted yet, of all rooms. It is put on the lanes in order, as fast as lanes, rate and the
 * server's waiting times let it, and again on each new connection, under the same ids: the server knows those it has.
 */
final class ClientOutbox {

    private static final long MILLI = 1_000_000L;
    /** A wait that a user is told of, in milliseconds: longer than anybody puts up with without a sign. */
    private static final long LONG_WAIT_MILLIS = 3000;

    /** Why a text with a lone surrogate in it goes nowhere. */
    static final String HALF =
            "Half of a character stands in this, a lone surrogate, which cannot be sent; take it out.";

    /** A server that takes one message in so many milliseconds, or more, has a rate of messages. */
    private static final long PACE_MILLIS = 1000;

    private static final String LEFT =
            "Whether this was said is not known: you are not in the room any more. Look before you say it again.";

    private final ArrayDeque<ClientEvent> events;
    private final int maxMessages;
    /** Rooms in which something waits, in the order in which that began. */
    private final Set<ClientRoom> speaking = new LinkedHashSet<>();

    private int waiting;
    private @Nullable Connection connection;
    private @Nullable Pace pace;

    ClientOutbox(ArrayDeque<ClientEvent> events, int maxMessages) {
        this.events = events;
        this.maxMessages = maxMessages;
    }

    /** Messages that are not accepted yet. */
    int waiting() {
        return waiting;
    }

    void addHeld(Map<String, Integer> held) {
        held.put("outbox", waiting);
    }

    /** Signed in, with what the server allows. */
    void connected(Connection newConnection, TokenBucket rate, long now) {
        connection = newConnection;
        pace = new Pace(rate, now);
    }

    void disconnected() {
        connection = null;
    }

    /**
     * Says something in a room.
     *
     * @param room null if the client is not there
     * @param ref the event that it answers or edits; 0 if there is none
     */
    void say(long callId, @Nullable ClientRoom room, long ref, Saying kind, String text, MessageId id, long now) {
        if (room == null) {
            fail(callId, Refusal.NOT_IN_ROOM, "", null);
        } else if (!Limits.isWhole(text)) {
            fail(callId, Refusal.BAD_REQUEST, HALF, null);
        } else if (kind != Saying.TOPIC && Limits.isInvisible(text)) {
            fail(callId, Refusal.BAD_REQUEST, Sentences.nothingToSee(text), null);
        } else if (text.getBytes(StandardCharsets.UTF_8).length > ClientMessageCodec.TEXT) {
            // no server would even read it
            fail(callId, Refusal.TOO_LARGE, tooLarge(text), null);
        } else if (kind == Saying.TOPIC && text.getBytes(StandardCharsets.UTF_8).length > Limits.LINE_BYTES) {
            fail(callId, Refusal.TOO_LARGE, longTopic(text), null);
        } else {
            say(callId, room, ref, kind.of(text), id, now);
        }
    }

    /** The same for something that is within all bounds. */
    void say(long callId, @Nullable ClientRoom room, long ref, Content content, MessageId id, long now) {
        if (room == null) {
            fail(callId, Refusal.NOT_IN_ROOM, "", null);
        } else if (waiting >= maxMessages) {
            fail(callId, Refusal.BACK_PRESSURED, "", null);
        } else {
            room.outbox().add(new RoomOutbox.Outgoing(callId, id, ref, content));
            waiting++;
            speaking.add(room);
            fill(room, now);
        }
    }

    private static String tooLarge(String text) {
        return String.format(
                Locale.ROOT,
                "The message is %,d bytes long; no server accepts more than %,d.",
                text.getBytes(StandardCharsets.UTF_8).length,
                ClientMessageCodec.TEXT);
    }

    private static String longTopic(String text) {
        return String.format(
                Locale.ROOT,
                "The topic is %,d characters long; no server accepts more than %,d.",
                text.codePointCount(0, text.length()),
                Limits.LINE_CHARACTERS);
    }

    /** Puts what waits on the lanes, as far as lanes, rate and waiting times let it. */
    void fillAll(long now) {
        for (ClientRoom room : speaking) {
            fill(room, now);
        }
    }

    void fill(ClientRoom room, long now) {
        Connection current = connection;
        Pace allowed = pace;
        if (!room.isInside() || current == null || allowed == null) {
            room.outbox().rest();
        } else {
            room.outbox().fill(current.lane(room.lane()), allowed, room.newestKnown(), now);
        }
    }

    /**
     * The room is entered on another connection. What may have become an event before {@code firstKnown}, the oldest of
     * which the server knows what was said, is not said again: nobody could tell that it is there already.
     */
    void enteredAgain(ClientRoom room, long firstKnown) {
        List<RoomOutbox.Outgoing> lost = room.outbox().takeThoseBefore(firstKnown);
        taken(room, lost);
        lost.forEach(message -> fail(message.callId(), Refusal.FATE_UNKNOWN, "", null));
    }

    /** When {@link #fillAll} is worth calling next; it may have passed already. */
    long nextTimeout() {
        long next = Long.MAX_VALUE;
        for (ClientRoom room : speaking) {
            next = Math.min(next, room.outbox().waitsUntil());
        }
        return next;
    }

    /** {@code room} is the one that has the message's lane; null if it was left. */
    void accepted(@Nullable ClientRoom room, ServerMessage.Accepted message, long now) {
        if (room == null) {
            return;
        }
        for (RoomOutbox.Outgoing outgoing : take(room, message.id())) {
            events.add(new ClientEvent.Accepted(
                    outgoing.callId(),
                    new Receipt(room.name(), message.sequence(), Instant.ofEpochMilli(message.timeMillis()))));
        }
        fill(room, now);
    }

    /** {@code room} is the one that has the message's lane; null if it was left. */
    void refused(
            @Nullable ClientRoom room, ServerMessage.Refused message, ServerMessage.Subject.Message subject, long now) {
        if (room == null) {
            return;
        }
        long wait = Math.min(message.retryAfterMillis(), Retries.MAX_RETRY_MILLIS);
        if (room.outbox().sayAgain(message.attempt(), now + wait * MILLI)) {
            boolean isPace =
                    message.retryAfterMillis() <= PACE_MILLIS; // longer ones are for what is scarcer than messages
            if (isPace && message.code() == Refusal.RATE_LIMITED.code() && pace != null) {
                pace.isUsedUp(now);
            }
            tellLongWait(
                    events,
                    "What you said in " + room.name() + " waits",
                    message.retryAfterMillis(),
                    message.sentence());
        } else {
            for (RoomOutbox.Outgoing outgoing : take(room, subject.id())) {
                Refusal refusal = message.refusal();
                boolean mayBeThere =
                        refusal == Refusal.OUT_OF_ORDER && outgoing.mayBeThereAlready(subject.firstKnown());
                if (mayBeThere) {
                    fail(outgoing.callId(), Refusal.FATE_UNKNOWN, "", message.retryAfter());
                } else {
                    events.add(ClientEvent.refused(outgoing.callId(), message));
                }
            }
        }
        fill(room, now);
    }

    private List<RoomOutbox.Outgoing> take(ClientRoom room, MessageId id) {
        List<RoomOutbox.Outgoing> taken = room.outbox().take(id);
        taken(room, taken);
        return taken;
    }

    private void taken(ClientRoom room, List<RoomOutbox.Outgoing> messages) {
        waiting -= messages.size();
        if (room.outbox().isEmpty()) {
            speaking.remove(room);
        }
    }

    /** Two rooms have turned out to be one: what waits in {@code other} is said in {@code room}. */
    void merge(ClientRoom other, ClientRoom room) {
        room.outbox().takeOver(other.outbox());
        if (speaking.remove(other)) {
            speaking.add(room);
        }
    }

    /**
     * The room is left: what waits there fails. What the server may have taken before is not told as refused: who says
     * it again says it twice.
     */
    void remove(ClientRoom room, Refusal refusal, String sentence) {
        Set<Long> unknown = room.outbox().unanswered();
        List<RoomOutbox.Outgoing> all = room.outbox().takeAll();
        taken(room, all);
        for (RoomOutbox.Outgoing message : all) {
            if (unknown.contains(message.callId())) {
                fail(message.callId(), Refusal.FATE_UNKNOWN, LEFT, null);
            } else {
                fail(message.callId(), refusal, sentence, null);
            }
        }
    }

    private void fail(long callId, Refusal refusal, String sentence, @Nullable Duration retryAfter) {
        events.add(ClientEvent.Failed.of(callId, refusal, sentence, retryAfter));
    }

    /** Whoever waits for long is told why, and for how long, and does not take it for a hang. */
    static void tellLongWait(ArrayDeque<ClientEvent> events, String what, long millis, String why) {
        if (millis >= LONG_WAIT_MILLIS) {
            long seconds = (Math.min(millis, Retries.MAX_RETRY_MILLIS) + 999) / 1000;
            events.add(new ClientEvent.Notice(what + " " + seconds + " s: " + why));
        }
    }
}
