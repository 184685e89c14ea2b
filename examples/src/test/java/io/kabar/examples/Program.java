package io.kabar.examples;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An example running as its users run it: a process of its own, started from the module path. */
final class Program implements AutoCloseable {

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    /** Starts the program in {@code folder}. */
    Program(Path folder, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-p",
                modulePath(),
                "-m",
                "io.kabar.examples/" + main.getName()));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        Thread reader = new Thread(this::read, "output of " + main.getSimpleName());
        reader.setDaemon(true);
        reader.start();
    }

    /** The modules of the examples and of what they need, wherever the test itself was started from. */
    private static String modulePath() {
        String path = System.getProperty("jdk.module.path", "")
                + File.pathSeparator
                + System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));
        return path.lines()
                .flatMap(line -> java.util.Arrays.stream(line.split(File.pathSeparator)))
                .filter(entry -> entry.contains("chat-core")
                        || entry.contains("storage" + File.separator + "csv")
                        || entry.contains("chat-storage-csv")
                        || entry.contains("commons-")
                        || entry.contains("jackson-core")
                        || entry.contains("slf4j")
                        || entry.contains("jspecify")
                        || entry.endsWith("examples" + File.separator + "target" + File.separator + "classes"))
                .distinct()
                .reduce((a, b) -> a + File.pathSeparator + b)
                .orElseThrow();
    }

    private void read() {
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = in.readLine()) != null) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add(e.toString());
        }
    }

    /** The next line it prints that contains {@code part}; everything before is skipped. */
    String awaitLine(String part) throws InterruptedException {
        List<String> seen = new ArrayList<>();
        while (true) {
            String line = lines.poll(60, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("no line with '" + part + "' in time, only " + seen);
            }
            seen.add(line);
            if (line.contains(part)) {
                return line;
            }
        }
    }

    int awaitExit() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("still running");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
