package io.kabar.chat.internal.server.room;

import io.kabar.chat.Refusal;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.core.ServerSettings;
import io.kabar.chat.internal.server.journal.JournalRequests;
import io.kabar.chat.internal.server.session.Request;
import io.kabar.chat.internal.wire.message.Query;
import java.util.Map;

/** What a session may ask: lists of rooms and members, who has an event, pieces of history, and searches. */
final class RoomQueries {

    private final RoomLists lists;
    private final ConversationList talks;
    private final WhoSaw whoSaw;
    private final HistoryReader history;
    private final RoomSearches searches;

    RoomQueries(
            ServerLoop loop,
            ServerSettings settings,
            JournalRequests journal,
            LiveRooms liveRooms,
            Conversations conversations) {
        boolean limited = settings.rateBurst() > 0; // without a limit on rates there is none here
        lists = new RoomLists(liveRooms);
        talks = new ConversationList(liveRooms, conversations);
        whoSaw = new WhoSaw(loop, limited);
        history = new HistoryReader(journal);
        searches = new RoomSearches(loop, journal, limited);
    }

    /** Answers what a session asks, now or later. */
    void answer(SessionRooms asking, Request request, Query query) {
        if (query instanceof Query.Rooms list) {
            lists.listRooms(request, list);
        } else if (query instanceof Query.Members list) {
            lists.listMembers(request, list);
        } else if (query instanceof Query.Conversations) {
            talks.answer(request);
        } else if (query instanceof Query.WhoSaw question) {
            whoSaw.ask(asking, request, question);
        } else if (query instanceof Query.History read) {
            history.read(asking, request, read);
        } else if (query instanceof Query.SetRoomPassword password) {
            PasswordSetter.set(asking, request, password);
        } else if (query instanceof Query.Search search) {
            searches.search(asking, request, search);
        } else {
            request.refuse(Refusal.UNSUPPORTED);
        }
    }

    long searched() {
        return searches.looked();
    }

    long visited() {
        return whoSaw.visits();
    }

    void addHeld(Map<String, Integer> held) {
        searches.addHeld(held);
        whoSaw.addHeld(held);
    }
}
