package io.kabar.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kabar.chat.Member;
import io.kabar.chat.Presence;
import io.kabar.chat.Receipt;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.CommandRunner;
import io.kabar.cli.command.CallbackThread;
import io.kabar.cli.output.LineFormat;
import io.kabar.cli.output.Paint;
import io.kabar.cli.terminal.Screen;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
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

    private CompletableFuture<Integer> chat(ChatClient client) throws Exception {
        ChatSession session = new ChatSession(model, screen, executor);
        CommandRunner runner = new CommandRunner(model, client, executor, session);
        executor.submit(() -> {
                    model.observe(new PlainView(
                            model,
                            new LineFormat(new Paint(false), ZoneOffset.UTC, Instant.EPOCH),
                            screen.printed::add,
                            () -> {}));
                    model.onRoomEntered(client, new RoomState(RoomName.LOBBY, "", List.of(), 1, 0, 1, ""));
                })
                .get();
        return CompletableFuture.supplyAsync(() -> session.run(runner));
    }

    private ChatClient changing(List<RoomChange> changes) {
        return (ChatClient) Proxy.newProxyInstance(
                ChatClient.class.getClassLoader(), new Class<?>[] {ChatClient.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("change");
                    changes.add((RoomChange) arguments[1]);
                    return CompletableFuture.completedFuture(new Receipt(RoomName.LOBBY, 1, Instant.EPOCH));
                });
    }

    @Test
    void what_cannot_be_undone_is_asked_for_on_a_line_of_its_own() throws Exception {
        List<RoomChange> changes = new CopyOnWriteArrayList<>();
        CompletableFuture<Integer> code = chat(changing(changes));
        screen.answers.addAll(List.of("no", "YES"));
        screen.typed.addAll(List.of("/close-room", "/close-room", "/quit"));
        assertThat(code.get()).isZero();
        assertThat(changes).containsExactly(RoomChange.mode(RoomMode.CLOSED, 1));
        assertThat(screen.asked)
                .hasSize(2)
                .allMatch(question -> question.startsWith("Close #lobby?") && question.endsWith(" [y/N] "));
        assertThat(screen.printed).contains("-- Nothing was changed.");
    }

    @Test
    void a_script_is_not_asked_and_needs_an_explicit_word() throws Exception {
        List<RoomChange> changes = new CopyOnWriteArrayList<>();
        screen.asks = false;
        CompletableFuture<Integer> code = chat(changing(changes));
        screen.typed.addAll(List.of("/close-room", "/transfer tam yes", "/quit"));
        assertThat(code.get()).isZero();
        assertThat(screen.asked).isEmpty();
        assertThat(screen.printed).contains("-- This cannot be undone. Say that you are sure: /close-room yes");
        assertThat(changes)
                .containsExactly(
                        RoomChange.role(UserName.of("tam"), RoomRole.OWNER, ""),
                        RoomChange.role(ADA, RoomRole.MODERATOR, ""));
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
        final List<String> asked = new CopyOnWriteArrayList<>();
        final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        boolean asks = true;

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
            return asks;
        }

        @Override
        public Optional<String> ask(String question) {
            asked.add(question);
            return Optional.ofNullable(answers.poll());
        }

        @Override
        public Optional<String> askSecretly(String question) {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }
}
