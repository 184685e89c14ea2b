package io.kabar.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.server.ChatServer;
import java.io.BufferedReader;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program of somebody's own, outside of this project, that has the library and SLF4J on its path and nothing else.
 */
class GameRoomTest {

    @TempDir
    private Path folder;

    @Test
    void forty_lines_run_a_room_for_a_game_with_its_own_users_and_its_own_bans() throws Exception {
        Path source = Path.of("src/main/java/io/kabar/examples/GameRoom.java").toAbsolutePath();
        assertThat(Files.readAllLines(source)).filteredOn(GameRoomTest::isCode).hasSizeLessThanOrEqualTo(40);
        Path copy = Files.copy(source, folder.resolve("GameRoom.java"));
        String path = libraryPath();
        run("javac", "-proc:none", "-cp", path, "-d", folder.toString(), copy.toString());

        List<String> lines = run(
                "java",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                folder + File.pathSeparator + path,
                "io.kabar.examples.GameRoom");

        assertThat(lines)
                .contains("ada plays", "bob plays", "ada sees: server: round begins", "bob sees: server: round begins")
                .contains("bob is out: You saw the cards.", "ada sees: server: You saw the cards.");
        assertThat(lines)
                .filteredOn(line -> line.startsWith("eve") && line.endsWith("You are no player."))
                .as("in each life of the server")
                .hasSize(2);
        assertThat(lines)
                .filteredOn(line -> line.startsWith("bob") && line.endsWith("Cheaters stay out."))
                .as("when he comes back, and again after a restart")
                .hasSize(2);
    }

    private static boolean isCode(String line) {
        String text = line.strip();
        return !text.isEmpty() && !text.equals("}") && !text.matches("(import|package|@Override).*");
    }

    /** The library and SLF4J, wherever the test itself was started from. */
    private static String libraryPath() throws Exception {
        return placeOf(ChatServer.class) + File.pathSeparator + placeOf(Class.forName("org.slf4j.Logger"));
    }

    private static Path placeOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** What a program of the JDK prints. */
    private List<String> run(String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", program).toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("stderr").toFile())
                .start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> lines = out.lines().toList();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as("%s", Files.readString(folder.resolve("stderr")))
                    .isZero();
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }
}
