package io.kabar.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.process.StandardOutput;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is printed and does not arrive. */
class StandardStreamsTest {

    private static final int EVENTS = 400;

    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();

    @BeforeEach
    void bring_something_to_export() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < EVENTS; i++) {
            lines.append("ada,said ").append(i).append('\n');
        }
        Path file = Files.writeString(folder.resolve("messages.csv"), lines);
        assertThat(run(OutputStream.nullOutputStream(), "import " + file + " --data " + data()))
                .isZero();
        err.getBuffer().setLength(0);
    }

    private Path data() {
        return folder.resolve("data");
    }

    private int run(OutputStream out, String line) {
        return Main.commandLine()
                .setOut(StandardOutput.to(out, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true))
                .execute(line.replace("DATA", data().toString()).split(" "));
    }

    private static OutputStream fullAfter(int bytes) {
        return new OutputStream() {
            private int left = bytes;

            @Override
            public void write(int b) throws IOException {
                left--;
                if (left < 0) {
                    throw new IOException("No space left on device");
                }
            }
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server --help",
                "server --version",
                "server --check --data DATA",
                "export --help",
                "export - --data DATA",
                "import --help",
                "import --version",
                "erase --help",
            })
    void a_full_disk_is_a_sentence_and_never_0(String line) {
        for (int bytes : new int[] {0, 5}) {
            err.getBuffer().setLength(0);
            assertThat(run(fullAfter(bytes), line)).as("%s", err).isEqualTo(1);
            assertThat(err.toString().lines())
                    .containsExactly("kabar: Standard output cannot be written: No space left on device.");
        }
    }

    @Test
    void a_copy_that_is_cut_short_says_so() {
        // As a disk with so much room left: not at the start, and not where a buffer ends.
        assertThat(run(fullAfter(30_001), "export - --data DATA")).isEqualTo(1);
        assertThat(err.toString()).contains("Standard output cannot be written: No space left on device.");
    }

    private int process(String redirections, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "exec \"$@\" " + redirections, "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        String modules = System.getProperty("jdk.module.path");
        if (modules == null) {
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.kabar.daemon.Main"));
        } else {
            command.add("--module-path");
            command.add(modules + File.pathSeparator + System.getProperty("java.class.path"));
            command.addAll(List.of("--module", "io.kabar.daemon/io.kabar.daemon.Main"));
        }
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("stdout").toFile())
                .redirectError(folder.resolve("stderr").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("KABAR"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX) // has /dev/full
    void an_export_to_a_full_disk_is_told() throws Exception {
        assertThat(process(">/dev/full", "export", "-", "--data", data().toString()))
                .isEqualTo(1);
        assertThat(folder.resolve("stderr"))
                .content()
                .startsWith("kabar: Standard output cannot be written: ")
                .hasLineCount(1);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_server_whose_ready_line_nobody_can_read_does_not_serve() throws Exception {
        assertThat(process(">/dev/full", "server", "127.0.0.1", "-p", "0", "--data", data().toString()))
                .isEqualTo(1);
        assertThat(folder.resolve("stderr"))
                .content()
                .contains("kabar: Standard output cannot be written: ")
                .doesNotContain("\tat ");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_join_password_that_could_not_be_shown_is_not_kept() throws Exception {
        assertThat(process("2>&-", "server", "127.0.0.1", "-p", "0", "--data", data().toString()))
                .isEqualTo(1);
        assertThat(data().resolve("join.verifier")).doesNotExist();
        assertThat(folder.resolve("stdout")).isEmptyFile();
    }
}
