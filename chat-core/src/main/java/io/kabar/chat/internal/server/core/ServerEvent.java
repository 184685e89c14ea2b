package io.kabar.chat.internal.server.core;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.CloseReason;
import io.kabar.chat.Content;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.endpoint.Endpoint;
import io.kabar.chat.internal.endpoint.SlowWork;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.AccountChange;
import io.kabar.chat.spi.Authenticator;
import io.kabar.chat.spi.Authorizer;
import io.kabar.chat.spi.Journal;
import io.kabar.chat.spi.ServerRecords;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** What a server endpoint wants done, or tells. */
public sealed interface ServerEvent {

    /** Run this and give it back to {@link Endpoint#handleWork}. */
    record Work(SlowWork work) implements ServerEvent {}

    /** Who owns this name? Answer to {@code ServerEndpoint.handleAccount}. */
    record FindAccount(long callId, UserName name) implements ServerEvent {}

    /** What is the account of this number? Answer to {@code ServerEndpoint.handleAccount}. */
    record FindNumber(long callId, long account) implements ServerEvent {}

    /** Store this new account. Answer to {@code ServerEndpoint.handleRegistered}. */
    record Register(long callId, Account account) implements ServerEvent {}

    /** Keep this record. Answer to {@code ServerEndpoint.handleRecord}, as is the next one. */
    record KeepRecord(long callId, ServerRecords.Entry entry) implements ServerEvent {}

    record RemoveRecord(long callId, String kind, String key) implements ServerEvent {}

    /** Change this account. Answer to {@code ServerEndpoint.handleChanged}. */
    record ChangeAccount(long callId, long account, AccountChange change) implements ServerEvent {}

    /** Draw a number for a guest. Answer to {@code ServerEndpoint.handleGuest}. */
    record DrawGuest(long callId) implements ServerEvent {}

    /** A device of this account has signed in, and calls itself so. There is no answer. */
    record DeviceSeen(long account, int device, String label) implements ServerEvent {}

    /** Whose token is this? Answer to {@code ServerEndpoint.handleVerdict}, as are the next three. */
    record Authenticate(long questionId, Authenticator.Credentials credentials) implements ServerEvent {}

    record MaySignIn(long questionId, Authorizer.Person person) implements ServerEvent {}

    record MayEnter(long questionId, Authorizer.Person person, RoomName room) implements ServerEvent {}

    record MaySay(long questionId, Authorizer.Person person, RoomName room, Content content) implements ServerEvent {}

    /** A program has signalled something in a room, which others heard. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Signalled(RoomName room, UserName from, String key, byte[] bytes) implements ServerEvent {}

    /** What the host program asked for is done; {@code value} is what it was to get. */
    record HostAnswer(long callId, @Nullable Object value) implements ServerEvent {}

    /** What the host program asked for is not done. */
    record HostRefusal(long callId, Refusal refusal, String sentence) implements ServerEvent {}

    /** Propose this to the journal. Answer to {@code ServerEndpoint.handleCommit} or {@code handleRefusal}. */
    record Propose(Journal.Proposal proposal) implements ServerEvent {}

    /** Read this from the journal. Answer to {@code ServerEndpoint.handleRead} or {@code handleReadFailed}. */
    record Read(long readId, RoomName room, long from, int maxEvents, int maxBytes) implements ServerEvent {}

    /** Nothing was ever said in this room, and nobody is in it: what the journal has of it may go. */
    record Drop(RoomName room) implements ServerEvent {}

    /** The state of a room, for the journal to keep. */
    record Snapshot(RoomName room, Journal.Snapshot snapshot) implements ServerEvent {}

    /** A room's log has a new event. */
    record Committed(ChatEvent event) implements ServerEvent {}

    record SignedIn(UserName name, InetSocketAddress address) implements ServerEvent {}

    record SignedOut(UserName name, CloseReason reason) implements ServerEvent {}

    record Roamed(UserName name, InetSocketAddress from, InetSocketAddress to) implements ServerEvent {}

    /** The name is what the peer called itself. */
    record LoginRefused(String name, InetSocketAddress address, Refusal refusal) implements ServerEvent {}

    record Warning(String sentence) implements ServerEvent {}

    /** Something met a defect in Kabar. If it was a session, it is ended, and this is told once. */
    record Defect(String where, RuntimeException cause) implements ServerEvent {}
}
