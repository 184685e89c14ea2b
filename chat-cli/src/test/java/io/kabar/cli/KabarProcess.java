package io.kabar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A command as a process of its own, started by a shell: for what only descriptors, signals and environments show. */
public final class KabarProcess implements AutoCloseable {

    /** Far more than a start takes on a busy machine. */
    private static final int SECONDS = 60;

    private final Path folder;
    private final Map<String, String> environment = new TreeMap<>();
    private final List<String> removed = new ArrayList<>();
    private String redirections = "</dev/null";
    private @Nullable Process process;

    public KabarProcess(Path folder) {
        this.folder = folder;
        environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        environment.put("XDG_DATA_HOME", folder.resolve("data").toString());
        environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
    }

    /**
     * In the shell's words, in place of an input without anything; output and errors are kept where they are not named.
     */
    public KabarProcess redirecting(String how) {
        redirections = how;
        return this;
    }

    public KabarProcess with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    KabarProcess without(String variable) {
        environment.remove(variable);
        removed.add(variable);
        return this;
    }

    public KabarProcess start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "exec \"$@\" " + redirections, "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        String modules = System.getProperty("jdk.module.path");
        if (modules == null) {
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.kabar.cli.Main"));
        } else {
            command.add("--module-path");
            command.add(modules + File.pathSeparator + System.getProperty("java.class.path"));
            command.addAll(List.of("--module", "io.kabar.cli/io.kabar.cli.Main"));
        }
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("stdout").toFile())
                .redirectError(folder.resolve("stderr").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("KABAR") || removed.contains(name));
        builder.environment().putAll(environment);
        process = builder.start();
        return this;
    }

    public int awaitExit() throws InterruptedException {
        Process running = Objects.requireNonNull(process);
        assertThat(running.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        return running.exitValue();
    }

    /** Waits until the output says so. */
    public void awaitOut(String words) throws IOException {
        Awaitility.await()
                .atMost(SECONDS, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(out() + err()).contains(words));
    }

    /** As SIGTERM does. */
    public void terminate() {
        Objects.requireNonNull(process).destroy();
    }

    String out() throws IOException {
        return Files.readString(folder.resolve("stdout"), StandardCharsets.UTF_8);
    }

    public String err() throws IOException {
        return Files.readString(folder.resolve("stderr"), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
