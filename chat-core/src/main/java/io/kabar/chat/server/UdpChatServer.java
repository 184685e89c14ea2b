package io.kabar.chat.server;

import static java.util.Objects.requireNonNull;

import io.kabar.chat.Amendment;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.Invitation;
import io.kabar.chat.InvitationTerms;
import io.kabar.chat.InviteLink;
import io.kabar.chat.KnownDevice;
import io.kabar.chat.Limits;
import io.kabar.chat.Member;
import io.kabar.chat.Payload;
import io.kabar.chat.ProgramContent;
import io.kabar.chat.Receipt;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.RoomValue;
import io.kabar.chat.ServerKey;
import io.kabar.chat.Session;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.net.UdpEventLoop;
import io.kabar.chat.internal.server.HostAccounts;
import io.kabar.chat.internal.server.HostCalls;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomModes;
import io.kabar.chat.rules.RoomSanction;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.AccountChange;
import io.kabar.chat.spi.PasswordVerifier;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The server that {@link ServerBuilder} starts. */
final class UdpChatServer implements ChatServer {

    private final UserName name;
    private final UdpEventLoop loop;
    private final HostCalls host;
    private final HostAccounts accounts;
    private final ServerDriver driver;
    private final ServerShutdown shutdown;
    private final Participants.Server here;

    UdpChatServer(
            UserName name,
            Participants.Server here,
            UdpEventLoop loop,
            HostCalls host,
            HostAccounts accounts,
            ServerDriver driver,
            ServerShutdown shutdown) {
        this.name = name;
        this.here = here;
        this.loop = loop;
        this.host = host;
        this.accounts = accounts;
        this.driver = driver;
        this.shutdown = shutdown;
    }

    @Override
    public InetSocketAddress address() {
        return loop.localAddress();
    }

    @Override
    public ServerKey key() {
        return here.key();
    }

    @Override
    public UserName name() {
        return name;
    }

    @Override
    public InviteLink inviteLink(String reachedAs) {
        requireNonNull(reachedAs, "host");
        return new InviteLink(reachedAs, address().getPort(), Optional.empty(), Optional.of(key()));
    }

    @Override
    public ServerStats stats() {
        return driver.stats().now();
    }

    @Override
    public CompletableFuture<List<RoomSummary>> rooms() {
        return driver.calls().call((callId, now) -> host.rooms(now).list(callId));
    }

    @Override
    public CompletableFuture<List<Session>> sessions() {
        return driver.calls().call((callId, now) -> host.sessions(callId, null, now));
    }

    @Override
    public ServerRoom room(RoomName room) {
        if (room.isDirect()) {
            throw new IllegalArgumentException("A conversation of two is theirs alone.");
        }
        return new HostRoom(room);
    }

    @Override
    public ServerUser user(UserName user) {
        return new HostUser(requireNonNull(user, "user"));
    }

    @Override
    public ParticipantBuilder participant(UserName participant) {
        return driver.participants().begin(participant, here);
    }

    @Override
    public ServerOrder order() {
        return new HostOrder(host, driver.calls());
    }

    @Override
    public CompletableFuture<InviteLink> invite(String reachedAs, InvitationTerms terms) {
        InviteLink link = inviteLink(reachedAs);
        requireNonNull(terms, "terms");
        return driver.calls()
                .<byte[]>call((callId, now) -> accounts.invite(callId, terms, now))
                .thenApply(secret -> link.withSecret(secret, terms.room()));
    }

    @Override
    public CompletableFuture<List<Invitation>> invitations() {
        return driver.calls().call(accounts::listInvitations);
    }

    @Override
    public CompletableFuture<Void> withdraw(long invitation) {
        return driver.calls()
                .<Object>call((callId, now) -> accounts.withdraw(callId, invitation, now))
                .thenApply(ended -> null);
    }

    @Override
    public void awaitClose() throws InterruptedException {
        shutdown.awaitClosed();
    }

    @Override
    public void close() {
        shutdown.finish();
    }

    @Override
    public CompletableFuture<Void> closeAsync() {
        return shutdown.finishLater();
    }

    private final class HostRoom implements ServerRoom {
        private final RoomName room;

        HostRoom(RoomName room) {
            this.room = room;
        }

        @Override
        public RoomName name() {
            return room;
        }

        @Override
        public CompletableFuture<Receipt> say(String text) {
            if (Limits.isInvisible(text)) {
                throw new IllegalArgumentException("There is nothing to see in that.");
            }
            return put(new Content.Said(text, false));
        }

        @Override
        public CompletableFuture<Receipt> send(Payload payload) {
            return put(new ProgramContent.Data(payload));
        }

        @Override
        public CompletableFuture<Receipt> setTopic(String topic) {
            return put(new Content.Topic(Limits.cutLine(topic)));
        }

        private CompletableFuture<Receipt> put(Content content) {
            return driver.calls().call((callId, now) -> host.rooms(now).say(callId, room, content));
        }

        @Override
        public CompletableFuture<Receipt> reply(long sequence, String text) {
            if (Limits.isInvisible(text)) {
                throw new IllegalArgumentException("There is nothing to see in that.");
            }
            return put(sequence, new Content.Said(text, false));
        }

        @Override
        public CompletableFuture<Receipt> amend(long sequence, Amendment amendment) {
            return put(sequence, requireNonNull(amendment, "amendment"));
        }

        private CompletableFuture<Receipt> put(long sequence, Content content) {
            if (sequence < 1) {
                throw new IllegalArgumentException("Events are numbered from 1.");
            }
            return driver.calls().call((callId, now) -> host.rooms(now).say(callId, room, sequence, content));
        }

        @Override
        public CompletableFuture<Void> announce(String sentence) {
            String said = Limits.cutLine(sentence);
            return driver.calls().call((callId, now) -> host.rooms(now).announce(callId, room, said));
        }

        @Override
        public CompletableFuture<Receipt> setValue(String key, Payload value) {
            if (value.isEmpty()) {
                throw new IllegalArgumentException("A value is not empty; take it away if there is to be none.");
            }
            return put(new ProgramContent.ValueSet(key, value));
        }

        @Override
        public CompletableFuture<Receipt> removeValue(String key) {
            return put(new ProgramContent.ValueSet(key, Payload.NONE));
        }

        @Override
        public CompletableFuture<Map<String, RoomValue>> values() {
            return driver.calls().call((callId, now) -> host.rooms(now).values(callId, room));
        }

        @Override
        public void signal(String key, byte[] bytes) {
            Limits.requireSignal(key, bytes);
            byte[] copy = bytes.clone();
            var unused = driver.calls().call((callId, now) -> host.rooms(now).signal(callId, room, key, copy));
        }

        @Override
        public CompletableFuture<String> topic() {
            return driver.calls().call((callId, now) -> host.rooms(now).topic(callId, room));
        }

        @Override
        public CompletableFuture<List<Member>> members() {
            return driver.calls().call((callId, now) -> host.rooms(now).members(callId, room));
        }

        @Override
        public CompletableFuture<Member.Page> members(Member.Query query) {
            return driver.calls().call((callId, now) -> host.rooms(now).members(callId, room, query));
        }

        @Override
        public CompletableFuture<List<RoomSanction>> sanctions() {
            return driver.calls().call((callId, now) -> host.rooms(now).sanctions(callId, room));
        }

        @Override
        public CompletableFuture<List<ChatEvent>> newest(int count) {
            int most = positive(count);
            return driver.calls().call((callId, now) -> host.rooms(now).newest(callId, room, most));
        }

        @Override
        public CompletableFuture<List<ChatEvent>> events(long from, int count) {
            int most = positive(count);
            return driver.calls().call((callId, now) -> host.rooms(now).events(callId, room, from, most));
        }

        private static int positive(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("Ask for one event at least.");
            }
            return count;
        }

        @Override
        public CompletableFuture<RoomModes> modes() {
            return driver.calls().call((callId, now) -> host.rooms(now).modes(callId, room));
        }

        @Override
        public CompletableFuture<String> description() {
            return driver.calls().call((callId, now) -> host.rooms(now).description(callId, room));
        }

        @Override
        public CompletableFuture<Receipt> describe(String description) {
            return put(new Content.Described(Limits.cutLine(description)));
        }

        @Override
        public CompletableFuture<Receipt> change(RoomChange change) {
            return put(requireNonNull(change, "change"));
        }

        @Override
        public CompletableFuture<Void> putOut(UserName user, String reason) {
            return change(RoomChange.kick(user, reason)).thenApply(receipt -> null);
        }

        @Override
        public CompletableFuture<Void> close(String reason) {
            return change(new RoomChange.ModesSet(Map.of(RoomMode.CLOSED, 1L), Limits.cutLine(reason)))
                    .thenApply(receipt -> null);
        }
    }

    private final class HostUser implements ServerUser {
        private final UserName user;

        HostUser(UserName user) {
            this.user = user;
        }

        @Override
        public UserName name() {
            return user;
        }

        @Override
        public CompletableFuture<List<Session>> sessions() {
            return driver.calls().call((callId, now) -> host.sessions(callId, user, now));
        }

        @Override
        public CompletableFuture<Void> notice(String sentence) {
            String said = Limits.cutLine(sentence);
            return driver.calls().call((callId, now) -> host.notice(callId, user, said, now));
        }

        @Override
        public CompletableFuture<Void> setPassword(String password) {
            PasswordVerifier.requirePassword(password);
            return driver.calls()
                    .<UserName>call((callId, now) -> driver.work(
                            () -> new AccountChange.NewPassword(Optional.of(PasswordVerifier.derive(password))),
                            (change, time) -> accounts.change(callId, user, change, time)))
                    .thenApply(name -> null);
        }

        @Override
        public CompletableFuture<Void> removePassword() {
            return change(new AccountChange.NewPassword(Optional.empty())).thenApply(name -> null);
        }

        @Override
        public CompletableFuture<List<KnownDevice>> devices() {
            return driver.calls().call((callId, now) -> accounts.devices(callId, user, now));
        }

        @Override
        public CompletableFuture<Void> revokeDevice(int number) {
            return change(new AccountChange.RevokedDevice(number, Instant.now()))
                    .thenApply(name -> null);
        }

        @Override
        public CompletableFuture<ServerUser> rename(UserName newName) {
            return change(new AccountChange.NewName(requireNonNull(newName, "newName")))
                    .thenApply(HostUser::new);
        }

        @Override
        public CompletableFuture<Void> setRole(String role) {
            if (!Account.isRole(role)) {
                throw new IllegalArgumentException("That cannot be the name of a role.");
            }
            return change(new AccountChange.NewRole(role)).thenApply(name -> null);
        }

        private CompletableFuture<UserName> change(AccountChange change) {
            return driver.calls().call((callId, now) -> accounts.change(callId, user, change, now));
        }

        @Override
        public CompletableFuture<Void> disconnect(String reason) {
            String said = Limits.cutLine(reason);
            return driver.calls().call((callId, now) -> host.disconnect(callId, user, said, now));
        }
    }
}
