package io.kabar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.MemoryAccountStore;
import io.kabar.chat.server.MemoryJournal;
import io.kabar.chat.server.ServerSecret;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kabar chat} by somebody who comes back: after a while, after a restart of the server, on a second device. */
class ComingBackTest {

    @TempDir
    Path home;

    private final ServerSecret secret = ServerSecret.generate();
    private final MemoryJournal journal = new MemoryJournal();
    private final MemoryAccountStore accounts = new MemoryAccountStore();
    private ChatServer server;
    private String link;

    @BeforeEach
    void start() throws IOException {
        start(0);
        link = server.inviteLink(server.address().getHostString()).toString();
    }

    private void start(int port) throws IOException {
        server = ChatServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .secret(secret)
                .journal(journal)
                .accounts(accounts)
                .open()
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Shell shell(String device) {
        return new Shell(home.resolve(device));
    }

    private List<String> chat(String device, String typed, String... more) {
        Shell shell = shell(device);
        List<String> arguments = new java.util.ArrayList<>(List.of("chat", link, "-u", device, "--plain"));
        arguments.addAll(List.of(more));
        assertThat(shell.typing(typed, arguments.toArray(String[]::new))).isZero();
        assertThat(shell.err()).isEmpty();
        return shell.lines();
    }

    private void says(String who, int from, int to) {
        String lines = IntStream.rangeClosed(from, to)
                .mapToObj(i -> "line " + i + "\n")
                .collect(Collectors.joining());
        assertThat(shell(who).typing(lines, "send", link, "-u", who, "-")).isZero();
    }

    @Test
    void a_room_goes_on_where_one_left_it() {
        says("ada", 1, 2);
        assertThat(chat("bob", "good night\n")).noneMatch(line -> line.contains("ince you left"));
        says("ada", 3, 5);

        List<String> lines = chat("bob", "");
        assertThat(lines)
                .containsSubsequence(
                        "-- #lobby: New since you left (just now):",
                        "-- #lobby: ada left",
                        "-- #lobby: Since you left (just now): 3 messages.");
        int mark = lines.indexOf("-- #lobby: New since you left (just now):");
        assertThat(lines.subList(0, mark))
                .anyMatch(line -> line.endsWith("bob: good night") || line.endsWith("you: good night"));
        assertThat(lines.subList(mark, lines.size()).stream().filter(line -> line.contains("ada: line")))
                .extracting(line -> line.replaceFirst(".*ada: ", ""))
                .containsExactly("line 3", "line 4", "line 5");
        int told = lines.indexOf("-- #lobby: Since you left (just now): 3 messages.");
        assertThat(lines.get(told + 1)).startsWith("-- You are in #lobby, nobody else is here. History is kept");
        assertThat(String.join("", lines)).doesNotContain("\u0007");

        assertThat(chat("bob", "")).contains("-- #lobby: Nothing was said since you left (just now).");
    }

    @Test
    void what_is_more_than_a_page_is_told_and_comes_page_by_page() {
        chat("bob", "");
        says("ada", 1, 250);

        List<String> lines = chat("bob", "/history\n/history\n/history\n/history\n");
        assertThat(lines)
                .anyMatch(line -> line.matches(
                        "-- #lobby: Since you left \\(just now\\): 100 messages, and 152 more events: /history\\."));
        List<Integer> shown = lines.stream()
                .filter(line -> line.contains("ada: line "))
                .map(line -> Integer.valueOf(line.replaceFirst(".*line ", "")))
                .toList();
        List<Integer> expected = IntStream.concat(
                        IntStream.concat(IntStream.rangeClosed(151, 250), IntStream.rangeClosed(51, 150)),
                        IntStream.rangeClosed(1, 50))
                .boxed()
                .toList();
        assertThat(shown).isEqualTo(expected);
        assertThat(lines).contains("-- You have seen #lobby from its beginning.");
    }

    @Test
    void a_number_of_messages_means_what_it_says_also_for_who_was_there_before() {
        chat("bob", "");
        says("ada", 1, 20);

        List<String> lines = chat("bob", "", "--history", "5");
        assertThat(lines.stream().filter(line -> line.contains("ada: line "))).hasSize(5); // and ada left
        assertThat(lines).contains("-- #lobby: Since you left (just now): 5 messages, and 17 more events: /history.");
        assertThat(chat("bob", "", "--history", "0")).noneMatch(line -> line.contains("ada: line "));
    }

    @Test
    void a_damaged_memory_is_none() throws IOException {
        says("ada", 1, 3);
        chat("bob", "");
        Path markers = home.resolve("bob/state/read_markers");
        assertThat(markers).isNotEmptyFile();
        Files.write(markers, new byte[] {(byte) 0xff, 0, 10, 32, 32, 32, 32, 10, 'x'});

        assertThat(chat("bob", ""))
                .anyMatch(line -> line.endsWith("ada: line 3"))
                .noneMatch(line -> line.contains("since"));
        assertThat(chat("bob", "")).contains("-- #lobby: Nothing was said since you left (just now).");
    }

    /** A chat that goes on while the test does something. */
    private final class Running implements AutoCloseable {
        final Shell shell;
        private final PipedOutputStream keys = new PipedOutputStream();
        private final CompletableFuture<Integer> code;

        Running(String device, String name) throws IOException {
            shell = shell(device);
            InputStream in = new PipedInputStream(keys);
            code = CompletableFuture.supplyAsync(() -> shell.run(in, "chat", link, "-u", name, "--plain"));
            sees("You are in #lobby");
        }

        void types(String line) throws IOException {
            keys.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            keys.flush();
        }

        void sees(String part) {
            await().atMost(Duration.ofSeconds(30)).until(() -> shell.out().contains(part));
        }

        /** What was printed since it was in the room. */
        List<String> lines() {
            List<String> lines = shell.lines();
            int entered = lines.indexOf(lines.stream()
                    .filter(line -> line.contains("You are in #lobby"))
                    .findFirst()
                    .orElseThrow());
            return lines.subList(entered + 1, lines.size());
        }

        @Override
        public void close() throws IOException {
            keys.close();
            assertThat(code).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(0);
        }
    }

    @Test
    void a_restart_is_told_in_words_what_is_typed_meanwhile_waits_and_nobody_leaves() throws Exception {
        try (Running ada = new Running("ada", "ada");
                Running bob = new Running("bob", "bob")) {
            int port = server.address().getPort();
            server.close();
            ada.sees("searching for network");
            ada.types("typed meanwhile");
            ada.sees("searching for network (1 queued)");
            start(port);
            ada.sees("you: typed meanwhile   (accepted #3)");
            bob.sees("ada: typed meanwhile");

            assertThat(ada.lines())
                    .extracting(line -> line.replaceFirst("^\\[..:..] ", ""))
                    .containsExactly(
                            "-- #lobby: bob joined",
                            "-- The server is stopping; you will be back by yourself when it is.",
                            "-- searching for network",
                            "-- searching for network (1 queued)",
                            "-- live",
                            "#lobby you: typed meanwhile   (accepted #3)");
            assertThat(bob.lines()).noneMatch(line -> line.contains("left") || line.contains("joined"));
        }
    }

    @Test
    void a_second_device_with_the_same_name_is_told_to_the_first() throws Exception {
        try (Running first = new Running("ada", "ada");
                Running second = new Running("ada", "ada")) {
            first.sees("-- You have signed in on another device with the same name, too; both go on.");
            second.types("from the second");
            first.sees("you: from the second");
            assertThat(second.shell.out()).doesNotContain("another device");
        }
    }
}
