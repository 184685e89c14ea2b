package io.kabar.chat.internal.participant;

import static java.util.Objects.requireNonNull;

import io.kabar.chat.Amendment;
import io.kabar.chat.Author;
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
import io.kabar.chat.Limits;
import io.kabar.chat.LogPosition;
import io.kabar.chat.Member;
import io.kabar.chat.MessageId;
import io.kabar.chat.Payload;
import io.kabar.chat.ProgramContent;
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
import io.kabar.chat.internal.client.ClientEndpoint;
import io.kabar.chat.internal.client.Saying;
import io.kabar.chat.internal.wire.message.ClientMessageCodec;
import io.kabar.chat.participant.Participant;
import io.kabar.chat.participant.StaffCalls;
import io.kabar.chat.rules.RoomSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Somebody whose every call is a command of a {@link ClientEndpoint}, given by its {@link ParticipantDriver}. */
public class EndpointParticipant implements Participant {

    private static final long EVERYWHERE = 0; // before no event: on the wire, and in the endpoint

    private final ClientEndpoint endpoint;
    private final ParticipantDriver<?> driver;
    private final OrderCalls order;
    private final AccountCalls account;

    /** A participant whose calls go to this endpoint, on the loop of this driver. */
    public EndpointParticipant(ClientEndpoint endpoint, ParticipantDriver<?> driver) {
        this.endpoint = endpoint;
        this.driver = driver;
        order = new OrderCalls(driver, endpoint);
        account = new AccountCalls(driver, endpoint);
    }

    @Override
    public UserName name() {
        return driver.name();
    }

    @Override
    public CompletableFuture<RoomState> join(RoomName room, JoinHistory history) {
        requireNonNull(room, "room");
        requireNonNull(history, "history");
        return driver.call((callId, now) -> endpoint.join(callId, room, history, now));
    }

    @Override
    public CompletableFuture<RoomState> join(RoomName room, JoinHistory history, String password) {
        requireNonNull(history, "history");
        return proof(room, password)
                .thenCompose(proof -> driver.call((callId, now) -> endpoint.joinBy(callId, room, history, proof, now)));
    }

    @Override
    public CompletableFuture<Void> setRoomPassword(RoomName room, String password) {
        return proof(room, password).thenCompose(proof -> order.setRoomPassword(room, proof));
    }

    /** Takes a moment, so it is made where waiting is allowed. */
    private CompletableFuture<byte[]> proof(RoomName room, String password) {
        requireNonNull(room, "room");
        return password.isEmpty() ? CompletableFuture.completedFuture(new byte[0]) : driver.proof(room, password);
    }

    @Override
    public CompletableFuture<Void> leave(RoomName room, String reason) {
        requireNonNull(room, "room");
        String said = Limits.cutLine(reason);
        return driver.call((callId, now) -> endpoint.leave(callId, room, said, now));
    }

    @Override
    public CompletableFuture<Receipt> send(RoomName room, String text) {
        return say(room, Saying.TEXT, text);
    }

    @Override
    public CompletableFuture<Receipt> send(RoomName room, String text, MessageId id) {
        requireNonNull(room, "room");
        requireNonNull(text, "text");
        if (id.equals(MessageId.NONE)) {
            throw new IllegalArgumentException("That is the id of what nobody sent.");
        }
        return driver.call((callId, now) -> endpoint.say(callId, room, Saying.TEXT, text, id, now));
    }

    @Override
    public CompletableFuture<Receipt> sendAction(RoomName room, String text) {
        return say(room, Saying.ACTION, text);
    }

    @Override
    public CompletableFuture<Receipt> send(RoomName room, Payload payload) {
        return put(room, new ProgramContent.Data(payload));
    }

    @Override
    public CompletableFuture<Receipt> setValue(RoomName room, String key, Payload value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("A value is not empty; take it away if there is to be none.");
        }
        return put(room, new ProgramContent.ValueSet(key, value));
    }

    @Override
    public CompletableFuture<Receipt> removeValue(RoomName room, String key) {
        return put(room, new ProgramContent.ValueSet(key, Payload.NONE));
    }

    @Override
    public Map<String, RoomValue> values(RoomName room) {
        requireNonNull(room, "room");
        return driver.values().of(room);
    }

    @Override
    public CompletableFuture<Receipt> setTopic(RoomName room, String topic) {
        return say(room, Saying.TOPIC, topic);
    }

    @Override
    public CompletableFuture<Receipt> describe(RoomName room, String description) {
        return put(room, new Content.Described(Limits.cutLine(description)));
    }

    @Override
    public CompletableFuture<Receipt> change(RoomName room, RoomChange change) {
        return put(room, requireNonNull(change, "change"));
    }

    @Override
    public CompletableFuture<Receipt> reply(RoomName room, long sequence, String text) {
        return answer(room, sequence, Saying.TEXT, text);
    }

    @Override
    public CompletableFuture<Receipt> edit(RoomName room, long sequence, String text) {
        return answer(room, sequence, Saying.EDIT, text);
    }

    private CompletableFuture<Receipt> answer(RoomName room, long sequence, Saying kind, String text) {
        requireNonNull(room, "room");
        requireNonNull(text, "text");
        requireNumber(sequence);
        return driver.call((callId, now) -> endpoint.answer(callId, room, sequence, kind, text, now));
    }

    @Override
    public CompletableFuture<Receipt> amend(RoomName room, long sequence, Amendment amendment) {
        requireNonNull(room, "room");
        requireNonNull(amendment, "amendment");
        requireNumber(sequence);
        return driver.call((callId, now) -> endpoint.amend(callId, room, sequence, amendment, now));
    }

    private static void requireNumber(long sequence) {
        if (sequence < 1 || sequence > JoinHistory.MAX_SEQUENCE) {
            throw new IllegalArgumentException("Events are numbered from 1.");
        }
    }

    private CompletableFuture<Receipt> put(RoomName room, Content content) {
        requireNonNull(room, "room");
        return driver.call((callId, now) -> endpoint.change(callId, room, content, now));
    }

    @Override
    public Optional<RoomSettings> settings(RoomName room) {
        requireNonNull(room, "room");
        return driver.settings().find(room);
    }

    private CompletableFuture<Receipt> say(RoomName room, Saying kind, String text) {
        requireNonNull(room, "room");
        requireNonNull(text, "text");
        return driver.call((callId, now) -> endpoint.say(callId, room, kind, text, now));
    }

    @Override
    public CompletableFuture<Receipt> sendDirect(UserName to, String text) {
        requireNonNull(to, "to");
        requireNonNull(text, "text");
        RoomName room = RoomName.with(to);
        return join(room, JoinHistory.NONE)
                .thenApply(state -> room)
                .exceptionally(failure -> {
                    if (failure.getCause() instanceof ChatException refused
                            && refused.refusal() == Refusal.BAD_REQUEST) {
                        return room; // entered before
                    }
                    throw new CompletionException(failure.getCause());
                })
                .thenCompose(inside -> send(inside, text));
    }

    @Override
    public CompletableFuture<HistoryPage> history(RoomName room, HistoryRange range) {
        requireNonNull(room, "room");
        requireNonNull(range, "range");
        return driver.call((callId, now) -> endpoint.readHistory(callId, room, range, now));
    }

    @Override
    public CompletableFuture<SearchPage> search(RoomName room, String words) {
        return searchBefore(room, words, EVERYWHERE);
    }

    @Override
    public CompletableFuture<SearchPage> search(RoomName room, String words, long before) {
        if (before < 1) {
            throw new IllegalArgumentException("Events are numbered from 1.");
        }
        return searchBefore(room, words, before);
    }

    private CompletableFuture<SearchPage> searchBefore(RoomName room, String words, long before) {
        requireNonNull(room, "room");
        if (words.isBlank()
                || words.getBytes(StandardCharsets.UTF_8).length > ClientMessageCodec.WORDS
                || !Limits.isWhole(words)) {
            throw new IllegalArgumentException(
                    "A search has at least one word, whole characters and at most 256 bytes.");
        }
        return driver.call((callId, now) -> endpoint.search(callId, room, words, before, now));
    }

    @Override
    public CompletableFuture<Delivery> whoSaw(RoomName room, long sequence) {
        requireNonNull(room, "room");
        requireNumber(sequence);
        return driver.call((callId, now) -> endpoint.whoSaw(callId, room, sequence, now));
    }

    @Override
    public LogPosition lastSeen(RoomName room) {
        return driver.seen(requireNonNull(room, "room"));
    }

    @Override
    public CompletableFuture<List<RoomSummary>> rooms() {
        return driver.call(endpoint::listRooms);
    }

    @Override
    public CompletableFuture<Member.Page> members(RoomName room, Member.Query query) {
        requireNonNull(room, "room");
        requireNonNull(query, "query");
        return driver.call((callId, now) -> endpoint.listMembers(callId, room, query, now));
    }

    @Override
    public CompletableFuture<Whois> whois(UserName who) {
        return order.whois(who);
    }

    @Override
    public CompletableFuture<Void> report(RoomName room, long sequence, String reason) {
        return order.report(room, sequence, reason);
    }

    @Override
    public CompletableFuture<Void> shutOut(RoomName room, UserName who) {
        return order.shutOut(room, who);
    }

    @Override
    public CompletableFuture<Void> block(UserName who) {
        return order.block(who);
    }

    @Override
    public CompletableFuture<Void> unblock(UserName who) {
        return order.unblock(who);
    }

    @Override
    public CompletableFuture<List<Author>> blocks() {
        return order.blocks();
    }

    @Override
    public CompletableFuture<List<Conversation>> conversations() {
        return order.conversations();
    }

    @Override
    public StaffCalls staff() {
        return order;
    }

    @Override
    public CompletableFuture<Void> changePassword(String oldPassword, String newPassword) {
        return account.changePassword(oldPassword, newPassword);
    }

    @Override
    public CompletableFuture<Void> changePassword(String newPassword) {
        return account.changePassword(newPassword);
    }

    @Override
    public CompletableFuture<List<KnownDevice>> devices() {
        return account.devices();
    }

    @Override
    public CompletableFuture<Void> revokeDevice(int number) {
        return account.revokeDevice(number);
    }

    @Override
    public CompletableFuture<Void> rename(UserName newName) {
        return account.rename(newName);
    }

    @Override
    public CompletableFuture<InviteLink> invite(InvitationTerms terms) {
        return account.invite(terms);
    }

    @Override
    public CompletableFuture<List<Invitation>> invitations() {
        return account.invitations();
    }

    @Override
    public CompletableFuture<Void> withdraw(long invitation) {
        return account.withdraw(invitation);
    }

    @Override
    public void markRead(RoomName room, long sequence) {
        requireNonNull(room, "room");
        driver.onLoop(now -> endpoint.read(room, sequence, now));
    }

    @Override
    public void typing(RoomName room) {
        requireNonNull(room, "room");
        driver.onLoop(now -> endpoint.typing(room, now));
    }

    @Override
    public void signal(RoomName room, String key, byte[] bytes) {
        requireNonNull(room, "room");
        Limits.requireSignal(key, bytes);
        byte[] copy = bytes.clone();
        driver.onLoop(now -> endpoint.signal(room, key, copy, now));
    }

    @Override
    public void away() {
        driver.onLoop(now -> endpoint.away(true, now));
    }

    @Override
    public void back() {
        driver.onLoop(now -> endpoint.away(false, now));
    }

    @Override
    public void close() {
        driver.close();
    }

    @Override
    public CompletableFuture<Void> closeAsync() {
        return driver.closeAsync();
    }
}
