package io.kabar.swing;

import io.kabar.chat.Amendment;
import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

/** A client that only remembers what it was asked for; the test decides when, and whether, it is answered. */
public final class ScriptedClient implements ChatClient {

    public final List<String> sent = new ArrayList<>();
    public final List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
    /** What a search finds. */
    public final List<ChatEvent> said = new ArrayList<>();

    public final List<String> amended = new ArrayList<>();
    public final List<RoomName> joined = new ArrayList<>();
    public final List<HistoryRange> asked = new ArrayList<>();
    /** How many events of history every room has. */
    public long kept;

    /** The rooms in which the user was said to write. */
    public final List<RoomName> typing = new ArrayList<>();

    public final List<String> passwords = new ArrayList<>();
    public final List<RoomChange> changes = new ArrayList<>();
    public final Map<RoomName, RoomSettings> settings = new HashMap<>();

    boolean firstContact;

    @Override
    public CompletableFuture<RoomState> join(RoomName room, JoinHistory history) {
        joined.add(room);
        return new CompletableFuture<>();
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
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<Receipt> send(RoomName room, String text) {
        sent.add(text);
        CompletableFuture<Receipt> receipt = new CompletableFuture<>();
        receipts.add(receipt);
        return receipt;
    }

    @Override
    public CompletableFuture<Receipt> sendAction(RoomName room, String text) {
        return send(room, text);
    }

    public void accept(int index, RoomName room, long sequence) {
        receipts.get(index).complete(new Receipt(room, sequence, Instant.EPOCH));
    }

    @Override
    public CompletableFuture<Receipt> sendDirect(UserName to, String text) {
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<Receipt> setTopic(RoomName room, String topic) {
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<Receipt> send(RoomName room, Payload payload) {
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<Receipt> reply(RoomName room, long sequence, String text) {
        return send(room, "> #" + sequence + " " + text);
    }

    @Override
    public CompletableFuture<Receipt> amend(RoomName room, long sequence, Amendment amendment) {
        amended.add("#" + sequence + " " + amendment);
        return new CompletableFuture<>();
    }

    @Override
    public void signal(RoomName room, String key, byte[] bytes) {}

    @Override
    public CompletableFuture<Receipt> setValue(RoomName room, String key, Payload value) {
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<Receipt> removeValue(RoomName room, String key) {
        return new CompletableFuture<>();
    }

    @Override
    public Map<String, RoomValue> values(RoomName room) {
        return Map.of();
    }

    @Override
    public CompletableFuture<Receipt> describe(RoomName room, String description) {
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<Receipt> change(RoomName room, RoomChange change) {
        changes.add(change);
        return new CompletableFuture<>();
    }

    @Override
    public Optional<RoomSettings> settings(RoomName room) {
        return Optional.ofNullable(settings.get(room));
    }

    @Override
    public CompletableFuture<List<RoomSummary>> rooms() {
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<Member.Page> members(RoomName room, Member.Query query) {
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<HistoryPage> history(RoomName room, HistoryRange span) {
        asked.add(span);
        List<ChatEvent> events = LongStream.range(span.from(), Math.min(span.from() + span.count(), kept + 1))
                .mapToObj(i -> ChatEvent.of(
                        room, i, Instant.EPOCH, Author.of(UserName.of("mira")), new Content.Said("old " + i, false)))
                .toList();
        return CompletableFuture.completedFuture(new HistoryPage(room, events, 1, kept));
    }

    @Override
    public CompletableFuture<Delivery> whoSaw(RoomName room, long sequence) {
        return CompletableFuture.completedFuture(new Delivery(room, sequence, 5, 3, List.of()));
    }

    @Override
    public CompletableFuture<SearchPage> search(RoomName room, String words) {
        List<SearchPage.Hit> hits = said.stream()
                .filter(event -> event.room().equals(room) && event.text().contains(words))
                .map(event -> new SearchPage.Hit(event, List.of()))
                .toList();
        return CompletableFuture.completedFuture(new SearchPage(room, hits, 1, false));
    }

    @Override
    public CompletableFuture<SearchPage> search(RoomName room, String words, long before) {
        return CompletableFuture.completedFuture(new SearchPage(room, List.of(), 1, false));
    }

    @Override
    public void away() {}

    @Override
    public void back() {}

    @Override
    public ConnectionInfo info() {
        byte[] key = new byte[ServerKey.LENGTH];
        key[0] = 7;
        return new ConnectionInfo(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 2120),
                ServerKey.of(key),
                firstContact,
                Duration.ofNanos(800_000),
                0,
                0,
                4096);
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
        passwords.add(oldPassword + " " + newPassword);
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
    public void typing(RoomName room) {
        typing.add(room);
    }

    @Override
    public void close() {}

    @Override
    public CompletableFuture<Void> closeAsync() {
        return CompletableFuture.completedFuture(null);
    }
}
