package io.kabar.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands as programs of their own, on machines of other countries, and with little memory. */
class MachinesTest {

    @TempDir
    Path folder;

    private String run(String jvm, int code, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC"));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        command.addAll(List.of(jvm.split(" ", -1)));
        String classes = System.getProperty("java.class.path");
        String modules = System.getProperty("jdk.module.path");
        command.addAll(
                modules == null
                        ? List.of("-cp", classes, "io.kabar.daemon.Main")
                        : List.of(
                                "--module-path",
                                modules + File.pathSeparator + classes,
                                "--module",
                                "io.kabar.daemon/io.kabar.daemon.Main"));
        command.addAll(List.of(args));
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("KABAR") || name.startsWith("LC_"));
        builder.environment().put("LANG", "C.UTF-8");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue())
                .as(Files.readString(err, StandardCharsets.ISO_8859_1))
                .isEqualTo(code);
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Duser.language=fa -Duser.country=IR -Duser.timezone=Asia/Tehran -Dfile.encoding=windows-1256",
                "-Duser.language=ar -Duser.country=EG -Duser.timezone=Africa/Cairo -Dfile.encoding=UTF-16",
                "-Duser.language=tr -Duser.country=TR -Duser.timezone=Pacific/Apia -Dfile.encoding=ISO-8859-9",
                "-Duser.language=th -Duser.country=TH -Duser.variant=TH -Duser.timezone=Asia/Kathmandu"
                        + " -Dfile.encoding=IBM037"
            })
    void what_one_program_has_written_the_next_one_reads(String machine) throws Exception {
        Path data = folder.resolve("data");
        Path messages = Files.writeString(
                folder.resolve("messages.csv"),
                "\u0130lker,\u0627\u0644\u0633\u0644\u0627\u0645 \uD83D\uDE00 I i,2026-01-31T23:59:59Z\n");
        String at = "--data=" + data;

        run(machine, 0, "import", messages.toString(), at, "--room=#\u0130I");
        run(machine, 0, "import", messages.toString(), at, "--room=#\u0130I", "--append");
        String exported = run(machine, 0, "export", "-", at);

        assertThat(exported.lines())
                .hasSize(2)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .contains(
                                        "\"seq\":1,",
                                        "2026-01-31T23:59:59Z",
                                        "\u0627\u0644\u0633\u0644\u0627\u0645 \uD83D\uDE00 I i"),
                        second -> assertThat(second).contains("\"seq\":2,", "\u0130lker"));
        try (var files = Files.walk(data.resolve("rooms"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("messages-000000000001.csv", "messages-000000000002.csv")
                    .allMatch(name -> name.matches("\\p{ASCII}+"));
        }
    }

    /** The files have holes: they cost no space, and as much reading as others. */
    @Test
    void lines_of_a_hundred_megabytes_take_little_memory_and_leave_nothing() throws Exception {
        Path data = folder.resolve("data");
        String at = "--data=" + data;
        for (String begin : List.of("{", "name,text\nAda,\"")) {
            Path file = Files.writeString(folder.resolve("messages.csv"), begin);
            try (RandomAccessFile longer = new RandomAccessFile(file.toFile(), "rw")) {
                longer.setLength(100L << 20);
            }
            run("-Xmx32m -XX:+ExitOnOutOfMemoryError", 1, "import", file.toString(), at);
        }
        Path segment = data.resolve("rooms/lobby/messages-000000000001.csv");
        Files.createDirectories(segment.getParent());
        Files.writeString(segment, "x");
        try (RandomAccessFile longer = new RandomAccessFile(segment.toFile(), "rw")) {
            longer.setLength(100L << 20);
        }
        run(
                "-Xmx32m -XX:+ExitOnOutOfMemoryError",
                1,
                "export",
                folder.resolve("copy.zip").toString(),
                at);
        Path other = Files.createDirectory(folder.resolve("other"));
        try (RandomAccessFile users =
                new RandomAccessFile(other.resolve("users.csv").toFile(), "rw")) {
            users.setLength(100L << 20);
        }
        run(
                "-Xmx32m -XX:+ExitOnOutOfMemoryError",
                1,
                "import",
                folder.resolve("messages.csv").toString(),
                "--data=" + other);
        assertThat(data.resolve(".import")).doesNotExist();
    }
}
