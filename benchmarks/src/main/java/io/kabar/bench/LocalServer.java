package io.kabar.bench;

import io.kabar.chat.InviteLink;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.Parts;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@code kabar server} as a process of its own with a temporary data folder, and what the operating system tells of it.
 * Whatever way this program ends, but by SIGKILL, process and folder go with it.
 */
final class LocalServer implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(15);
    private static final Duration CENSUS = Duration.ofSeconds(60);
    private static final String READY = "ready ";

    private final Path folder;
    private final Process process;
    private final Thread hook;
    private final InviteLink link;

    /** Starts a server for {@code sessions} from one address, and waits until it serves. */
    static LocalServer start(int sessions) throws IOException, BenchException, InterruptedException {
        Path folder = Files.createTempDirectory("kabar-bench");
        Process process;
        try {
            int most = sessions + 16;
            Files.writeString(
                    folder.resolve("kabar.toml"),
                    "[limits]\nmax-sessions = " + most + "\nsessions-per-private-address = " + most + "\n");
            ProcessBuilder builder = new ProcessBuilder(command(folder));
            builder.environment().keySet().removeIf(name -> name.startsWith("KABAR"));
            process =
                    builder.redirectError(folder.resolve("stderr.txt").toFile()).start();
        } catch (IOException | RuntimeException e) {
            delete(folder);
            throw e;
        }
        return new LocalServer(folder, process);
    }

    private static List<String> command(Path folder) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags());
        command.addAll(List.of(
                "--module-path",
                System.getProperty("jdk.module.path") + File.pathSeparator + System.getProperty("java.class.path"),
                "--module",
                "io.kabar.daemon/io.kabar.daemon.Main",
                "server",
                "127.0.0.1",
                "--port=0",
                "--open",
                "--no-rate-limit",
                "--durability=os",
                "--log-level=warn",
                "--data=" + folder));
        return command;
    }

    /** Flags for the JVM, which the launcher starts servers with: what is measured is what people run. */
    static List<String> flags() {
        String flags = System.getenv().getOrDefault("KABAR_SERVER_FLAGS", "");
        return flags.isBlank() ? List.of() : Parts.words(flags);
    }

    private LocalServer(Path folder, Process process) throws IOException, BenchException, InterruptedException {
        this.folder = folder;
        this.process = process;
        hook = new Thread(this::end, "kabar-bench-end");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            link = InviteLink.parse(awaitReady());
        } catch (BenchException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private String awaitReady() throws BenchException, InterruptedException {
        CompletableFuture<String> ready = new CompletableFuture<>();
        Thread reader = new Thread(() -> readOutput(ready), "kabar-bench-server-output");
        reader.setDaemon(true);
        reader.start();
        String invitation;
        try {
            invitation = ready.get(START.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new BenchException("The server did not start within " + START.toSeconds() + " seconds.");
        }
        if (invitation.isEmpty()) {
            throw new BenchException("The server did not start: " + complaint());
        }
        return invitation;
    }

    private void readOutput(CompletableFuture<String> ready) {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith(READY)) { // a JVM may have something to say before
                    ready.complete(line.substring(READY.length()));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            ready.completeExceptionally(e);
        }
        ready.complete("");
    }

    /** What the server has said on its standard error, which is little: its log begins at warnings. */
    private String complaint() {
        try {
            return Files.readString(folder.resolve("stderr.txt")).strip();
        } catch (IOException e) {
            return "no reason was given";
        }
    }

    InviteLink link() {
        return link;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** User and system time of all its threads so far, as exact as the system counts: a hundredth of a second. */
    Optional<Duration> cpu() {
        return process.toHandle().info().totalCpuDuration();
    }

    /** Resident memory in MiB; empty where there is no /proc. */
    OptionalDouble residentMib() {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        try {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith("VmRSS:")) {
                    return OptionalDouble.of(Digits.parseLong(Parts.words(line).get(1)) / 1024.0);
                }
            }
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.empty();
    }

    /** Bytes of live objects, after a full collection; empty without the JDK's jcmd. */
    OptionalLong liveBytes() throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) {
            return OptionalLong.empty();
        }
        Path output = folder.resolve("classes.txt");
        Process census = new ProcessBuilder(jcmd.toString(), String.valueOf(process.pid()), "GC.class_histogram")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!census.waitFor(CENSUS.toSeconds(), TimeUnit.SECONDS)) {
            census.destroyForcibly();
            return OptionalLong.empty();
        }
        for (String line : Files.readAllLines(output)) {
            if (line.startsWith("Total")) {
                List<String> columns = Parts.words(line);
                return OptionalLong.of(Digits.parseLong(columns.get(columns.size() - 1)));
            }
        }
        return OptionalLong.empty();
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the hook is at it already
        }
        end();
    }

    private void end() {
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(STOP.toSeconds(), TimeUnit.SECONDS);
            }
            delete(folder);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.err.println("Could not remove " + folder + ": " + e.getMessage());
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @org.jspecify.annotations.Nullable IOException e)
                    throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
