package io.kabar.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.InviteLink;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.DeviceSecret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code kabar passwd} as a process of its own, for only that has a standard input. */
@DisabledOnOs(OS.WINDOWS) // no SIGTERM
class PasswdCommandTest {

    private static final int SECONDS = 60;

    @TempDir
    Path folder;

    private record Ended(int code, String said) {}

    private Ended kabar(String input, String... words) throws Exception {
        Path typed = Files.writeString(folder.resolve("typed"), input);
        Process process = new ProcessBuilder(ServerProcess.command(words))
                .redirectInput(typed.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), said.strip());
    }

    private static ChatClient connect(InviteLink link, DeviceSecret device, String password) throws Exception {
        ChatClient.Builder builder =
                ChatClient.builder().server(link).name("ada").device(device);
        if (!password.isEmpty()) {
            builder.password(password);
        }
        return builder.connect().get(SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void an_account_gets_a_password_while_the_server_runs_and_while_it_does_not() throws Exception {
        String data = folder.resolve("data").toString();
        InviteLink link;
        try (ServerProcess server = new ServerProcess(folder, "127.0.0.1", "-p", "0", "--open", "--data", data)) {
            link = server.awaitReady();
            connect(link, DeviceSecret.generate(), "").close();
            assertThat(kabar("first one\n", "passwd", "ada", "--data", data))
                    .isEqualTo(new Ended(0, "ada has a new password."));
            connect(link, DeviceSecret.generate(), "first one").close();
            assertThat(kabar("by ctl", "ctl", "passwd", "ada", "--data", data))
                    .isEqualTo(new Ended(0, "ada has a new password."));
            connect(link, DeviceSecret.generate(), "by ctl").close();
            assertThat(kabar("x\n", "passwd", "nobody", "--data", data).code()).isEqualTo(2);
            server.terminate();
            assertThat(server.awaitExit()).isZero();
        }

        assertThat(kabar("second one\n", "passwd", "ada", "--data", data))
                .isEqualTo(new Ended(0, "ada has a new password."));
        assertThat(kabar("x\n", "passwd", "nobody", "--data", data))
                .isEqualTo(new Ended(2, "There is no account nobody."));
        try (ServerProcess server =
                new ServerProcess(folder, "127.0.0.1", "-p", String.valueOf(link.port()), "--open", "--data", data)) {
            server.awaitReady();
            connect(link, DeviceSecret.generate(), "second one").close();
        }
    }

    @Test
    void what_is_no_password_or_no_folder_is_said() throws Exception {
        String none = folder.resolve("none").toString();
        assertThat(kabar("", "passwd", "ada", "--data", none).code()).isEqualTo(64);
        assertThat(kabar("x\n", "passwd", "a b", "--data", none).code()).isEqualTo(64);
        assertThat(kabar("x\n", "passwd", "ada", "--data", none))
                .isEqualTo(new Ended(1, "There is no data folder " + none + "."));
        assertThat(folder.resolve("none")).doesNotExist();
    }
}
