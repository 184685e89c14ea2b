package io.kabar.swing;

import io.kabar.chat.Amendment;
import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.ChatException;
import io.kabar.chat.Content;
import io.kabar.chat.Conversation;
import io.kabar.chat.Delivery;
import io.kabar.chat.HistoryPage;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.Invitation;
import io.kabar.chat.InvitationTerms;
import io.kabar.chat.InviteLink;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.KnownDevice;
import io.kabar.chat.LogPosition;
import io.kabar.chat.Member;
import io.kabar.chat.MessageId;
import io.kabar.chat.Payload;
import io.kabar.chat.Presence;
import io.kabar.chat.Receipt;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.RoomValue;
import io.kabar.chat.SearchPage;
import io.kabar.chat.UserName;
import io.kabar.chat.Whois;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ConnectionInfo;
import io.kabar.chat.client.ConnectionState;
import io.kabar.chat.participant.StaffCalls;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.rules.RoomSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A server that answers everything with the same text, or refuses everything with it. */
final class HostileClient implements ChatClient {

    static final UserName KAI = UserName.of("kai");
    /** As a hostile server may name a room: within the bounds, and no name anybody could choose. */
    static final RoomName ROOM = new RoomName("<html><img>\u200b\u200e");

    private final String text;
    private final boolean refuses;

    HostileClient(String text, boolean refuses) {
        this.text = text;
        this.refuses = refuses;
    }

    private <T> CompletableFuture<T> answer(T value) {
        return refuses
                ? CompletableFuture.failedFuture(ChatException.of(Refusal.NOT_ALLOWED, text, null))
                : CompletableFuture.completedFuture(value);
    }

    private ChatEvent said(long sequence) {
        return ChatEvent.of(ROOM, sequence, Instant.EPOCH, Author.of(KAI), new Content.Said(text, false));
    }

    static Member kai() {
        return new Member(KAI, RoomRole.OWNER, Presence.AWAY);
    }

    @Override
    public CompletableFuture<RoomState> join(RoomName room, JoinHistory history) {
        return answer(new RoomState(ROOM, text, List.of(kai()), 1, 9, 10, text));
    }

    @Override
    public CompletableFuture<RoomState> join(RoomName room, JoinHistory history, String password) {
        return join(room, history);
    }

    @Override
    public CompletableFuture<Void> setRoomPassword(RoomName room, String password) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> leave(RoomName room, String reason) {
        return answer(room).thenAccept(left -> {});
    }

    private CompletableFuture<Receipt> receipt(RoomName room) {
        return answer(new Receipt(room, 9, Instant.EPOCH));
    }

    @Override
    public CompletableFuture<Receipt> send(RoomName room, String words) {
        return receipt(room);
    }

    @Override
    public CompletableFuture<Receipt> sendAction(RoomName room, String words) {
        return receipt(room);
    }

    @Override
    public CompletableFuture<Receipt> sendDirect(UserName to, String words) {
        return receipt(RoomName.with(to));
    }

    @Override
    public CompletableFuture<Receipt> setTopic(RoomName room, String topic) {
        return receipt(room);
    }

    @Override
    public CompletableFuture<Receipt> send(RoomName room, Payload payload) {
        return receipt(room);
    }

    @Override
    public CompletableFuture<Receipt> reply(RoomName room, long sequence, String text) {
        return receipt(room);
    }

    @Override
    public CompletableFuture<Receipt> amend(RoomName room, long sequence, Amendment amendment) {
        return receipt(room);
    }

    @Override
    public void signal(RoomName room, String key, byte[] bytes) {}

    @Override
    public CompletableFuture<Receipt> setValue(RoomName room, String key, Payload value) {
        return receipt(room);
    }

    @Override
    public CompletableFuture<Receipt> removeValue(RoomName room, String key) {
        return receipt(room);
    }

    @Override
    public Map<String, RoomValue> values(RoomName room) {
        return Map.of();
    }

    @Override
    public CompletableFuture<Receipt> describe(RoomName room, String description) {
        return receipt(room);
    }

    @Override
    public CompletableFuture<Receipt> change(RoomName room, RoomChange change) {
        return receipt(room);
    }

    @Override
    public Optional<RoomSettings> settings(RoomName room) {
        return Optional.empty();
    }

    @Override
    public CompletableFuture<List<RoomSummary>> rooms() {
        return answer(List.of(new RoomSummary(ROOM, 3, 9, text), new RoomSummary(RoomName.LOBBY, 3, 9, text)));
    }

    @Override
    public CompletableFuture<Member.Page> members(RoomName room, Member.Query query) {
        return answer(new Member.Page(room, List.of(kai()), 1, false));
    }

    @Override
    public CompletableFuture<HistoryPage> history(RoomName room, HistoryRange span) {
        return answer(new HistoryPage(room, List.of(said(1), said(2)), 1, 9));
    }

    @Override
    public CompletableFuture<Delivery> whoSaw(RoomName room, long sequence) {
        return answer(new Delivery(room, sequence, 5, 3, List.of(KAI)));
    }

    @Override
    public CompletableFuture<SearchPage> search(RoomName room, String words) {
        return search(room, words, 10);
    }

    @Override
    public CompletableFuture<SearchPage> search(RoomName room, String words, long before) {
        return answer(new SearchPage(
                room, List.of(new SearchPage.Hit(said(2), List.of(said(1), said(2), said(3)))), 1, true));
    }

    @Override
    public void away() {}

    @Override
    public void back() {}

    @Override
    public ConnectionInfo info() {
        return new ScriptedClient().info();
    }

    @Override
    public UserName name() {
        return UserName.of("ada");
    }

    @Override
    public ConnectionState state() {
        return ConnectionState.LIVE;
    }

    @Override
    public CompletableFuture<Receipt> send(RoomName room, String text, MessageId id) {
        return send(room, text);
    }

    @Override
    public LogPosition lastSeen(RoomName room) {
        return LogPosition.NONE;
    }

    @Override
    public CompletableFuture<Whois> whois(UserName who) {
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<Void> report(RoomName room, long sequence, String reason) {
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<Void> shutOut(RoomName room, UserName who) {
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<Void> block(UserName who) {
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<Void> unblock(UserName who) {
        return new CompletableFuture<>();
    }

    @Override
    public void markRead(RoomName room, long sequence) {
        // Nobody else is there to be told.
    }

    @Override
    public CompletableFuture<List<Conversation>> conversations() {
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletableFuture<List<Author>> blocks() {
        return new CompletableFuture<>();
    }

    @Override
    public StaffCalls staff() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Void> changePassword(String oldPassword, String newPassword) {
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<Void> changePassword(String newPassword) {
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<List<KnownDevice>> devices() {
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<Void> revokeDevice(int number) {
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<Void> rename(UserName newName) {
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<InviteLink> invite(InvitationTerms terms) {
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<List<Invitation>> invitations() {
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<Void> withdraw(long invitation) {
        return new CompletableFuture<>();
    }

    @Override
    public void typing(RoomName room) {}

    @Override
    public void close() {}

    @Override
    public CompletableFuture<Void> closeAsync() {
        return CompletableFuture.completedFuture(null);
    }
}
