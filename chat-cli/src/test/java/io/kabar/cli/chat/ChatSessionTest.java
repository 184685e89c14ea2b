package io.kabar.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kabar.chat.Member;
import io.kabar.chat.Presence;
import io.kabar.chat.Receipt;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.CommandRunner;
import io.kabar.cli.command.CallbackThread;
import io.kabar.cli.terminal.Screen;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChatSessionTest {

    private static final UserName ADA = UserName.of("ada");

    private final ExecutorService executor = CallbackThread.start();
    private final ChatModel model = new ChatModel(ADA, InstantSource.system());
    private final Terminal screen = new Terminal();
    private final CompletableFuture<Receipt> receipt = new CompletableFuture<>();

    @AfterEach
    void stop() {
        executor.shutdown();
    }

    @Test
    void what_is_not_accepted_at_once_is_shown_as_sending() throws Exception {
        ChatSession session = new ChatSession(model, screen, executor);
        CommandRunner runner = new CommandRunner(model, sending(), executor, session);
        executor.submit(() -> model.onRoomEntered(
                        sending(),
                        new RoomState(
                                RoomName.LOBBY,
                                "",
                                List.of(new Member(ADA, RoomRole.GUEST, Presence.HERE)),
                                1,
                                0,
                                1,
                                "")))
                .get();
        CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> session.run(runner));

        screen.typed.add("hello\u001b there");
        await().atMost(Duration.ofSeconds(30)).until(() -> !screen.printed.isEmpty());
        assertThat(screen.printed).containsExactly("-- sending: hello␛ there");

        receipt.complete(new Receipt(RoomName.LOBBY, 1, Instant.EPOCH));
        screen.typed.add("/quit");
        assertThat(code.get()).isZero();
    }

    /** A client that can do one thing. */
    private ChatClient sending() {
        return (ChatClient) Proxy.newProxyInstance(
                ChatClient.class.getClassLoader(), new Class<?>[] {ChatClient.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("send");
                    return receipt;
                });
    }

    /** A terminal at which the test types. */
    private static final class Terminal implements Screen {
        final BlockingQueue<String> typed = new LinkedBlockingQueue<>();
        final List<String> printed = new CopyOnWriteArrayList<>();

        @Override
        public void print(String lines) {
            printed.add(lines);
        }

        @Override
        public Optional<String> read(String prompt) {
            try {
                return Optional.of(typed.take());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }

        @Override
        public boolean asks() {
            return true;
        }

        @Override
        public Optional<String> ask(String question) {
            return Optional.empty();
        }

        @Override
        public Optional<String> askSecretly(String question) {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }
}
