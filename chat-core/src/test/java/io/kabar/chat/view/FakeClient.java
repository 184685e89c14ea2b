package io.kabar.chat.view;

import io.kabar.chat.Amendment;
import io.kabar.chat.Author;
import io.kabar.chat.ChatException;
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
import io.kabar.chat.Receipt;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.RoomValue;
import io.kabar.chat.SearchPage;
import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import io.kabar.chat.Whois;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ConnectionInfo;
import io.kabar.chat.client.ConnectionState;
import io.kabar.chat.participant.StaffCalls;
import io.kabar.chat.rules.RoomSettings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A client that writes down what it is asked and answers when the test says so. */
final class FakeClient implements ChatClient {

    final List<String> asked = new ArrayList<>();
    final Deque<CompletableFuture<Receipt>> receipts = new ArrayDeque<>();
    List<Conversation> conversations = List.of();
    /** Up to where the server was told that rooms are read. */
    final Map<RoomName, Long> read = new HashMap<>();

    final CompletableFuture<RoomState> joined = new CompletableFuture<>();
    List<RoomSummary> rooms = List.of();
    /** The rooms, some day. */
    @Nullable
    CompletableFuture<List<RoomSummary>> late;

    List<Member> members = List.of();
    /** How many are in the room of which {@link #members} are told. */
    int inside;

    HistoryPage page = new HistoryPage(RoomName.LOBBY, List.of(), 1, 0);
    /** Pages to give before {@link #page}. */
    final Deque<HistoryPage> pages = new ArrayDeque<>();

    @Nullable
    ChatException noHistory;

    List<KnownDevice> devices = List.of();
    RoomSettings settings = RoomSettings.NONE;

    SearchPage found = new SearchPage(RoomName.LOBBY, List.of(), 1, false);

    /** Answers the oldest request for a receipt. */
    void accept(long sequence) {
        receipts.remove().complete(new Receipt(RoomName.LOBBY, sequence, Scene.NOON));
    }

    void refuse(Throwable failure) {
        receipts.remove().completeExceptionally(failure);
    }

    private CompletableFuture<Receipt> receipt(String request) {
        asked.add(request);
        CompletableFuture<Receipt> receipt = new CompletableFuture<>();
        receipts.add(receipt);
        return receipt;
    }

    @Override
    public CompletableFuture<List<Conversation>> conversations() {
        return CompletableFuture.completedFuture(conversations);
    }

    @Override
    public void markRead(RoomName room, long sequence) {
        read.put(room, sequence);
    }

    @Override
    public CompletableFuture<RoomState> join(RoomName room, JoinHistory history) {
        asked.add("join " + room + " " + history.amount());
        return joined;
    }

    @Override
    public CompletableFuture<RoomState> join(RoomName room, JoinHistory history, String password) {
        asked.add("join " + room + " with " + password);
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<Void> setRoomPassword(RoomName room, String password) {
        asked.add("password of " + room + " " + password);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> leave(RoomName room, String reason) {
        asked.add("leave " + room);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Receipt> send(RoomName room, String text) {
        return receipt("send " + room + " " + text);
    }

    @Override
    public CompletableFuture<Receipt> sendAction(RoomName room, String text) {
        return receipt("act " + room + " " + text);
    }

    @Override
    public CompletableFuture<Receipt> sendDirect(UserName to, String text) {
        return receipt("tell " + to + " " + text);
    }

    @Override
    public CompletableFuture<Receipt> setTopic(RoomName room, String topic) {
        return receipt("topic " + room + " " + topic);
    }

    @Override
    public CompletableFuture<Receipt> send(RoomName room, Payload payload) {
        return receipt("send " + room + " " + payload);
    }

    @Override
    public CompletableFuture<Receipt> reply(RoomName room, long sequence, String text) {
        return receipt("reply " + room + " " + sequence + " " + text);
    }

    @Override
    public CompletableFuture<Receipt> amend(RoomName room, long sequence, Amendment amendment) {
        return receipt("amend " + room + " " + sequence + " " + amendment);
    }

    @Override
    public void signal(RoomName room, String key, byte[] bytes) {}

    @Override
    public CompletableFuture<Receipt> setValue(RoomName room, String key, Payload value) {
        return receipt("value " + room + " " + key);
    }

    @Override
    public CompletableFuture<Receipt> removeValue(RoomName room, String key) {
        return receipt("value " + room + " " + key);
    }

    @Override
    public Map<String, RoomValue> values(RoomName room) {
        return Map.of();
    }

    @Override
    public CompletableFuture<Receipt> describe(RoomName room, String description) {
        return receipt("describe " + room + " " + description);
    }

    @Override
    public CompletableFuture<Receipt> change(RoomName room, RoomChange change) {
        return receipt("change " + room + " " + change);
    }

    @Override
    public Optional<RoomSettings> settings(RoomName room) {
        return Optional.of(settings);
    }

    @Override
    public CompletableFuture<List<RoomSummary>> rooms() {
        return late != null ? late : CompletableFuture.completedFuture(rooms);
    }

    @Override
    public CompletableFuture<Member.Page> members(RoomName room, Member.Query query) {
        asked.add("members " + room + " " + query.beginning());
        List<Member> those = members.stream()
                .filter(member -> member.name().text().startsWith(query.beginning()))
                .toList();
        return CompletableFuture.completedFuture(new Member.Page(
                room,
                those.stream().limit(query.count()).toList(),
                Math.max(inside, members.size()),
                those.size() > query.count()));
    }

    @Override
    public CompletableFuture<HistoryPage> history(RoomName room, HistoryRange span) {
        asked.add("history " + room + " " + span.from() + " " + span.count());
        return noHistory != null
                ? CompletableFuture.failedFuture(noHistory)
                : CompletableFuture.completedFuture(pages.isEmpty() ? page : pages.remove());
    }

    @Override
    public CompletableFuture<Delivery> whoSaw(RoomName room, long sequence) {
        asked.add("who saw " + room + " " + sequence);
        return CompletableFuture.completedFuture(
                new Delivery(room, sequence, 5, 3, List.of(UserName.of("ada"), UserName.of("bob"))));
    }

    @Override
    public CompletableFuture<SearchPage> search(RoomName room, String words) {
        asked.add("search " + room + " " + words);
        return CompletableFuture.completedFuture(found);
    }

    @Override
    public CompletableFuture<SearchPage> search(RoomName room, String words, long before) {
        asked.add("search " + room + " " + words + " " + before);
        return CompletableFuture.completedFuture(found);
    }

    @Override
    public void away() {
        asked.add("away");
    }

    @Override
    public void back() {
        asked.add("back");
    }

    @Override
    public ConnectionInfo info() {
        return new ConnectionInfo(
                InetSocketAddress.createUnresolved("demo.local", 2120),
                ServerKey.of(new byte[ServerKey.LENGTH]),
                true,
                Duration.ofNanos(800_000),
                0.25,
                2,
                4096);
    }

    @Override
    public UserName name() {
        return Scene.ADA;
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
        asked.add("whois " + who);
        return CompletableFuture.completedFuture(
                new Whois(Author.of(who), "member", Optional.empty(), Optional.empty(), List.of(), List.of()));
    }

    @Override
    public CompletableFuture<Void> report(RoomName room, long sequence, String reason) {
        asked.add("report " + room + " " + sequence + " " + reason);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> shutOut(RoomName room, UserName who) {
        asked.add("shutOut " + room + " " + who);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> block(UserName who) {
        asked.add("block " + who);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> unblock(UserName who) {
        asked.add("unblock " + who);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<List<Author>> blocks() {
        asked.add("blocks");
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public StaffCalls staff() {
        return RecordedStaff.in(asked);
    }

    @Override
    public CompletableFuture<Void> changePassword(String oldPassword, String newPassword) {
        asked.add("password " + oldPassword + " " + newPassword);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> changePassword(String newPassword) {
        asked.add("password " + newPassword);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<List<KnownDevice>> devices() {
        asked.add("devices");
        return CompletableFuture.completedFuture(devices);
    }

    @Override
    public CompletableFuture<Void> revokeDevice(int number) {
        asked.add("revoke " + number);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> rename(UserName newName) {
        asked.add("rename " + newName);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<InviteLink> invite(InvitationTerms terms) {
        asked.add("invite " + terms);
        return CompletableFuture.completedFuture(InviteLink.parse("kabar://demo.local"));
    }

    @Override
    public CompletableFuture<List<Invitation>> invitations() {
        asked.add("invitations");
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletableFuture<Void> withdraw(long invitation) {
        asked.add("withdraw " + invitation);
        return CompletableFuture.completedFuture(null);
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
