package io.kabar.chat.view;

import io.kabar.chat.Delivery;
import io.kabar.chat.HistoryPage;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Member;
import io.kabar.chat.Receipt;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.SearchPage;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ConnectionInfo;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What a user can do through a client. The methods mean what {@link ChatClient}'s mean; futures may complete on any
 * thread.
 */
public interface ChatActions {

    /** Enters a room. */
    CompletableFuture<RoomState> join(RoomName room, JoinHistory history);

    /** Leaves a room. */
    CompletableFuture<Void> leave(RoomName room, String reason);

    /** Says something, in the third person if it is an action. */
    CompletableFuture<Receipt> send(RoomName room, String text, boolean action);

    /** Says something to one person. */
    CompletableFuture<Receipt> sendDirect(UserName to, String text);

    /** Sets a room's topic; an empty one clears it. */
    CompletableFuture<Receipt> setTopic(RoomName room, String topic);

    /** The server's rooms. */
    CompletableFuture<List<RoomSummary>> rooms();

    /** Who is in a room this user need not be in. */
    CompletableFuture<List<Member>> members(RoomName room);

    /** Reads a piece of a room's log. */
    CompletableFuture<HistoryPage> history(RoomName room, HistoryRange span);

    /** Who has an event. */
    CompletableFuture<Delivery> whoSaw(RoomName room, long sequence);

    /** Searches in a room, before an event; 0 for everywhere. */
    CompletableFuture<SearchPage> search(RoomName room, String words, long before);

    /** Away or back. */
    void setAway(boolean away);

    /** The connection in figures. */
    ConnectionInfo info();

    /** Those of a signed-in client. */
    static ChatActions of(ChatClient client) {
        return new ClientActions(client);
    }
}
