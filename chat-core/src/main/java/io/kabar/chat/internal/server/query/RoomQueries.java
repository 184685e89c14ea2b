package io.kabar.chat.internal.server.query;

import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.core.ServerSettings;
import io.kabar.chat.internal.server.journal.JournalRequests;
import io.kabar.chat.internal.server.room.Rooms;
import io.kabar.chat.internal.server.room.SessionRooms;
import io.kabar.chat.internal.server.session.Request;
import io.kabar.chat.internal.server.session.RequestTaker;
import io.kabar.chat.internal.wire.message.Query;
import java.util.Map;

/** What a session may ask: lists of rooms and members, who has an event, pieces of history, and searches. */
public final class RoomQueries implements RequestTaker {

    private final RoomLists lists;
    private final ConversationList talks;
    private final WhoSaw whoSaw;
    private final HistoryReader history;
    private final RoomSearches searches;

    /** Nothing is asked yet. */
    public RoomQueries(ServerLoop loop, ServerSettings settings, JournalRequests journal, Rooms rooms) {
        boolean limited = settings.rateBurst() > 0; // without a limit on rates there is none here
        lists = new RoomLists(rooms.liveRooms());
        talks = new ConversationList(rooms.liveRooms(), rooms.conversations());
        whoSaw = new WhoSaw(loop, limited);
        history = new HistoryReader(journal);
        searches = new RoomSearches(loop, journal, limited);
    }

    @Override
    public boolean take(Request request, Query query) {
        SessionRooms asking = SessionRooms.of(request.session());
        if (asking == null) {
            return false;
        } else if (query instanceof Query.Rooms list) {
            lists.listRooms(request, list);
        } else if (query instanceof Query.Members list) {
            lists.listMembers(request, list);
        } else if (query instanceof Query.Conversations) {
            talks.answer(request);
        } else if (query instanceof Query.WhoSaw question) {
            whoSaw.ask(asking, request, question);
        } else if (query instanceof Query.History read) {
            history.read(asking, request, read);
        } else if (query instanceof Query.Search search) {
            searches.search(asking, request, search);
        } else {
            return false;
        }
        return true;
    }

    /** Characters looked at in searches so far. */
    public long searched() {
        return searches.looked();
    }

    /** Members looked at so far for who has an event. */
    public long visited() {
        return whoSaw.visits();
    }

    /** How much waits for an answer. */
    public void addHeld(Map<String, Integer> held) {
        searches.addHeld(held);
        whoSaw.addHeld(held);
    }
}
