package io.kabar.chat.internal.client;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.HistoryPage;
import io.kabar.chat.HistorySpan;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.SearchPage;
import io.kabar.chat.internal.wire.ClientMessage;
import io.kabar.chat.internal.wire.ServerMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The searches of this client, one after the other. The server gives numbers; the events around them are read as any
 * history is.
 */
final class ClientSearches {

    /** Events told before and after one that was found. */
    static final int CONTEXT = 2;

    private final ArrayDeque<ClientEvent> events;
    private final ClientRooms rooms;
    private final ClientHistory history;
    private final Consumer<ClientMessage> control;
    private final ArrayDeque<Search> waiting = new ArrayDeque<>();
    private @Nullable Search current;
    private boolean asked;

    private record Search(long ticket, RoomName room, String words, long before) {}

    ClientSearches(
            ArrayDeque<ClientEvent> events, ClientRooms rooms, ClientHistory history, Consumer<ClientMessage> control) {
        this.events = events;
        this.rooms = rooms;
        this.history = history;
        this.control = control;
    }

    void addHeld(Map<String, Integer> held) {
        held.put("searches", waiting.size() + (current == null ? 0 : 1));
    }

    void search(long ticket, RoomName room, String words, long before) {
        waiting.add(new Search(ticket, room, words, before));
        pump();
    }

    /** Asks for the next search if it may be asked for now, and gives up what is of rooms that were left. */
    void pump() {
        if (current == null && waiting.isEmpty()) {
            return;
        }
        if (current != null && !asked && rooms.find(current.room()) == null) {
            fail(current, Refusal.NOT_IN_ROOM, 0);
            current = null;
        }
        while (current == null && !waiting.isEmpty()) {
            Search next = waiting.remove();
            if (rooms.find(next.room()) == null) {
                fail(next, Refusal.NOT_IN_ROOM, 0);
            } else {
                current = next;
                asked = false;
            }
        }
        ClientRoom room = current == null ? null : rooms.find(current.room());
        if (current != null && !asked && room != null && room.inside) {
            asked = true;
            control.accept(
                    new ClientMessage.Search(current.ticket(), current.room(), current.before(), current.words()));
        }
    }

    /**
     * Whatever was asked is asked again on the next connection, unless its room was left: no answer comes to that any
     * more.
     */
    void disconnected() {
        asked = false;
        pump();
    }

    void found(ServerMessage.Found message, long now) {
        Search search = current;
        if (search == null || !asked || message.request() != search.ticket()) {
            return;
        }
        current = null;
        if (message.code() != 0) {
            fail(search, ServerMessage.refusal(message.code()), message.retryAfterMillis());
        } else if (message.hits().isEmpty()) {
            tell(search, message, new TreeMap<>());
        } else {
            new Around(search, message).read(now);
        }
        pump();
    }

    private void tell(Search search, ServerMessage.Found found, NavigableMap<Long, ChatEvent> around) {
        List<SearchPage.Hit> hits = new ArrayList<>();
        for (long seq : found.hits()) {
            ChatEvent event = around.get(seq);
            if (event != null) { // or it was let go of meanwhile
                hits.add(new SearchPage.Hit(
                        event,
                        List.copyOf(around.subMap(seq - CONTEXT, true, seq + CONTEXT, true)
                                .values())));
            }
        }
        events.add(new ClientEvent.SearchResult(
                search.ticket(), new SearchPage(search.room(), hits, found.searchedTo(), found.more())));
    }

    private void fail(Search search, Refusal refusal, long retryAfterMillis) {
        events.add(ClientEvent.Failed.of(search.ticket(), refusal, "", ClientOutbox.millis(retryAfterMillis)));
    }

    /** The end: nothing will be found. */
    void failEverything(Refusal refusal) {
        if (current != null) {
            fail(current, refusal, 0);
            current = null;
        }
        waiting.forEach(search -> fail(search, refusal, 0));
        waiting.clear();
    }

    /** Reads what is around the events that were found: pieces that touch are one. */
    private final class Around implements PendingHistory.Reader {
        private final Search search;
        private final ServerMessage.Found found;
        private final TreeMap<Long, ChatEvent> around = new TreeMap<>();
        private int pieces;
        private boolean failed;

        Around(Search search, ServerMessage.Found found) {
            this.search = search;
            this.found = found;
        }

        void read(long now) {
            List<HistorySpan> spans = spans(found.hits());
            pieces = spans.size();
            spans.forEach(span -> history.read(search.room(), span, now, this));
        }

        @Override
        public void read(HistoryPage page) {
            page.events().forEach(event -> around.put(event.sequence(), event));
            if (--pieces == 0 && !failed) {
                tell(search, found, around);
            }
        }

        @Override
        public void failed(Refusal refusal) {
            if (!failed) {
                failed = true;
                fail(search, refusal, 0);
            }
        }
    }

    /** What to read for these hits, which are newest first. */
    static List<HistorySpan> spans(List<Long> hits) {
        List<HistorySpan> spans = new ArrayList<>();
        long from = 0;
        long to = 0;
        for (long seq : hits) {
            long first = Math.max(1, seq - CONTEXT);
            if (to > 0 && seq + CONTEXT + 1 >= from) {
                from = Math.min(from, first);
            } else {
                if (to > 0) {
                    spans.add(HistorySpan.from(from, (int) (to - from + 1)));
                }
                from = first;
                to = seq + CONTEXT;
            }
        }
        if (to > 0) {
            spans.add(HistorySpan.from(from, (int) (to - from + 1)));
        }
        return spans;
    }
}
