package io.kabar.chat.integration;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.Amendment;
import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.ChatException;
import io.kabar.chat.CloseReason;
import io.kabar.chat.Content;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.InvitationTerms;
import io.kabar.chat.InviteLink;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Member;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ChatClientListener;
import io.kabar.chat.client.ClientOptions;
import io.kabar.chat.client.ConnectionState;
import io.kabar.chat.client.KnownServers;
import io.kabar.chat.internal.net.Machine;
import io.kabar.chat.internal.net.QuickMachine;
import io.kabar.chat.internal.net.ServerAddresses;
import io.kabar.chat.participant.Participant;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.ChatServerListener;
import io.kabar.chat.server.MemoryAccountStore;
import io.kabar.chat.server.MemoryJournal;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.AccountChange;
import io.kabar.chat.spi.AccountStore;
import io.kabar.chat.spi.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The life of a server and of a client in a host program that does not behave: the table is in
 * {@code docs/architecture.md}. In every cell each future completes, each call that is promised is made, and nothing
 * stays behind.
 */
class LifeCycleTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final List<AutoCloseable> open = new ArrayList<>();

    /** What a host program may throw at us: out of its own code, in each of ours that calls it. */
    @SuppressWarnings("ImmutableEnumChecker") // what is thrown is never changed
    enum Fault {
        EXCEPTION(new IllegalStateException("a bug of the program's")),
        CHECKED(new IOException("sneaked out")),
        ASSERTION(new AssertionError("a failed assertion")),
        LINKAGE(new NoClassDefFoundError("missing/Part")),
        STACK(new StackOverflowError());

        private final Throwable thrown;

        Fault(Throwable thrown) {
            this.thrown = thrown;
        }

        <T extends Throwable> void strike() throws T {
            @SuppressWarnings("unchecked")
            T sneaked = (T) thrown;
            throw sneaked;
        }
    }

    @AfterEach
    void nothing_stays_behind() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
        Awaitility.await()
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(
                                Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
                        .noneMatch(name -> name.startsWith("kabar-")));
    }

    // The server
    // ----------------------------------------------------------------------------------------------------------------

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static ChatServer.Builder builder() {
        return ChatServer.builder().bind(anyPort()).open();
    }

    private ChatServer start(ChatServer.Builder builder) throws IOException {
        ChatServer server = builder.start();
        open.add(server);
        return server;
    }

    @Test
    void builder_starts_one_server() throws Exception {
        ChatServer.Builder builder = builder();
        start(builder);
        assertThatThrownBy(builder::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void server_that_nobody_could_enter_does_not_start() {
        assertThatThrownBy(() -> ChatServer.builder().bind(anyPort()).start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Nobody could enter");
    }

    @Test
    void address_that_was_not_found_is_said_at_once() {
        assertThatThrownBy(() -> builder().bind(InetSocketAddress.createUnresolved("nowhere.invalid", 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nowhere.invalid");
    }

    static Stream<Method> settersOfServers() {
        return setters(ChatServer.Builder.class);
    }

    static Stream<Method> settersOfClients() {
        return setters(ChatClient.Builder.class);
    }

    private static Stream<Method> setters(Class<?> builder) {
        return Arrays.stream(builder.getMethods())
                .filter(method -> method.getDeclaringClass() == builder && method.getParameterCount() == 1)
                .filter(method -> !method.getParameterTypes()[0].isPrimitive());
    }

    @ParameterizedTest
    @MethodSource({"settersOfServers", "settersOfClients"})
    void null_is_refused_where_it_is_given(Method setter) {
        Object builder = setter.getDeclaringClass() == ChatServer.Builder.class ? builder() : ChatClient.builder();
        assertThatThrownBy(() -> invoke(setter, builder, new Object[] {null}))
                .isInstanceOfAny(NullPointerException.class, IllegalArgumentException.class);
    }

    private static Object invoke(Method method, Object on, @Nullable Object... arguments) throws Throwable {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Notes that it was closed, and fails where it is told to. */
    private static final class Faulty implements Journal, AccountStore {
        private final MemoryJournal memory = new MemoryJournal();
        private final MemoryAccountStore accounts = new MemoryAccountStore();
        private final List<String> closed;
        private volatile String failsAt = "";
        private volatile Fault fault = Fault.EXCEPTION;
        private final String name;

        Faulty(String name, List<String> closed) {
            this.name = name;
            this.closed = closed;
        }

        Faulty failing(String where, Fault how) {
            failsAt = where;
            fault = how;
            return this;
        }

        private void at(String where) {
            if (failsAt.equals(where)) {
                fault.<RuntimeException>strike();
            }
        }

        @Override
        public Map<RoomName, Kept> open(Commits commits) {
            at("open");
            return memory.open(commits);
        }

        @Override
        public void propose(Proposal proposal) {
            at("propose");
            memory.propose(proposal);
        }

        @Override
        public void read(long ticket, RoomName room, long from, int maxEvents, int maxBytes) {
            at("read");
            memory.read(ticket, room, from, maxEvents, maxBytes);
        }

        @Override
        public String retention(RoomName room) {
            at("retention");
            return memory.retention(room);
        }

        @Override
        public void open(Changes changes) {
            at("open accounts");
        }

        @Override
        public Optional<Account> find(UserName user) {
            at("find");
            return accounts.find(user);
        }

        @Override
        public Optional<Account> find(long id) {
            at("find");
            return accounts.find(id);
        }

        @Override
        public Optional<Account> change(long id, AccountChange change) {
            at("change");
            return accounts.change(id, change);
        }

        @Override
        public long drawId() {
            at("drawId");
            return accounts.drawId();
        }

        @Override
        public Optional<Account> register(Account account) {
            at("register");
            return accounts.register(account);
        }

        @Override
        public Collection<UserName> knownBySpelling() {
            at("knownBySpelling");
            return Set.of();
        }

        @Override
        public void close() {
            closed.add(name);
            at("close");
        }
    }

    @ParameterizedTest
    @EnumSource
    void start_that_fails_closes_what_it_was_given_and_frees_the_port(Fault fault) throws Exception {
        int port;
        try (DatagramSocket free = new DatagramSocket(anyPort())) {
            port = free.getLocalPort();
        }
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        for (String where : List.of("open", "open accounts", "knownBySpelling")) {
            List<String> closed = new CopyOnWriteArrayList<>();
            ChatServer.Builder failing = builder()
                    .bind(address)
                    .journal(new Faulty("journal", closed).failing(where, fault))
                    .accounts(new Faulty("accounts", closed).failing(where, fault));
            assertThatThrownBy(failing::start).isSameAs(fault.thrown);
            assertThat(closed).containsExactly("journal", "accounts");
            new DatagramSocket(address).close();
        }
    }

    @Test
    void port_that_is_taken_closes_what_was_given() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(anyPort())) {
            List<String> closed = new CopyOnWriteArrayList<>();
            ChatServer.Builder builder = builder()
                    .bind((InetSocketAddress) taken.getLocalSocketAddress())
                    .journal(new Faulty("journal", closed))
                    .accounts(new Faulty("accounts", closed));
            assertThatThrownBy(builder::start).isInstanceOf(IOException.class);
            assertThat(closed).containsExactly("journal", "accounts");
        }
    }

    @ParameterizedTest
    @EnumSource
    void journal_that_cannot_be_closed_keeps_nothing_else_open(Fault fault) throws Exception {
        List<String> closed = new CopyOnWriteArrayList<>();
        AtomicBoolean stopped = new AtomicBoolean();
        ChatServer server = builder()
                .journal(new Faulty("journal", closed).failing("close", fault))
                .accounts(new Faulty("accounts", closed))
                .listener(new ChatServerListener() {
                    @Override
                    public void onStopped(ChatServer from) {
                        stopped.set(true);
                    }
                })
                .start();
        int port = server.address().getPort();

        if (fault.thrown instanceof RuntimeException || fault.thrown instanceof Error) {
            assertThatThrownBy(server::close).isSameAs(fault.thrown);
        } else {
            assertThatThrownBy(server::close).hasCause(fault.thrown);
        }
        server.awaitClose();
        assertThat(closed).containsExactly("journal", "accounts");
        assertThat(stopped).isTrue();
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)).close();
        assertThatCode(server::close).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource
    void storage_that_throws_refuses_what_it_was_asked_and_no_more(Fault fault) throws Exception {
        List<String> closed = new CopyOnWriteArrayList<>();
        Faulty journal = new Faulty("journal", closed);
        Faulty accounts = new Faulty("accounts", closed);
        List<String> warnings = new CopyOnWriteArrayList<>();
        ChatServer server = start(builder().journal(journal).accounts(accounts).listener(new ChatServerListener() {
            @Override
            public void onWarning(ChatServer from, String sentence) {
                warnings.add(sentence);
            }
        }));
        ChatClient ada = connect(server, "ada", new ChatClientListener() {});
        get(ada.join(RoomName.LOBBY, JoinHistory.NONE));

        journal.failing("propose", fault);
        assertThat(refusal(ada.send(RoomName.LOBBY, "lost"))).isEqualTo(Refusal.STORAGE);
        journal.failing("retention", fault);
        get(ada.join(RoomName.of("other"), JoinHistory.NONE));
        journal.failing("", fault);
        get(ada.send(RoomName.LOBBY, "kept"));

        for (String where : List.of("find", "register")) {
            accounts.failing(where, fault);
            assertThat(refusal(
                            client(server, "bob", new ChatClientListener() {}).connect()))
                    .isNotNull();
        }
        accounts.failing("", fault);
        connect(server, "bob", new ChatClientListener() {});
        assertThat(warnings).anyMatch(warning -> warning.startsWith("The journal failed"));
        assertThat(warnings).anyMatch(warning -> warning.startsWith("The account store failed"));
    }

    @ParameterizedTest
    @EnumSource
    void listener_of_a_server_that_throws_is_told_everything_all_the_same(Fault fault) throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        ChatServer server = start(builder().listener(new ChatServerListener() {
            private void note(String call) {
                told.add(call);
                fault.<RuntimeException>strike();
            }

            @Override
            public void onEvent(ChatServer from, ChatEvent event) {
                note("event");
            }

            @Override
            public void onSignedIn(ChatServer from, UserName name, InetSocketAddress address) {
                note("in");
            }

            @Override
            public void onSignedOut(ChatServer from, UserName name, CloseReason reason) {
                note("out");
            }

            @Override
            public void onStopped(ChatServer from) {
                note("stopped");
            }
        }));
        ChatClient ada = connect(server, "ada", new ChatClientListener() {});
        get(ada.join(RoomName.LOBBY, JoinHistory.NONE));
        get(ada.send(RoomName.LOBBY, "hello"));
        ada.close();
        Awaitility.await().atMost(LIMIT).until(() -> told.contains("out"));
        server.close();
        assertThat(told).startsWith("in", "event", "event").endsWith("stopped");
    }

    @Test
    void server_may_be_closed_by_its_own_callback_by_several_threads_and_again() throws Exception {
        AtomicReference<ChatServer> self = new AtomicReference<>();
        AtomicBoolean stopped = new AtomicBoolean();
        ChatServer server = start(builder().listener(new ChatServerListener() {
            @Override
            public void onSignedIn(ChatServer from, UserName name, InetSocketAddress address) {
                Awaitility.await().until(() -> self.get() != null);
                requireNonNull(self.get()).close();
            }

            @Override
            public void onStopped(ChatServer from) {
                stopped.set(true);
            }
        }));
        self.set(server);
        ChatClient ada = connect(server, "ada", new ChatClientListener() {});
        server.awaitClose();

        List<CompletableFuture<Void>> closers = Stream.generate(() -> CompletableFuture.runAsync(server::close))
                .limit(4)
                .toList();
        for (CompletableFuture<Void> closer : closers) {
            get(closer);
            assertThat(stopped).isTrue();
        }
        assertThat(server.address().getPort()).isPositive();
        assertThat(server.stats().logins()).isOne();
        assertThat(server.inviteLink("localhost").key()).contains(server.key());
        ada.close();
    }

    @Test
    void server_is_closed_by_the_thread_that_takes_its_calls() throws Exception {
        ExecutorService window = Executors.newSingleThreadExecutor();
        open.add(window::shutdown);
        List<String> told = new CopyOnWriteArrayList<>();
        ChatServer server = start(builder().callbackExecutor(window).listener(new ChatServerListener() {
            @Override
            public void onSignedIn(ChatServer from, UserName name, InetSocketAddress address) {
                told.add("in");
            }

            @Override
            public void onStopped(ChatServer from) {
                told.add("stopped");
            }
        }));
        ChatClient ada = connect(server, "ada", new ChatClientListener() {});
        Awaitility.await().atMost(LIMIT).until(() -> told.contains("in"));
        CompletableFuture<List<String>> after = CompletableFuture.supplyAsync(
                () -> {
                    server.close();
                    return List.copyOf(told);
                },
                window);
        assertThat(get(after)).containsExactly("in", "stopped");
        ada.close();
    }

    // The client
    // ----------------------------------------------------------------------------------------------------------------

    private static ChatClient.Builder client(ChatServer server, String name, ChatClientListener listener) {
        return ChatClient.builder()
                .server(server.inviteLink("localhost"))
                .name(name)
                .options(ClientOptions.defaults())
                .listener(listener);
    }

    private ChatClient connect(ChatServer server, String name, ChatClientListener listener) throws Exception {
        return opened(get(client(server, name, listener).connect()));
    }

    private ChatClient opened(ChatClient client) {
        open.add(client);
        return client;
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private static @Nullable Refusal refusal(CompletableFuture<?> future) {
        AtomicReference<@Nullable Refusal> refusal = new AtomicReference<>();
        assertThatThrownBy(() ->
                        future.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(ChatException.class, e -> refusal.set(e.refusal()));
        return refusal.get();
    }

    @ParameterizedTest
    @EnumSource
    void listener_of_a_client_that_throws_is_told_everything_all_the_same(Fault fault) throws Exception {
        ChatServer server = start(builder());
        List<String> told = new CopyOnWriteArrayList<>();
        ChatClient ada = connect(server, "ada", new ChatClientListener() {
            private void note(String call) {
                told.add(call);
                fault.<RuntimeException>strike();
            }

            @Override
            public void onEvent(ChatClient from, ChatEvent event, EventOrigin origin) {
                note("event");
            }

            @Override
            public void onRoomEntered(ChatClient from, RoomState room) {
                note("entered");
            }

            @Override
            public void onStateChanged(ChatClient from, ConnectionState state) {
                note("state");
            }

            @Override
            public void onClosed(ChatClient from, CloseReason reason, String sentence) {
                note("closed");
            }
        });
        get(ada.join(RoomName.LOBBY, JoinHistory.NONE));
        get(ada.send(RoomName.LOBBY, "one"));
        get(ada.send(RoomName.LOBBY, "two"));
        ada.close();
        assertThat(told).contains("entered").endsWith("state", "closed");
        assertThat(told).filteredOn("event"::equals).hasSize(3);
    }

    @Test
    void executor_that_rejects_keeps_nobody_waiting() throws Exception {
        ChatServer server = start(builder());
        AtomicInteger taken = new AtomicInteger();
        int names = 0;
        ExecutorService dead = Executors.newSingleThreadExecutor();
        dead.shutdown();
        for (Consumer<Runnable> rejecting : List.<Consumer<Runnable>>of(dead::execute, task -> {
            if (taken.incrementAndGet() % 2 == 0) {
                throw new RejectedExecutionException("now and then");
            }
            new Thread(task).start();
        })) {
            AtomicInteger events = new AtomicInteger();
            ChatClient ada = opened(get(client(server, "ada" + ++names, new ChatClientListener() {
                        @Override
                        public void onEvent(ChatClient from, ChatEvent event, EventOrigin origin) {
                            events.incrementAndGet();
                        }
                    })
                    .callbackExecutor(rejecting::accept)
                    .connect()));
            get(ada.join(RoomName.LOBBY, JoinHistory.NONE));
            for (int i = 0; i < 20; i++) {
                get(ada.send(RoomName.LOBBY, "hello " + i));
            }
            Awaitility.await().atMost(LIMIT).until(() -> events.get() >= 21);
            ada.close();
        }
    }

    @Test
    void executor_that_drops_tasks_keeps_a_closing_server_waiting_for_a_while_only() throws Exception {
        AtomicInteger dropped = new AtomicInteger();
        ChatServer.Builder builder = builder().callbackExecutor(task -> dropped.incrementAndGet());
        ((Machine.Guest) builder).runsOn(new QuickMachine(8, ServerAddresses.Resolver.ofSystem()));
        ChatServer server = start(builder);
        CompletableFuture<ChatClient> attempt = client(server, "ada", new ChatClientListener() {})
                .callbackExecutor(task -> {})
                .connect();
        Awaitility.await().atMost(LIMIT).until(() -> dropped.get() > 0);
        assertThat(attempt).isNotDone();
        attempt.cancel(false); // and its client ends
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void known_servers_that_throw_fail_the_attempt_or_are_told(Fault fault) throws Exception {
        ChatServer server = start(builder());
        AtomicBoolean finds = new AtomicBoolean(true);
        List<String> notices = new CopyOnWriteArrayList<>();
        KnownServers broken = new KnownServers() {
            @Override
            public Optional<ServerKey> find(String address) {
                if (finds.get()) {
                    fault.<RuntimeException>strike();
                }
                return Optional.empty();
            }

            @Override
            public void remember(String address, ServerKey key) {
                fault.<RuntimeException>strike();
            }
        };
        ChatClient.Builder builder = client(server, "ada", new ChatClientListener() {
                    @Override
                    public void onNotice(ChatClient from, String sentence) {
                        notices.add(sentence);
                    }
                })
                .knownServers(broken);
        assertThatThrownBy(() -> get(builder.connect())).hasRootCause(fault.thrown);

        finds.set(false);
        opened(get(builder.connect()));
        Awaitility.await().atMost(LIMIT).until(() -> !notices.isEmpty());
    }

    static Stream<Method> callsOfClients() {
        return Arrays.stream(ChatClient.class.getMethods())
                .filter(method ->
                        method.getDeclaringClass() == Participant.class && !Modifier.isStatic(method.getModifiers()))
                .filter(method -> Arrays.stream(method.getParameterTypes()).anyMatch(type -> !type.isPrimitive()));
    }

    /** Each argument of each call, one at a time. */
    @Test
    void null_is_refused_where_it_is_said() throws Exception {
        ChatClient ada = connect(start(builder()), "ada", new ChatClientListener() {});
        List<Method> calls = callsOfClients().toList();
        assertThat(calls).hasSizeGreaterThan(10);
        for (Method call : calls) {
            for (int missing = 0; missing < call.getParameterCount(); missing++) {
                if (call.getParameterTypes()[missing].isPrimitive()) {
                    continue;
                }
                @Nullable
                Object[] arguments = Arrays.stream(call.getParameterTypes())
                        .map(LifeCycleTest::any)
                        .toArray();
                arguments[missing] = null;
                assertThatThrownBy(
                                () -> invoke(call, ada, arguments), "%s without argument %s", call.getName(), missing)
                        .isInstanceOf(NullPointerException.class);
            }
        }
    }

    private static Object any(Class<?> type) {
        return Stream.<Object>of(
                        RoomName.LOBBY,
                        UserName.of("bob"),
                        "words",
                        JoinHistory.NONE,
                        HistoryRange.newest(1),
                        InvitationTerms.once(),
                        RoomChange.kick(UserName.of("bob"), ""),
                        new Amendment.Edited("better words"),
                        ChatEvent.of(
                                RoomName.LOBBY, 1, Instant.EPOCH, Author.of(UserName.of("bob")), new Content.Joined()),
                        MessageId.of("x"))
                .filter(type::isInstance)
                .findFirst()
                .orElseGet(() -> type == int.class ? (Object) 1 : (Object) 1L);
    }

    @Test
    void whatever_is_asked_of_a_closed_client_fails_at_once() throws Exception {
        ChatClient ada = connect(start(builder()), "ada", new ChatClientListener() {});
        get(ada.join(RoomName.LOBBY, JoinHistory.NONE));
        CompletableFuture<List<Member>> asked = ada.members(RoomName.LOBBY);
        ada.close();
        ada.close();
        assertThat(asked).isDone();
        assertThat(refusal(ada.join(RoomName.LOBBY, JoinHistory.NONE))).isEqualTo(Refusal.CLOSED);
        assertThat(refusal(ada.send(RoomName.LOBBY, "late"))).isEqualTo(Refusal.CLOSED);
        assertThat(refusal(ada.rooms())).isEqualTo(Refusal.CLOSED);
        assertThat(refusal(ada.history(RoomName.LOBBY, HistoryRange.newest(1)))).isEqualTo(Refusal.CLOSED);
        assertThat(ada.state()).isEqualTo(ConnectionState.SIGNED_OUT);
        assertThatCode(() -> ada.typing(RoomName.LOBBY)).doesNotThrowAnyException();
        assertThatCode(() -> ada.away()).doesNotThrowAnyException();
    }

    @Test
    void client_is_closed_by_the_thread_that_takes_its_calls_and_by_a_call() throws Exception {
        ChatServer server = start(builder());
        ExecutorService window = Executors.newSingleThreadExecutor();
        open.add(window::shutdown);
        AtomicBoolean told = new AtomicBoolean();
        ChatClient ada = opened(get(client(server, "ada", new ChatClientListener() {
                    @Override
                    public void onClosed(ChatClient from, CloseReason reason, String sentence) {
                        told.set(true);
                    }
                })
                .callbackExecutor(window)
                .connect()));
        CompletableFuture<Boolean> toldBefore = CompletableFuture.supplyAsync(
                () -> {
                    ada.close();
                    return told.get();
                },
                window);
        assertThat(get(toldBefore)).isTrue();

        ChatClient bob = connect(server, "bob", new ChatClientListener() {});
        get(bob.join(RoomName.LOBBY, JoinHistory.NONE).thenAccept(state -> bob.close()));
        Awaitility.await().atMost(LIMIT).until(() -> bob.state() == ConnectionState.SIGNED_OUT);
    }

    @Test
    void attempt_that_nobody_waits_for_ends() throws Exception {
        ChatServer server = start(builder());
        CompletableFuture<ChatClient> attempt =
                client(server, "ada", new ChatClientListener() {}).connect();
        attempt.cancel(true);
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> server.stats().sessions() == 0 && server.stats().handshaking() == 0);
    }

    @Test
    void builder_may_connect_again_after_a_failure() throws Exception {
        InviteLink nowhere;
        try (DatagramSocket silent = new DatagramSocket(anyPort())) {
            nowhere = new InviteLink("localhost", silent.getLocalPort(), Optional.empty(), Optional.empty());
        }
        ChatClient.Builder builder = ChatClient.builder()
                .server(nowhere)
                .name("ada")
                .options(ClientOptions.defaults().withConnectTimeout(Duration.ofSeconds(1)));
        assertThat(refusal(builder.connect())).isEqualTo(Refusal.UNREACHABLE);
        ChatServer server = start(builder());
        opened(get(builder.server(server.inviteLink("localhost")).connect()));
    }

    @Test
    void user_of_files_is_told_in_the_words_of_the_file() {
        KnownServers unreadable = new KnownServers() {
            @Override
            public Optional<ServerKey> find(String address) {
                throw new UncheckedIOException("The file of known servers cannot be read.", new IOException());
            }

            @Override
            public void remember(String address, ServerKey key) {}
        };
        assertThatThrownBy(() -> get(ChatClient.builder()
                        .server(new InviteLink("localhost", 1, Optional.empty(), Optional.empty()))
                        .name("ada")
                        .knownServers(unreadable)
                        .connect()))
                .rootCause()
                .hasMessage("The file of known servers cannot be read.");
    }
}
