package io.kabar.chat.internal.client;

import io.kabar.chat.Content;
import io.kabar.chat.MessageId;
import io.kabar.chat.internal.connection.lane.Lane;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.ClientMessageCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * What was said in a room and is not accepted yet, in order, and how much of it, from the first on, is on the room's
 * lane.
 */
final class RoomOutbox {

    /** A message from the call that says it to the server's word about it. */
    static final class Outgoing {
        private final long callId;
        private final MessageId id;
        private final long ref;
        private final Content content;
        /** The newest event that was known when it was put on a lane: its own comes later. -1 if it never was. */
        private long saidBehind = -1;
        /** Whether it was on a lane of an earlier connection: nobody knows yet what became of it there. */
        private boolean saidAgain;

        Outgoing(long callId, MessageId id, long ref, Content content) {
            this.callId = callId;
            this.id = id;
            this.ref = ref;
            this.content = content;
        }

        long callId() {
            return callId;
        }

        private ClientMessage say(long attempt) {
            return new ClientMessage.Say(attempt, id, ref, content);
        }

        /** Whether it may have become an event before {@code firstKnown}, from which on the server knows messages. */
        boolean mayBeBefore(long firstKnown) {
            return saidBehind >= 0 && saidBehind + 1 < firstKnown;
        }

        /** The same of one that is said once more, over another connection. */
        boolean mayBeThereAlready(long firstKnown) {
            return saidAgain && mayBeBefore(firstKnown);
        }
    }

    private final ArrayDeque<Outgoing> messages = new ArrayDeque<>();
    private int onLane;
    private long attempt;
    private long retryAt = Long.MIN_VALUE; // a clock may be below zero
    private long waitsUntil = Long.MAX_VALUE;

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** When the next message may be put on the lane, if time is all it waits for. */
    long waitsUntil() {
        return waitsUntil;
    }

    void add(Outgoing message) {
        messages.add(message);
    }

    /** Takes over all that waits in another one, in the order in which it was said. */
    void takeOver(RoomOutbox other) {
        List<Outgoing> all = new ArrayList<>(messages);
        all.addAll(other.messages);
        all.subList(onLane, all.size()).sort(Comparator.comparingLong(message -> message.callId));
        messages.clear();
        messages.addAll(all);
        other.messages.clear();
    }

    /**
     * Puts what waits on the lane, as far as lane, rate and waiting time let it.
     *
     * @param newestKnown the newest event that the server is known to have
     */
    void fill(Lane lane, Pace pace, long newestKnown, long now) {
        waitsUntil = Long.MAX_VALUE;
        if (onLane == messages.size()) {
            return;
        }
        if (now < retryAt) {
            waitsUntil = retryAt;
            return;
        }
        Iterator<Outgoing> next = messages.iterator();
        for (int i = 0; i < onLane; i++) {
            next.next();
        }
        while (next.hasNext()) {
            Outgoing message = next.next();
            long mayAt = pace.take(now);
            if (mayAt > now) {
                waitsUntil = mayAt;
                return;
            }
            if (!lane.offer(ClientMessageCodec.encode(message.say(attempt)))) {
                return;
            }
            onLane++;
            if (message.saidBehind < 0) {
                message.saidBehind = newestKnown;
            }
        }
    }

    /** Does not wait for time while nothing can be said. */
    void rest() {
        waitsUntil = Long.MAX_VALUE;
    }

    /** Refused for a time: everything is said again, as this attempt. Tells whether that was not known yet. */
    boolean sayAgain(long newAttempt, long at) {
        if (newAttempt <= attempt) {
            return false;
        }
        attempt = newAttempt;
        onLane = 0;
        retryAt = at;
        return true;
    }

    /** The messages of this id, taken out: more than one if the program has said the same more than once. */
    List<Outgoing> take(MessageId id) {
        List<Outgoing> taken = new ArrayList<>(1);
        int index = 0;
        for (Iterator<Outgoing> all = messages.iterator(); all.hasNext(); ) {
            Outgoing message = all.next();
            if (message.id.equals(id)) {
                all.remove();
                taken.add(message);
                onLane -= index < onLane ? 1 : 0;
            } else {
                index++;
            }
        }
        return taken;
    }

    /** Those that must not be said again: they may be events that the server does not recognise any more. */
    List<Outgoing> takeThoseBefore(long firstKnown) {
        List<Outgoing> taken = new ArrayList<>(0);
        for (Outgoing message : List.copyOf(messages)) {
            if (message.mayBeBefore(firstKnown)) {
                taken.addAll(take(message.id));
            }
        }
        return taken;
    }

    /** The calls of those that may be events by now: they are on the lane, or were on one of an earlier connection. */
    Set<Long> unanswered() {
        Set<Long> calls = new HashSet<>();
        int index = 0;
        for (Outgoing message : messages) {
            if (index < onLane || message.saidAgain) {
                calls.add(message.callId);
            }
            index++;
        }
        return calls;
    }

    List<Outgoing> takeAll() {
        List<Outgoing> taken = List.copyOf(messages);
        messages.clear();
        onLane = 0;
        return taken;
    }

    /** The log is shorter by now, or another one behind this event: what is said again becomes an event behind it. */
    void logEndsAt(long sequence) {
        messages.forEach(message -> message.saidBehind = Math.min(message.saidBehind, sequence));
    }

    /** The connection is gone: what was on the lane has to be sent on another one. */
    void disconnected() {
        messages.forEach(message -> message.saidAgain |= message.saidBehind >= 0);
        onLane = 0;
        attempt = 0;
        retryAt = Long.MIN_VALUE;
        waitsUntil = Long.MAX_VALUE;
    }
}
