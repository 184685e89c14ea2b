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

/** The actions of a real client. */
record ClientActions(ChatClient client) implements ChatActions {

    @Override
    public CompletableFuture<RoomState> join(RoomName room, JoinHistory history) {
        return client.join(room, history);
    }

    @Override
    public CompletableFuture<Void> leave(RoomName room, String reason) {
        return client.leave(room, reason);
    }

    @Override
    public CompletableFuture<Receipt> send(RoomName room, String text, boolean action) {
        return action ? client.sendAction(room, text) : client.send(room, text);
    }

    @Override
    public CompletableFuture<Receipt> sendDirect(UserName to, String text) {
        return client.sendDirect(to, text);
    }

    @Override
    public CompletableFuture<Receipt> setTopic(RoomName room, String topic) {
        return client.setTopic(room, topic);
    }

    @Override
    public CompletableFuture<List<RoomSummary>> rooms() {
        return client.rooms();
    }

    @Override
    public CompletableFuture<List<Member>> members(RoomName room) {
        return client.members(room);
    }

    @Override
    public CompletableFuture<HistoryPage> history(RoomName room, HistoryRange span) {
        return client.history(room, span);
    }

    @Override
    public CompletableFuture<Delivery> whoSaw(RoomName room, long sequence) {
        return client.whoSaw(room, sequence);
    }

    @Override
    public CompletableFuture<SearchPage> search(RoomName room, String words, long before) {
        return client.search(room, words, before);
    }

    @Override
    public void setAway(boolean away) {
        client.setAway(away);
    }

    @Override
    public ConnectionInfo info() {
        return client.info();
    }
}
