package io.kabar.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.InviteLink;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@code kabar server} as a process of its own. */
final class ServerProcess implements AutoCloseable {

    /** Far more than a start takes on a busy machine. */
    private static final int SECONDS = 60;

    private final Process process;
    private final Path stderr;
    private final CompletableFuture<String> firstLine = new CompletableFuture<>();
    private final CompletableFuture<List<String>> stdout;

    /** The words by which a process of this program is started. */
    static List<String> command(String... args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        String modules = System.getProperty("jdk.module.path");
        if (modules == null) {
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.kabar.daemon.Main"));
        } else {
            command.addAll(List.of(
                    "--module-path",
                    modules + File.pathSeparator + System.getProperty("java.class.path"),
                    "--module",
                    "io.kabar.daemon/io.kabar.daemon.Main"));
        }
        command.addAll(List.of(args));
        return command;
    }

    private static String[] serverWords(String... args) {
        List<String> words = new ArrayList<>(List.of("server"));
        words.addAll(List.of(args));
        return words.toArray(String[]::new);
    }

    ServerProcess(Path folder, String... args) throws IOException {
        stderr = Files.createTempFile(folder, "stderr", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command(serverWords(args))).redirectError(stderr.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("KABAR"));
        process = builder.start();
        // A thread of its own: the common pool of a small machine has one, and another process may be read there.
        stdout = CompletableFuture.supplyAsync(this::readLines, reading -> {
            Thread reader = new Thread(reading, "output of the server");
            reader.setDaemon(true);
            reader.start();
        });
    }

    private List<String> readLines() {
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
                firstLine.complete(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        firstLine.complete("");
        return lines;
    }

    InviteLink awaitReady() throws Exception {
        String line = firstLine.get(SECONDS, TimeUnit.SECONDS);
        assertThat(line).as("first line; stderr: %s", stderr()).startsWith("ready kabar://");
        return InviteLink.parse(line.substring("ready ".length()));
    }

    int awaitExit() throws InterruptedException {
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** SIGHUP. */
    void hangUp() throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-HUP", String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitExit();
    }

    /** All of stdout, when the process has ended. */
    List<String> stdout() throws Exception {
        return stdout.get(SECONDS, TimeUnit.SECONDS);
    }

    String stderr() throws IOException {
        return Files.readString(stderr);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
