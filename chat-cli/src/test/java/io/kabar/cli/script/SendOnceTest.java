package io.kabar.cli.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.ChatServerListener;
import io.kabar.chat.server.ServerOptions;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kabar send --once} as a process that is killed in the middle, and run again. */
class SendOnceTest {

    private static final int LINES = 500;
    private static final int SECONDS = 60;

    @TempDir
    Path folder;

    private final List<String> said = Collections.synchronizedList(new ArrayList<>());
    private ChatServer server;

    @BeforeEach
    void start() throws IOException {
        server = ChatServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .open()
                .options(ServerOptions.defaults().withoutRateLimit())
                .listener(new ChatServerListener() {
                    @Override
                    public void onEvent(ChatServer from, ChatEvent event) {
                        if (event.isSaid()) {
                            said.add(event.text());
                        }
                    }
                })
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Process send() throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--module-path",
                System.getProperty("jdk.module.path") + File.pathSeparator + System.getProperty("java.class.path"),
                "--module",
                "io.kabar.cli/io.kabar.cli.Main",
                "send",
                server.inviteLink(server.address().getHostString()).toString(),
                "-u",
                "ada",
                "--once",
                "nightly",
                "-");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(folder.resolve("stderr").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        builder.environment().put("XDG_DATA_HOME", folder.resolve("data").toString());
        return builder.start();
    }

    private static String line(int number) {
        return "line " + number;
    }

    @Test
    void a_client_killed_in_the_middle_of_500_sends_and_run_again_ends_with_exactly_500() throws Exception {
        for (int killedAt : new int[] {60, 333}) {
            Process killed = send();
            try (Writer lines = killed.outputWriter(StandardCharsets.UTF_8)) {
                for (int i = 1; i <= killedAt + 40; i++) {
                    lines.write(line(i) + "\n");
                }
                lines.flush();
                Awaitility.await().atMost(SECONDS, TimeUnit.SECONDS).until(() -> said.size() >= killedAt);
                killed.destroyForcibly();
                assertThat(killed.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
            } catch (IOException e) {
                // The pipe of a killed process is broken; what was not written is not missed.
            }
        }

        Process last = send();
        try (Writer lines = last.outputWriter(StandardCharsets.UTF_8)) {
            lines.write(IntStream.rangeClosed(1, LINES)
                    .mapToObj(i -> line(i) + "\n")
                    .collect(Collectors.joining()));
        }
        assertThat(last.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();

        assertThat(Files.readString(folder.resolve("stderr"))).isEmpty();
        assertThat(last.exitValue()).isZero();
        Awaitility.await().atMost(SECONDS, TimeUnit.SECONDS).until(() -> said.size() >= LINES);
        assertThat(said)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, LINES)
                        .mapToObj(SendOnceTest::line)
                        .toList());
    }
}
