package io.kabar.chat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kabar.chat.ChatException;
import io.kabar.chat.CloseReason;
import io.kabar.chat.InviteLink;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.net.ServerAddresses;
import io.kabar.chat.internal.net.SystemMachine;
import io.kabar.chat.internal.net.Ticker;
import io.kabar.chat.server.ChatServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client whose network thread dies of a defect: all is over as by close, and everybody who waits is told. */
class ClientNetworkThreadTest {

    private static final int ENOUGH = 2_000;

    /** A clock that fails the loop for ever after so many looks of its at it, which nothing there expects. */
    private static final class Clock implements Ticker {
        private final AtomicInteger looks;

        Clock(int looks) {
            this.looks = new AtomicInteger(looks);
        }

        @Override
        public long nanos() {
            boolean isLoop = Thread.currentThread().getName().equals("kabar-client");
            if (isLoop && (looks.get() <= 0 || looks.decrementAndGet() <= 0)) {
                throw new IllegalStateException("a defect made by a test");
            }
            return System.nanoTime();
        }

        void breaks() {
            looks.set(0);
        }
    }

    private final List<String> told = new CopyOnWriteArrayList<>();

    private ChatClient.Builder client(ChatServer server, Clock clock) {
        return new ClientBuilder()
                .server(new InviteLink(
                        "127.0.0.1", server.address().getPort(), Optional.empty(), Optional.of(server.key())))
                .runsOn(new SystemMachine(clock, ServerAddresses.Resolver.ofSystem()))
                .listener(new ChatClientListener() {
                    @Override
                    public void onClosed(ChatClient from, CloseReason reason, String sentence) {
                        told.add("closed " + reason + " " + sentence);
                    }

                    @Override
                    public void onStateChanged(ChatClient from, ConnectionState state) {
                        told.add(state.toString());
                    }
                })
                .name("ada");
    }

    private static ChatServer server() throws Exception {
        return ChatServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .open()
                .start();
    }

    @Test
    void whoever_waits_is_told_and_nothing_stays_behind() throws Exception {
        Clock clock = new Clock(Integer.MAX_VALUE);
        try (ChatServer server = server()) {
            ChatClient ada = client(server, clock).connect().get(20, TimeUnit.SECONDS);
            ada.join(RoomName.LOBBY, JoinHistory.last(1)).get(20, TimeUnit.SECONDS);
            List<CompletableFuture<?>> calls = new ArrayList<>();
            clock.breaks();
            for (int i = 0; i < 50; i++) {
                calls.add(ada.send(RoomName.LOBBY, "hello"));
                calls.add(ada.members(RoomName.LOBBY));
            }
            calls.forEach(ClientNetworkThreadTest::failsAsClosed);
            await().until(() -> ada.state() == ConnectionState.SIGNED_OUT);
            failsAsClosed(ada.send(RoomName.LOBBY, "too late"));
            await().untilAsserted(() ->
                    assertThat(told).endsWith("SIGNED_OUT", "closed INTERNAL " + Refusal.DEFECT.sentence()));
            ada.close();
            nothingStaysBehind();
        }
        assertThat(told).filteredOn(call -> call.startsWith("closed")).hasSize(1);
    }

    /** At any moment of the attempt, once there is a loop, and after. */
    @ParameterizedTest
    @ValueSource(ints = {4, 7, 10, 15, 20, 25, 30, 40, 50, 70, 100})
    void moment_does_not_matter(int looks) throws Exception {
        try (ChatServer server = server()) {
            ChatClient ada = connected(client(server, new Clock(looks)).connect());
            if (ada != null) {
                for (int i = 0; i < ENOUGH && ada.state() != ConnectionState.SIGNED_OUT; i++) {
                    CompletableFuture<?> call = ada.rooms();
                    assertThat(call.handle((value, error) -> true).get(20, TimeUnit.SECONDS))
                            .isTrue();
                }
                assertThat(ada.state()).isEqualTo(ConnectionState.SIGNED_OUT);
                ada.close();
            }
            await().untilAsserted(() ->
                    assertThat(told).last().asString().isEqualTo("closed INTERNAL " + Refusal.DEFECT.sentence()));
            nothingStaysBehind();
        }
    }

    private static @Nullable ChatClient connected(CompletableFuture<ChatClient> attempt) throws Exception {
        try {
            return attempt.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(ChatException.class);
            return null;
        }
    }

    private static void failsAsClosed(CompletableFuture<?> call) {
        assertThatThrownBy(() -> call.get(20, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.CLOSED));
    }

    private static void nothingStaysBehind() {
        await().untilAsserted(() -> assertThat(
                        Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
                .noneMatch(name -> name.startsWith("kabar-client")));
    }
}
