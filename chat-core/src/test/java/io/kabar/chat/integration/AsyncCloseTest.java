package io.kabar.chat.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.CloseReason;
import io.kabar.chat.InviteLink;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ChatClientListener;
import io.kabar.chat.client.ConnectionState;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.ChatServerListener;
import io.kabar.chat.spi.ServerRecords;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Closing without waiting, in each cell of the table in {@code docs/architecture.md}. */
class AsyncCloseTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();

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

    private static ChatServer.Builder builder() {
        return ChatServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .open();
    }

    private ChatServer start(ChatServer.Builder builder) throws IOException {
        ChatServer server = builder.start();
        open.add(server);
        return server;
    }

    private static ChatClient.Builder ada(ChatServer server) {
        InviteLink link = server.inviteLink("127.0.0.1");
        return ChatClient.builder().server(link).name("ada");
    }

    private ChatClient connect(ChatClient.Builder builder) throws Exception {
        ChatClient client = get(builder.connect());
        open.add(client);
        return client;
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private ChatClientListener tellingTheEnd() {
        return new ChatClientListener() {
            @Override
            public void onClosed(ChatClient source, CloseReason reason, String sentence) {
                told.add("client closed");
            }
        };
    }

    // Clients
    // ----------------------------------------------------------------------------------------------------------------

    @Test
    void client_is_closed_behind_its_last_call_however_often_it_is_asked() throws Exception {
        ChatClient client = connect(ada(start(builder())).listener(tellingTheEnd()));
        CompletableFuture<Void> first = client.closeAsync();
        CompletableFuture<Void> noted = first.thenRun(() -> told.add("closed"));
        CompletableFuture<Void> second = client.closeAsync();
        get(noted);
        get(second);
        assertThat(told).containsExactly("client closed", "closed");
        client.close();
        assertThat(client.closeAsync()).isCompleted();
        assertThat(client.state()).isEqualTo(ConnectionState.SIGNED_OUT);
    }

    @Test
    void what_becomes_of_one_future_is_nothing_to_another() throws Exception {
        ChatServer server = start(builder());
        ChatClient client = connect(ada(server));
        assertThat(client.closeAsync().cancel(true)).isTrue();
        get(client.closeAsync());
        assertThat(server.closeAsync().cancel(true)).isTrue();
        get(server.closeAsync());
    }

    @Test
    void client_closes_within_a_call_and_before_its_attempt_has_ended() throws Exception {
        AtomicReference<CompletableFuture<Void>> closing = new AtomicReference<>();
        CompletableFuture<ChatClient> connected = ada(start(builder()))
                .listener(new ChatClientListener() {
                    @Override
                    public void onStateChanged(ChatClient source, ConnectionState state) {
                        if (state == ConnectionState.LIVE) {
                            closing.set(source.closeAsync());
                        }
                    }
                })
                .connect();
        get(connected.handle((client, failure) -> null));
        get(Objects.requireNonNull(closing.get(), "it was closed when it was live"));
    }

    @Test
    void client_whose_program_throws_everywhere_is_closed() throws Exception {
        ChatClient client = connect(ada(start(builder()))
                .callbackExecutor(task -> {
                    throw new RejectedExecutionException("none");
                })
                .listener(new ChatClientListener() {
                    @Override
                    public void onClosed(ChatClient source, CloseReason reason, String sentence) {
                        throw new NoClassDefFoundError("missing/Part");
                    }
                }));
        get(client.closeAsync());
    }

    @Test
    void client_whose_server_is_gone_is_closed() throws Exception {
        ChatServer server = start(builder());
        ChatClient client = connect(ada(server).listener(tellingTheEnd()));
        get(server.closeAsync());
        get(client.closeAsync());
        assertThat(told).containsExactly("client closed");
    }

    // Servers
    // ----------------------------------------------------------------------------------------------------------------

    private ChatServerListener tellingTheEndOfServers() {
        return new ChatServerListener() {
            @Override
            public void onStopped(ChatServer source) {
                told.add("stopped");
            }
        };
    }

    @Test
    void server_is_closed_behind_its_last_call_however_often_it_is_asked() throws Exception {
        ChatServer server = start(builder().listener(tellingTheEndOfServers()));
        CompletableFuture<Void> noted = server.closeAsync().thenRun(() -> told.add("closed"));
        CompletableFuture<Void> second = server.closeAsync();
        server.close();
        server.awaitClose();
        get(noted);
        get(second);
        assertThat(told).containsExactly("stopped", "closed");
        assertThat(get(server.closeAsync())).isNull();
    }

    @Test
    void server_closes_within_a_call() throws Exception {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        ChatServer server = start(builder().listener(new ChatServerListener() {
            @Override
            public void onEvent(ChatServer source, ChatEvent event) {
                var unused = source.closeAsync().thenRun(() -> closed.complete(null));
            }

            @Override
            public void onStopped(ChatServer source) {
                throw new NoClassDefFoundError("missing/Part");
            }
        }));
        var unused = connect(ada(server)).join(RoomName.LOBBY, JoinHistory.NONE);
        get(closed);
    }

    /** Whoever asks is not kept waiting by a store that takes its time, and is told what it threw. */
    @Test
    void server_tells_what_its_storage_threw_when_that_is_closed() throws Exception {
        CountDownLatch goesOn = new CountDownLatch(1);
        Error broken = new NoClassDefFoundError("missing/Part");
        ChatServer server = start(builder().records(new ServerRecords() {
            @Override
            public Collection<Entry> load() {
                return List.of();
            }

            @Override
            public void put(Entry entry) {}

            @Override
            public void remove(String kind, String key) {}

            @Override
            public void close() {
                try {
                    assertThat(goesOn.await(LIMIT.toSeconds(), TimeUnit.SECONDS))
                            .isTrue();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw broken;
            }
        }));
        CompletableFuture<Void> closing = server.closeAsync();
        assertThat(closing).isNotDone();
        goesOn.countDown();
        for (CompletableFuture<Void> each : List.of(closing, server.closeAsync())) {
            assertThatThrownBy(() -> get(each))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isSameAs(broken);
        }
        assertThatThrownBy(server::close).as("and once more to who waits").isSameAs(broken);
        server.close();
    }
}
