package io.kabar.chat.internal.client;

import io.kabar.chat.Delivery;
import io.kabar.chat.Member;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.internal.wire.ClientMessage;
import io.kabar.chat.internal.wire.ServerMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a client has asked and was not answered yet. Answers come in pieces; a request outlives its connection and is
 * asked again on the next one.
 */
final class ClientRequests {

    /**
     * Entries a server may tell of in one list: as many rooms as ours keep, and more than anybody is in a room with.
     */
    static final int MAX_ENTRIES = 100_000;

    private final ArrayDeque<ClientEvent> events;
    private final Map<Long, ClientMessage> requests = new LinkedHashMap<>();
    private final Map<Long, List<RoomSummary>> rooms = new LinkedHashMap<>();
    private final Map<Long, List<Member>> members = new LinkedHashMap<>();
    /** Requests the server has refused for a time. */
    private final Retries<Long> refused = new Retries<>();

    ClientRequests(ArrayDeque<ClientEvent> events) {
        this.events = events;
    }

    void addHeld(Map<String, Integer> held) {
        held.put("requests", requests.size());
        held.put("lists", rooms.size() + members.size());
    }

    void add(long ticket, ClientMessage message) {
        requests.put(ticket, message);
    }

    /** On a new connection everything is asked from the beginning. */
    void askAgain(Consumer<ClientMessage> control) {
        rooms.clear();
        members.clear();
        refused.clear();
        requests.replaceAll((ticket, message) ->
                message instanceof ClientMessage.ListRooms ? new ClientMessage.ListRooms(ticket, "") : message);
        requests.values().forEach(control);
    }

    void listed(ServerMessage.Rooms message, Consumer<ClientMessage> control) {
        long ticket = message.request();
        if (!requests.containsKey(ticket)) {
            return;
        }
        List<RoomSummary> list = rooms.computeIfAbsent(ticket, key -> new ArrayList<>());
        if (list.size() + message.rooms().size() > MAX_ENTRIES) {
            tooLong(ticket, "rooms");
            return;
        }
        list.addAll(message.rooms());
        if (!message.more() && message.rest() && !message.rooms().isEmpty()) {
            RoomSummary last = list.get(list.size() - 1);
            ClientMessage next = new ClientMessage.ListRooms(ticket, last.name().text());
            requests.put(ticket, next);
            control.accept(next);
        } else if (!message.more()) {
            requests.remove(ticket);
            rooms.remove(ticket);
            events.add(new ClientEvent.RoomList(ticket, List.copyOf(list)));
        }
    }

    void listed(ServerMessage.Members message) {
        long ticket = message.request();
        if (!requests.containsKey(ticket)) {
            return;
        }
        List<Member> list = members.computeIfAbsent(ticket, key -> new ArrayList<>());
        if (list.size() + message.members().size() > MAX_ENTRIES) {
            tooLong(ticket, "members");
            return;
        }
        list.addAll(message.members());
        if (!message.more()) {
            requests.remove(ticket);
            members.remove(ticket);
            if (message.code() == 0) {
                events.add(new ClientEvent.MemberList(ticket, List.copyOf(list)));
            } else {
                Refusal refusal = ServerMessage.refusal(message.code());
                events.add(ClientEvent.Failed.of(ticket, refusal, "", null));
            }
        }
    }

    /**
     * Nobody reads such a list, and memory has an end: its request fails, and what still comes of it is passed over.
     */
    private void tooLong(long ticket, String what) {
        String sentence = String.format(
                Locale.ROOT, "The server tells of more than %,d %s; a list has no more.", MAX_ENTRIES, what);
        fail(ticket, Refusal.TOO_LARGE, sentence);
    }

    private void fail(long ticket, Refusal refusal, String sentence) {
        rooms.remove(ticket);
        members.remove(ticket);
        requests.remove(ticket);
        events.add(ClientEvent.Failed.of(ticket, refusal, sentence, null));
    }

    void seen(ServerMessage.Seen message) {
        long ticket = message.request();
        if (!(requests.get(ticket) instanceof ClientMessage.WhoSaw question)) {
            return;
        }
        requests.remove(ticket);
        if (message.code() == 0) {
            events.add(new ClientEvent.Delivered(
                    ticket,
                    new Delivery(
                            question.room(), question.seq(), message.members(), message.delivered(), message.names())));
        } else {
            Refusal refusal = ServerMessage.refusal(message.code());
            String sentence = refusal == Refusal.BAD_REQUEST ? "There is no event #" + question.seq() + "." : "";
            events.add(
                    ClientEvent.Failed.of(ticket, refusal, sentence, ClientOutbox.millis(message.retryAfterMillis())));
        }
    }

    void refused(ServerMessage.RequestRefused message, long now) {
        long ticket = message.request();
        if (!requests.containsKey(ticket)) {
            return;
        }
        Refusal refusal = ServerMessage.refusal(message.code());
        if (message.retryAfterMillis() > 0) {
            refused.add(ticket, refusal, message.retryAfterMillis(), now); // what has come of it so far stands
        } else {
            fail(ticket, refusal, message.sentence());
        }
    }

    /** Asks again for what was refused for a time. */
    void handleTimeout(long now, Consumer<ClientMessage> control) {
        for (long ticket : refused.takeDue(now)) {
            ClientMessage message = requests.get(ticket);
            if (message != null) {
                control.accept(message);
            }
        }
    }

    long nextTimeout() {
        return refused.next();
    }

    /** The end: nothing will be answered. */
    void failEverything() {
        for (long ticket : requests.keySet()) {
            events.add(ClientEvent.Failed.of(ticket, Refusal.CLOSED, "", null));
        }
        requests.clear();
    }
}
