package io.kabar.chat.internal.client;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.LogPosition;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.WireLimits;
import io.kabar.chat.internal.wire.message.EventCodec;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.rules.RoomMode;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How far a client has read a room's log: it goes on over connections, from the event behind the last one that was
 * given to the program, each once and in order.
 */
final class RoomReader {

    private final ArrayDeque<ClientEvent> events;
    /** How members are once events have happened that are still on their way. */
    private final Map<UserName, ServerMessage.MemberChanged> changes = new LinkedHashMap<>(0);
    /** Null until the room is entered for the first time. */
    private @Nullable EventOrder order;
    /** What the server said last of whose writing the log is, also on an earlier connection. */
    private ServerMessage.@Nullable RoomEntered entered;

    private long live;
    /** Up to where the server may send. */
    private long credit;

    RoomReader(ArrayDeque<ClientEvent> events) {
        this.events = events;
    }

    /** Whether the room was ever entered. */
    boolean hasBegun() {
        return order != null;
    }

    /** Where to begin on another connection. */
    JoinHistory goOn(JoinHistory otherwise) {
        return order == null ? otherwise : JoinHistory.from(order.next()).having(read());
    }

    /** From where on the server's log is not the one that was read here or, says the program, before; 0 if it is. */
    long differsFrom(ServerMessage.RoomEntered message) {
        if (order == null || message.differsFrom() > 0) {
            return message.differsFrom();
        }
        // Nobody can tell whose writing it was, but this log is too short to be the same.
        return Math.min(message.firstRestored(), message.last() + 1) < order.next() ? message.firstRestored() : 0;
    }

    /**
     * The room is entered on this connection.
     *
     * @param differsFrom from where on the log is another one than was read, and is read from there; 0 if it is the
     *     same
     */
    void enter(ServerMessage.RoomEntered message, long differsFrom) {
        if (order == null || differsFrom > 0) {
            order = new EventOrder(message.firstRestored());
            live = message.live();
        }
        credit = message.firstRestored() - 1 + ClientRooms.CREDIT;
    }

    /** What was announced happened while this client was signed in: from there on it is no history. */
    void isNewsFrom(long sequence) {
        live = Math.min(live, sequence);
    }

    /** The server has said whose writing the log is. */
    void told(ServerMessage.RoomEntered message) {
        entered = message;
    }

    /** The epoch of an event that is known; 0 if it is not known. */
    private long epochOf(long sequence) {
        ServerMessage.RoomEntered known = entered;
        return known == null ? 0 : sequence > known.last() ? known.nextEpoch() : known.epoch();
    }

    /** What is read of the room's log. */
    LogPosition read() {
        long read = newest();
        return read == 0 ? LogPosition.NONE : new LogPosition(epochOf(read), read);
    }

    /** The newest event that was given to the program; 0 if none was. */
    long newest() {
        return order == null ? 0 : order.next() - 1;
    }

    /** Whether events are missing that the server may send by now. */
    boolean isMissing(long last) {
        return order == null || order.early() > 0 || order.next() <= Math.min(last, credit);
    }

    /** Events that wait for an earlier one. */
    int early() {
        return order == null ? 0 : order.early();
    }

    /** Takes an event, unless it is still from an earlier stay: then it is sent again if it belongs to this one. */
    void add(long sequence, byte[] body) {
        if (order != null && sequence <= credit) {
            order.add(sequence, body);
        }
    }

    /** Events up to {@code to} that have not come never will. */
    void gone(long to) {
        if (order != null) {
            order.gone(to);
        }
    }

    /** How a member is once an event has happened, which may still be on its way. */
    void changed(RoomName room, ServerMessage.MemberChanged message) {
        changes.remove(message.member().name()); // the newest goes to the end
        changes.put(message.member().name(), message);
        if (changes.size() > WireLimits.MEMBER_CHANGES) {
            changes.remove(changes.keySet().iterator().next());
        }
        tellChanges(room);
    }

    /** So many are in the room, whatever has been read of it. */
    void counted(RoomName room, int inside) {
        events.add(new ClientEvent.Counted(room, inside));
    }

    /**
     * Gives the program what has come and is next.
     *
     * @param last the newest event when the server said how the room is
     * @param gone hears of the last event of each gap: it has used up credit, and the program will never say that it
     *     took it
     * @return whether joins, leaves and topics may be among what is gone, or from here on others are told who comes
     *     and goes than before: then nothing behind it was given
     */
    boolean deliver(RoomName room, long last, LongConsumer gone) throws MalformedPacketException {
        EventOrder log = order;
        if (log == null) {
            return false;
        }
        while (true) {
            long first = log.next();
            if (log.skip()) {
                events.add(new ClientEvent.HistoryGone(room, first, log.next() - 1));
                gone.accept(log.next() - 1);
                if (log.next() - 1 > last) {
                    return true;
                }
            }
            tellChanges(room);
            long sequence = log.next();
            byte[] body = log.poll();
            if (body == null) {
                return false;
            }
            ChatEvent event = EventCodec.decode(room, epochOf(sequence), sequence, body);
            events.add(new ClientEvent.Event(event, sequence < live));
            if (sequence > last && changesQuiet(event)) {
                return true;
            }
        }
    }

    private static boolean changesQuiet(ChatEvent event) {
        return event.content() instanceof RoomChange.ModesSet set
                && (set.turnsOn(RoomMode.QUIET) || set.turnsOff(RoomMode.QUIET));
    }

    private void tellChanges(RoomName room) {
        if (changes.isEmpty()) {
            return;
        }
        changes.values().removeIf(change -> {
            boolean happened = change.sequence() <= newest();
            if (happened) {
                events.add(new ClientEvent.MemberChanged(room, change.member()));
            }
            return happened;
        });
    }

    /**
     * The program has taken what is up to an event: tells up to where the server may send now, if it is to be told;
     * else 0.
     */
    long consumed(long sequence) {
        if (sequence + ClientRooms.CREDIT - credit < ClientRooms.CREDIT / 2) {
            return 0;
        }
        credit = sequence + ClientRooms.CREDIT;
        return credit;
    }

    /**
     * The connection is gone.
     *
     * @param wasInside whether the program was ever told that it is inside: else the room is entered as it was asked
     *     for
     */
    void disconnected(boolean wasInside) {
        changes.clear();
        // What came early is sent again, and may be of another history then.
        order = order == null || !wasInside ? null : new EventOrder(order.next());
    }
}
