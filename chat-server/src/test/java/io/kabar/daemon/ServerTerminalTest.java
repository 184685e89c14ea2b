package io.kabar.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kabar.chat.InviteLink;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.client.ChatClient;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code kabar server} on a terminal, which {@code script} of util-linux makes. */
@EnabledOnOs(OS.LINUX)
class ServerTerminalTest {

    private static final Pattern READY = Pattern.compile("ready (kabar://\\S+)");
    private static final int SECONDS = 60;

    @TempDir
    Path folder;

    private Path shown;
    private @Nullable Process started;

    @BeforeEach
    void needsTerminal() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "script is not installed");
        shown = folder.resolve("shown");
    }

    @AfterEach
    void end() throws InterruptedException {
        if (started != null) {
            started.descendants().forEach(ProcessHandle::destroyForcibly);
            started.destroyForcibly().waitFor();
        }
    }

    private Process terminal() {
        return Objects.requireNonNull(started);
    }

    private void start(String how, String... more) throws IOException {
        String data = folder.resolve("data").toString();
        String words = ServerProcess.command("server", "127.0.0.1", "-p", "0", "--open", "--data", data).stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        String line = "stty cols 150 rows 40; " + words + " " + String.join(" ", more) + " " + how;
        ProcessBuilder builder = new ProcessBuilder("/usr/bin/script", "-qefc", line, "/dev/null")
                .redirectOutput(shown.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("TERM", "xterm");
        builder.environment().put("SHELL", "/bin/sh");
        started = builder.start();
    }

    private String screen() {
        try {
            return Files.readString(shown, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitShown(String text) {
        Awaitility.await()
                .atMost(SECONDS, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(screen()).contains(text));
    }

    private void type(String keys) throws IOException {
        OutputStream keyboard = terminal().getOutputStream();
        keyboard.write(keys.getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
    }

    private ChatClient ada() throws Exception {
        Matcher ready = READY.matcher(screen());
        assertThat(ready.find()).isTrue();
        return ChatClient.builder()
                .server(InviteLink.parse(ready.group(1)))
                .name("ada")
                .connect()
                .get(SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void it_shows_what_happens_and_does_what_is_typed() throws Exception {
        start("", "--show-messages");
        awaitShown("Commands can be typed here; help lists them.");
        try (ChatClient ada = ada()) {
            ada.join(RoomName.LOBBY, JoinHistory.NONE).get(SECONDS, TimeUnit.SECONDS);
            ada.send(RoomName.LOBBY, "\u001b[2Jhello").get(SECONDS, TimeUnit.SECONDS);
            awaitShown("#lobby ada joined");
            awaitShown("#lobby <ada> ␛[2Jhello");
            assertThat(screen()).doesNotContain("INFO  ada");

            type("kick lobby ada too loud\n");
            awaitShown("Put ada out of #lobby.");
            awaitShown("#lobby server put ada out (too loud)");
            type("stop\n");
            awaitShown("1 person is connected. Stop the server all the same? [y/N] ");
            type("n\n");
            awaitShown("Nothing was done.");
            type("\u0003");
            Awaitility.await()
                    .atMost(SECONDS, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(screen().split("Stop the server all the same", -1))
                            .hasSizeGreaterThan(2));
            type("y\n");
        }
        assertThat(terminal().waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(terminal().exitValue()).isZero();
        assertThat(screen()).contains("The server is stopping.", "stopped");
    }

    @Test
    void it_goes_on_when_no_more_is_typed_and_a_signal_stops_it_and_gives_the_terminal_back() throws Exception {
        start("; stty -a");
        awaitShown("Commands can be typed here; help lists them.");
        type("\u0004");
        awaitShown("No more commands are read here; the server goes on.");
        List<ProcessHandle> programs = terminal()
                .descendants()
                .filter(each -> each.info().command().orElse("").endsWith("java"))
                .toList();
        assertThat(programs).hasSize(1);

        programs.get(0).destroy();

        assertThat(terminal().waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(screen()).contains(" echo ", " icanon ");
    }

    @Test
    void in_the_background_and_without_a_prompt_it_reads_nothing() throws Exception {
        start("", "--no-prompt");
        awaitShown("ready kabar://");
        try (ChatClient ada = ada()) {
            ada.join(RoomName.LOBBY, JoinHistory.NONE).get(SECONDS, TimeUnit.SECONDS);
            awaitShown("ada joined #lobby");
            assertThat(screen()).doesNotContain("Commands can be typed here");
        }
        end();
        shown = folder.resolve("background");
        start("& while read line; do echo $line; done", "");
        awaitShown("ready kabar://");
        type("still the shell's\n");
        awaitShown("still the shell's\r\nstill the shell's");
        assertThat(screen()).doesNotContain("Commands can be typed here");
    }
}
