package io.kabar.cli.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.RoomName;
import io.kabar.chat.server.ChatServer;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The announcer of the examples, as a build server runs it. */
@DisabledOnOs(OS.WINDOWS)
class AnnounceBuildTest {

    private static final Path SCRIPT =
            Path.of("..", "examples", "announce-build").toAbsolutePath().normalize();
    private static final RoomName BUILDS = RoomName.of("builds");

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new TreeMap<>();
    private ChatServer server;

    @BeforeEach
    void start() throws Exception {
        server = ChatServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .open()
                .start();
        environment.put("KABAR", kabar().toString());
        environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        environment.put("XDG_DATA_HOME", folder.resolve("data").toString());
        environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** The terminal's commands as a file that a shell can run. */
    private Path kabar() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String modules = System.getProperty("jdk.module.path");
        String path = System.getProperty("java.class.path");
        String what = modules == null
                ? "-cp '" + path + "' io.kabar.cli.Main"
                : "-p '" + modules + File.pathSeparator + path + "' -m io.kabar.cli/io.kabar.cli.Main";
        Path file = folder.resolve("kabar");
        Files.writeString(
                file, "#!/bin/sh\nexec '" + java + "' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 " + what + " \"$@\"\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private int announce(String link, String... build) throws Exception {
        List<String> command = new ArrayList<>(List.of("/bin/sh", SCRIPT.toString(), link, "builds", "nightly"));
        command.addAll(List.of(build));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("printed").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("KABAR") || name.equals("BUILD_ID"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private String link() {
        return server.inviteLink("127.0.0.1").toString();
    }

    private List<String> said() {
        return server.room(BUILDS).newest(100).join().stream()
                .filter(ChatEvent::isSaid)
                .map(event -> event.from() + ": " + event.text())
                .toList();
    }

    @Test
    void room_is_told_how_the_build_went_and_the_build_server_too() throws Exception {
        assertThat(announce(link(), "true")).isZero();
        assertThat(announce(link(), "sh", "-c", "echo compiling; echo 'ERROR: no such file' >&2; exit 3"))
                .isEqualTo(3);

        assertThat(said()).as(Files.readString(folder.resolve("printed"))).hasSize(2);
        assertThat(said().get(0)).startsWith("builds: nightly passed after ");
        assertThat(said().get(1))
                .startsWith("builds: nightly failed with 3 after ")
                .endsWith(":\ncompiling\nERROR: no such file");
        assertThat(folder.resolve("printed")).content().contains("compiling", "ERROR: no such file");
    }

    @Test
    void build_that_is_run_again_is_told_of_once() throws Exception {
        environment.put("BUILD_ID", "4711");
        environment.put("KABAR_NAME", "jenkins");
        assertThat(announce(link(), "true")).isZero();
        assertThat(announce(link(), "true")).isZero();
        assertThat(said()).singleElement().asString().startsWith("jenkins: nightly passed");
    }

    @Test
    void chat_that_is_not_there_fails_no_build() throws Exception {
        environment.put("KABAR_PASSWORD", "of another server");
        assertThat(announce(link(), "true")).isZero();
        assertThat(folder.resolve("printed")).content().contains("nobody in #builds was told");
        assertThat(announce(link())).isEqualTo(64);
        assertThat(said()).isEmpty();
    }
}
