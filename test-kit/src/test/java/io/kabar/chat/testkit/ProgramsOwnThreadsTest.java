package io.kabar.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.ChatException;
import io.kabar.chat.Content;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Receipt;
import io.kabar.chat.RoomName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ChatClientListener;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.MemoryJournal;
import io.kabar.chat.spi.Authorizer;
import io.kabar.chat.spi.Journal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the kit makes of a program that does not answer at once, or on a thread that is not the test's. */
class ProgramsOwnThreadsTest {

    private final TestNetwork network = new TestNetwork(1);
    private final TestMachine house = network.machine("chat.example");
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    @AfterEach
    void end() {
        thread.shutdownNow();
    }

    private ChatClient.Builder ada(ChatServer server) {
        return network.machine("ada's")
                .client()
                .server(server.inviteLink("chat.example"))
                .name("ada");
    }

    private static void enter(ChatClient client) {
        client.join(RoomName.LOBBY, JoinHistory.NONE).join();
    }

    /** Commits on a thread of its own. */
    private final class ThreadedJournal implements Journal {
        private final Journal kept = new MemoryJournal();

        @Override
        public Map<RoomName, Kept> open(Commits commits) {
            return kept.open(commits);
        }

        @Override
        public void propose(Proposal proposal) {
            thread.execute(() -> kept.propose(proposal));
        }

        @Override
        public void read(long readId, RoomName room, long from, int maxEvents, int maxBytes) {
            thread.execute(() -> kept.read(readId, room, from, maxEvents, maxBytes));
        }

        @Override
        public String retention(RoomName room) {
            return kept.retention(room);
        }

        @Override
        public void close() {
            kept.close();
        }
    }

    @Test
    void journal_with_threads_of_its_own_is_waited_for() throws IOException {
        ChatServer server = house.server().open().journal(new ThreadedJournal()).start();
        List<String> heard = new ArrayList<>();
        ChatClient ada = ada(server).listener(listening(heard)).connect().join();
        enter(ada);
        for (int i = 0; i < 200; i++) {
            var unused = ada.send(RoomName.LOBBY, "text " + i);
            network.runUntilIdle();
            assertThat(heard).hasSize(i + 1);
        }
    }

    @Test
    void executor_of_callbacks_is_waited_for() throws IOException {
        ChatServer server = house.server().open().callbackExecutor(thread).start();
        List<String> heard = new CopyOnWriteArrayList<>();
        ChatClient ada = ada(server)
                .callbackExecutor(thread)
                .listener(listening(heard))
                .connect()
                .join();
        enter(ada);
        for (int i = 0; i < 200; i++) {
            var unused = ada.send(RoomName.LOBBY, "text " + i);
            network.runUntilIdle();
            assertThat(heard).hasSize(i + 1);
        }
        ada.close();
        server.close();
    }

    private static ChatClientListener listening(List<String> heard) {
        return new ChatClientListener() {
            @Override
            public void onEvent(ChatClient source, ChatEvent event, EventOrigin origin) {
                if (event.isSaid()) {
                    heard.add(event.text());
                }
            }
        };
    }

    /** Says nothing until it is asked to. */
    private static final class Hesitant implements Authorizer {
        private final List<CompletableFuture<Decision>> asked = new ArrayList<>();

        @Override
        public CompletionStage<Decision> maySay(Person who, RoomName room, Content content) {
            CompletableFuture<Decision> answer = new CompletableFuture<>();
            asked.add(answer);
            return answer;
        }
    }

    @Test
    void what_waits_for_the_program_is_no_reason_to_run_on() throws IOException {
        Hesitant hesitant = new Hesitant();
        ChatServer server = house.server().open().authorizer(hesitant).start();
        ChatClient ada = ada(server).connect().join();
        enter(ada);

        CompletableFuture<Receipt> said = ada.send(RoomName.LOBBY, "hello");
        network.runUntilIdle();
        assertThat(said).isNotDone();
        hesitant.asked.get(0).complete(Authorizer.Decision.ALLOW);
        network.runUntilIdle();
        assertThat(said).isCompleted();

        CompletableFuture<Receipt> late = ada.send(RoomName.LOBBY, "and");
        network.run(Duration.ofSeconds(15));
        assertThat(hesitant.asked).as("no verdict in 5 s: it is said again").hasSizeGreaterThan(2);
        assertThat(late).isNotDone();
    }

    @Test
    void program_that_waits_within_a_callback_is_told_that_it_would_wait_for_ever() throws IOException {
        ChatServer server = house.server().open().start();
        List<Throwable> thrown = new ArrayList<>();
        ChatClient ada = ada(server)
                .listener(new ChatClientListener() {
                    @Override
                    public void onEvent(ChatClient source, ChatEvent event, EventOrigin origin) {
                        try {
                            source.rooms().join();
                        } catch (IllegalStateException e) {
                            thrown.add(e);
                        }
                    }
                })
                .connect()
                .join();
        enter(ada);
        network.runUntilIdle();
        assertThat(thrown).singleElement().satisfies(e -> assertThat(e).hasMessageContaining("completes this future"));
    }

    @Test
    void other_threads_may_wait_too() throws Exception {
        ChatServer server = house.server().open().start();
        CompletableFuture<String> name = CompletableFuture.supplyAsync(
                () -> ada(server).connect().join().name().text(), thread);
        assertThat(name.join()).isEqualTo("ada");
        assertThatThrownBy(() -> ada(server).password("wrong").connect().join())
                .hasCauseInstanceOf(ChatException.ServerUnproven.class);
    }
}
