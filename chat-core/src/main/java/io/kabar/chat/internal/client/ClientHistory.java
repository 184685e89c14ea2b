package io.kabar.chat.internal.client;

import io.kabar.chat.HistoryPage;
import io.kabar.chat.HistorySpan;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.wire.ClientMessage;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.ServerMessage;
import io.kabar.chat.internal.wire.WireLimits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The history this client reads: some pieces at a time, the others wait. What is under way when the connection ends is
 * asked for again on the next one, as soon as the room is entered again.
 */
final class ClientHistory {

    /** Pieces under way. A server allows twice as many, because it hears later than the client that one has arrived. */
    private static final int MAX_READS = WireLimits.HISTORY_READS / 2;
    /** When a piece is asked for again that the server was too busy for. */
    private static final long BUSY_NANOS = 200_000_000L;

    private final ArrayDeque<ClientEvent> events;
    private final ClientRooms rooms;
    private final Consumer<ClientMessage> control;
    private final ArrayDeque<PendingHistory> waiting = new ArrayDeque<>();
    private final Map<Integer, PendingHistory> underWay = new LinkedHashMap<>();
    private int requests;
    private long retryAt = Long.MIN_VALUE; // a clock may be below zero

    ClientHistory(ArrayDeque<ClientEvent> events, ClientRooms rooms, Consumer<ClientMessage> control) {
        this.events = events;
        this.rooms = rooms;
        this.control = control;
    }

    void addHeld(Map<String, Integer> held) {
        held.put("reads", waiting.size() + underWay.size());
    }

    void read(long ticket, RoomName room, HistorySpan span, long now) {
        read(room, span, now, new PendingHistory.Reader() {
            @Override
            public void read(HistoryPage page) {
                events.add(new ClientEvent.HistoryResult(ticket, page));
            }

            @Override
            public void failed(Refusal refusal) {
                events.add(ClientEvent.Failed.of(ticket, refusal, "", null));
            }
        });
    }

    void read(RoomName room, HistorySpan span, long now, PendingHistory.Reader reader) {
        waiting.add(new PendingHistory(room, span, reader));
        pump(now);
    }

    /** When {@link #pump} is worth calling next, if time is what it waits for. */
    long nextTimeout() {
        return waiting.isEmpty() || retryAt == Long.MIN_VALUE ? Long.MAX_VALUE : retryAt;
    }

    /** Asks for what may be asked for now, and gives up what is of rooms that were left. */
    void pump(long now) {
        if (waiting.isEmpty() && underWay.isEmpty()) {
            return;
        }
        List<PendingHistory> inVain = new ArrayList<>();
        waiting.removeIf(read -> isInVain(read, inVain));
        underWay.values().removeIf(read -> isInVain(read, inVain));
        if (!inVain.isEmpty()) {
            forgetParts();
            inVain.forEach(read -> read.reader.failed(Refusal.NOT_IN_ROOM));
        }
        if (now < retryAt) {
            return;
        }
        retryAt = Long.MIN_VALUE;
        waiting.removeIf(read -> {
            ClientRoom room = rooms.find(read.room);
            if (room == null || !room.inside || underWay.size() >= MAX_READS) {
                return false;
            }
            forgetParts();
            int request = nextRequest();
            underWay.put(request, read);
            control.accept(new ClientMessage.ReadHistory(request, read.room, read.span));
            return true;
        });
    }

    /** Parts that come late, of pieces that nobody waits for any more, would be held for ever. */
    private void forgetParts() {
        rooms.forgetEvents(number -> isHistory(number) && find(number) == null);
    }

    private boolean isInVain(PendingHistory read, List<PendingHistory> inVain) {
        return rooms.find(read.room) == null && inVain.add(read);
    }

    private int nextRequest() {
        do {
            requests = (requests + 1) % WireLimits.HISTORY_REQUESTS;
        } while (underWay.containsKey(requests));
        return requests;
    }

    void disconnected() {
        List<PendingHistory> again = new ArrayList<>(underWay.values());
        underWay.clear();
        for (int i = again.size() - 1; i >= 0; i--) {
            again.get(i).askedAgain();
            waiting.addFirst(again.get(i));
        }
    }

    void announced(ServerMessage.HistoryRange message, long now) throws MalformedPacketException {
        PendingHistory read = underWay.get(message.request());
        if (read == null) {
            return;
        }
        if (message.code() == 0) {
            read.announced(message);
            settle(message.request(), read);
        } else if (message.code() == Refusal.BUSY.code()) {
            underWay.remove(message.request());
            read.askedAgain();
            waiting.addFirst(read);
            retryAt = now + BUSY_NANOS;
        } else {
            underWay.remove(message.request());
            read.reader.failed(ServerMessage.refusal(message.code()));
        }
    }

    /** Whether events under this number are pieces of history. */
    static boolean isHistory(long number) {
        return number >= WireLimits.HISTORY_NUMBERS;
    }

    void event(long number, long seq, byte[] body) throws MalformedPacketException {
        PendingHistory read = find(number);
        if (read != null) {
            read.event(seq, body);
            settle((int) (number - WireLimits.HISTORY_NUMBERS), read);
        }
    }

    void gap(long number, long to) throws MalformedPacketException {
        PendingHistory read = find(number);
        if (read != null) {
            read.gone(to);
            settle((int) (number - WireLimits.HISTORY_NUMBERS), read);
        }
    }

    private @Nullable PendingHistory find(long number) {
        long request = number - WireLimits.HISTORY_NUMBERS;
        return request < WireLimits.HISTORY_REQUESTS ? underWay.get((int) request) : null;
    }

    private void settle(int request, PendingHistory read) throws MalformedPacketException {
        if (read.isComplete()) {
            HistoryPage page = read.page();
            underWay.remove(request);
            read.reader.read(page);
        }
    }

    /** The end: nothing more will come. */
    void failEverything(Refusal refusal) {
        List<PendingHistory> all = new ArrayList<>(underWay.values());
        all.addAll(waiting);
        underWay.clear();
        waiting.clear();
        all.forEach(read -> read.reader.failed(refusal));
    }
}
