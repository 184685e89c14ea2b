package io.kabar.swing.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.server.ChatServerListener;
import io.kabar.chat.server.ServerStats;
import io.kabar.daemon.control.Answer;
import io.kabar.swing.NoServer;
import io.kabar.swing.OnScreen;
import io.kabar.swing.look.Theme;
import io.kabar.swing.settings.ThemeControl;
import io.kabar.swing.settings.Worker;
import java.awt.event.KeyEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.swing.JList;
import org.assertj.swing.fixture.FrameFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class MonitorWindowTest {

    @RegisterExtension
    final OnScreen screen = new OnScreen();

    private final Worker worker = new Worker();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final PretendServer server = new PretendServer();
    private final List<ChatServerListener> listeners = new ArrayList<>();

    @AfterEach
    void finish() {
        worker.finish();
    }

    @Test
    void shows_where_it_runs_and_how_to_come_in() {
        FrameFixture window = open();

        window.label("monitor.address").requireText("0.0.0.0:2120");
        window.textBox("monitor.invitation").requireText("kabar://localhost:2120#KEY");
        window.textBox("monitor.password").requireText("lusab-babad");
        await().untilAsserted(() -> window.label("monitor.figure.messages").requireText("1,234"));
        window.label("monitor.figure.dropped").requireText("5");
    }

    @Test
    void texts_are_in_the_log_only_when_asked_for() {
        FrameFixture window = open();
        listeners
                .get(0)
                .onEvent(
                        NoServer.INSTANCE,
                        ChatEvent.of(
                                RoomName.LOBBY,
                                1,
                                Instant.EPOCH,
                                Author.of(UserName.of("ada")),
                                new Content.Said("psst", false)));
        await().untilAsserted(
                        () -> assertThat(log(window)).anyMatch(line -> line.contains("ada said something in #lobby")));
        assertThat(log(window)).noneMatch(line -> line.contains("psst"));

        window.checkBox("monitor.texts").check();

        assertThat(log(window)).anyMatch(line -> line.contains("psst"));
    }

    @Test
    void refusals_are_in_the_log() {
        FrameFixture window = open();

        listeners
                .get(0)
                .onLoginRefused(
                        NoServer.INSTANCE,
                        "kai",
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 4000),
                        Refusal.WRONG_PASSWORD);

        await().untilAsserted(() -> assertThat(log(window))
                .anyMatch(line -> line.contains("\"kai\" from 127.0.0.1:4000: The password is wrong.")));
    }

    @Test
    void server_with_people_on_it_is_stopped_only_when_confirmed() {
        server.users.set(2);
        FrameFixture window = open();

        window.button("monitor.stop").click();
        window.textBox("monitor.question.text")
                .requireText("2 users are connected. Stop the server all the same? They will be told.");
        assertThat(server.closed.getCount()).isEqualTo(1);
        window.button("monitor.stop.yes").click();

        await().untilAsserted(() -> window.label("monitor.state").requireText("■ Stopped"));
        assertThat(server.closed.getCount()).isZero();
    }

    @Test
    void a_server_that_was_stopped_is_started_again() {
        FrameFixture window = open();
        window.button("monitor.stop").click();
        await().untilAsserted(() -> window.label("monitor.state").requireText("■ Stopped"));

        window.button("monitor.stop").requireText("Start").click();

        await().untilAsserted(() -> window.label("monitor.state").requireText("● Running"));
        assertThat(listeners).hasSize(2);
        window.textBox("monitor.invitation").requireText("kabar://localhost:2120#KEY");
        window.button("monitor.stop").requireText("Stop");
    }

    @Test
    void one_says_something_to_everyone() {
        FrameFixture window = open();
        window.textBox("monitor.everybody").setText("back at nine").pressAndReleaseKeys(KeyEvent.VK_ENTER);
        await().untilAsserted(() -> assertThat(server.commands).contains(List.of("broadcast", "back at nine")));
        await().untilAsserted(
                        () -> assertThat(log(window)).anyMatch(line -> line.contains("Nobody was told: back at nine")));
    }

    @Test
    void the_log_shows_what_is_asked_for_and_stands_still_while_it_is_read() {
        FrameFixture window = open();
        listeners.get(0).onWarning(NoServer.INSTANCE, "The disk is nearly full.");
        signIn("ada");
        await().untilAsserted(() -> assertThat(log(window)).anyMatch(line -> line.contains("ada signed in")));

        window.comboBox("monitor.log.kind").selectItem("warning");
        assertThat(log(window)).singleElement().asString().contains("The disk is nearly full.");
        window.comboBox("monitor.log.kind").selectItem("Everything");
        window.textBox("monitor.log.words").setText("ADA");
        assertThat(log(window)).singleElement().asString().contains("ada signed in");
        window.textBox("monitor.log.words").setText("");

        window.toggleButton("monitor.log.pause").check();
        signIn("bob");
        screen.robot().waitForIdle();
        assertThat(log(window)).noneMatch(line -> line.contains("bob"));
        window.toggleButton("monitor.log.pause").uncheck();
        await().untilAsserted(() -> assertThat(log(window)).anyMatch(line -> line.contains("bob signed in")));
        window.button("monitor.log.clear").click();
        assertThat(log(window)).isEmpty();
    }

    private void signIn(String who) {
        listeners
                .get(0)
                .onSignedIn(
                        NoServer.INSTANCE,
                        UserName.of(who),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 4000));
    }

    @Test
    void what_two_people_say_to_each_other_is_not_in_the_log_at_all() {
        LogEntry entry = LogEntry.of(
                Instant.EPOCH,
                ChatEvent.of(
                        RoomName.direct(1, 2),
                        1,
                        Instant.EPOCH,
                        Author.of(UserName.of("ada")),
                        new Content.Said("psst", false)));
        assertThat(entry.shown(true)).doesNotContain("psst");
    }

    @Test
    void an_exported_log_is_written_over_no_file(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("a.log");
        assertThat(LogBar.write(file, List.of("one", "two"))).isEqualTo("The log is in " + file + ".");
        assertThat(LogBar.write(file, List.of("three"))).contains("is there already");
        assertThat(Files.readAllLines(file)).containsExactly("one", "two");
    }

    @Test
    void start_that_fails_is_told_in_a_sentence() {
        FrameFixture window = open(listener -> {
            throw new IOException("Port 2120 is taken.");
        });

        await().untilAsserted(() -> window.textBox("monitor.message.text").requireText("Port 2120 is taken."));
        window.label("monitor.state").requireText("■ Not running");
    }

    @Test
    void closing_the_window_stops_the_server() throws InterruptedException {
        FrameFixture window = open();

        window.close();

        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(server.closed.getCount()).isZero();
    }

    @Test
    void messages_that_could_not_be_stored_are_counted_and_the_warning_is_in_the_log() {
        server.notStored.set(7);
        FrameFixture window = open();

        listeners.get(0).onWarning(NoServer.INSTANCE, "Cannot write the log of #lobby: no space left.");

        await().untilAsserted(() -> window.label("monitor.figure.notStored").requireText("7"));
        await().untilAsserted(() -> assertThat(log(window)).anyMatch(line -> line.contains("Cannot write the log")));
    }

    private FrameFixture open() {
        FrameFixture window = open(listener -> {
            listeners.add(listener);
            return server;
        });
        await().untilAsserted(() -> window.label("monitor.state").requireText("● Running"));
        return window;
    }

    private FrameFixture open(MonitorWindow.Starter starter) {
        OnScreen.inEventThread(() -> {
            ThemeControl theme = new ThemeControl(Theme.Choice.LIGHT, 100, worker, (choice, zoom) -> {});
            new MonitorWindow(theme, worker, closed::countDown).open(starter);
            return null;
        });
        return screen.find("monitor");
    }

    private static List<String> log(FrameFixture window) {
        JList<?> list = window.list("monitor.log").target();
        return OnScreen.inEventThread(() -> IntStream.range(0, list.getModel().getSize())
                .mapToObj(i -> {
                    @Nullable
                    String name = list.getAccessibleContext()
                            .getAccessibleChild(i)
                            .getAccessibleContext()
                            .getAccessibleName();
                    return String.valueOf(name);
                })
                .toList());
    }

    private static final class PretendServer implements RunningServer {
        final AtomicInteger users = new AtomicInteger();
        final AtomicInteger notStored = new AtomicInteger();
        final CountDownLatch closed = new CountDownLatch(1);
        final List<List<String>> commands = new CopyOnWriteArrayList<>();

        @Override
        public String address() {
            return "0.0.0.0:2120";
        }

        @Override
        public String invitation() {
            return "kabar://localhost:2120#KEY";
        }

        @Override
        public Optional<String> newPassword() {
            return Optional.of("lusab-babad");
        }

        @Override
        public ServerStats stats() {
            return new ServerStats(
                    users.get(),
                    0,
                    1,
                    1234,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    notStored.get(),
                    Map.of("REPLAYED", 2L, "NO_KEY", 3L),
                    0,
                    0,
                    0);
        }

        @Override
        public CompletableFuture<Answer> command(List<String> words, boolean yes) {
            commands.add(words);
            return CompletableFuture.completedFuture(new Answer.Misuse("not here"));
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
