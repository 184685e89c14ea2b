package io.kabar.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.kabar.chat.server.ChatServerListener;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {

    @TempDir
    Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    @Test
    void help_and_version_go_to_stdout() {
        assertThat(run("server", "--help")).isZero();
        assertThat(out.toString()).contains("Usage: kabar server", "--durability", "KABAR_SERVER_PASSWORD");
        assertThat(run("server", "--version")).isZero();
        assertThat(out.toString()).contains("kabar ");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void wrong_usage_is_64_in_a_sentence() {
        assertThat(run("server", "--prot")).isEqualTo(64);
        assertThat(err.toString()).contains("--prot", "Try 'kabar server --help'");
        assertThat(run("server", "-p", "many")).isEqualTo(64);
        assertThat(err.toString()).contains("'many' is no whole number").doesNotContain("int");
        assertThat(run("swerver")).isEqualTo(64);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void a_check_starts_nothing() throws Exception {
        Path folder = data.resolve("none");

        assertThat(run("server", "--check", "--data", folder.toString())).isZero();
        assertThat(out.toString().strip()).isEqualTo("config ok");
        assertThat(folder).doesNotExist();

        Path config = Files.writeString(data.resolve("kabar.toml"), "port = 'x'\n");
        assertThat(run("server", "--check", "--data", data.toString())).isEqualTo(64);
        assertThat(err.toString()).contains(config + ":1:1: port must be a number");
    }

    @Test
    void a_check_tells_of_data_on_which_a_server_would_not_start_and_changes_nothing() throws Exception {
        Path folder = Files.createDirectories(data.resolve("data"));
        Files.createDirectory(folder.resolve("rooms"));
        assertThat(run("server", "--check", "--data", folder.toString())).isZero();
        assertThat(err.toString()).isEmpty();

        for (String name : List.of("users.csv", "names.csv", "server.key", "join.verifier", "format", "Clock.csv")) {
            Path file = Files.writeString(folder.resolve(name), "nothing");
            assertThat(run("server", "--check", "--data", folder.toString()))
                    .as(name)
                    .isEqualTo(1);
            assertThat(err.toString()).contains(file.toString()).doesNotContain("Exception");
            Files.delete(file);
        }
        Path segment = Files.writeString(folder.resolve("rooms/messages-000000000001.csv"), "");
        assertThat(run("server", "--check", "--data", folder.toString())).isEqualTo(1);
        assertThat(err.toString()).contains(segment.toString());
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void a_byte_order_mark_before_the_configuration_is_no_part_of_it() throws Exception {
        Path config = data.resolve("kabar.toml");
        Files.writeString(config, "\uFEFFport = 2121\r\n");
        assertThat(run("server", "--check", "--data", data.toString())).isZero();
        Files.writeString(config, "\uFEFFport = 'x'\r\n");
        assertThat(run("server", "--check", "--data", data.toString())).isEqualTo(64);
        assertThat(err.toString()).contains(config + ":1:1: port must be a number");
    }

    @Test
    void a_folder_that_cannot_be_used_is_1_in_a_sentence() throws Exception {
        Path file = Files.createFile(data.resolve("file"));

        assertThat(run("server", "-p", "0", "--data", file.toString())).isEqualTo(1);
        assertThat(err.toString().strip())
                .matches("The data folder .* cannot be used: there is a file of that name\\.");
    }

    @Test
    void a_copy_is_taken_beside_a_running_server_and_nothing_is_changed_under_it() throws Exception {
        Path folder = data.resolve("data");
        Path copy = data.resolve("copy.zip");
        DaemonSettings settings = DaemonSettings.standard()
                .withData(folder)
                .withBind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        try (Daemon daemon = Daemon.start(settings, new ChatServerListener() {})) {
            assertThat(daemon.joinPassword()).isPresent();
            assertThat(run("export", copy.toString(), "--data", folder.toString()))
                    .isZero();
            assertThat(err.toString().strip()).isEqualTo("Copied 0 events of 0 rooms to " + copy + ".");

            assertThat(run("import", copy.toString(), "--data", folder.toString()))
                    .isEqualTo(1);
            assertThat(run("erase", "ada", "--yes", "--data", folder.toString()))
                    .isEqualTo(1);
            assertThat(err.toString().lines().skip(1))
                    .hasSize(2)
                    .allMatch(line -> line.matches("The data folder .* is in use by another server \\(.*\\)\\."));
        }
        try (ZipFile zip = new ZipFile(copy.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName)).contains("server.key", "join.verifier");
        }
        assertThat(out.toString()).isEmpty();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_folder_that_nobody_can_look_into_is_not_taken_for_an_empty_one_or_for_none() throws Exception {
        Path loop = Files.createSymbolicLink(data.resolve("loop"), data.resolve("loop"));
        for (Path folder : List.of(loop, data.resolve("n".repeat(300)))) {
            assertThat(run("export", "x.zip", "--data", folder.toString())).isEqualTo(1);
            assertThat(run("erase", "ada", "--data", folder.toString())).isEqualTo(1);
        }
        assertThat(err.toString())
                .contains("The data folder " + loop + " cannot be read: ")
                .doesNotContain("There is no data folder", "is no data folder");

        Path closed = Files.createDirectory(data.resolve("closed"));
        Files.createDirectory(closed.resolve("rooms"));
        Files.setPosixFilePermissions(closed, Set.of());
        try {
            assumeFalse(Files.isReadable(closed), "root reads everything");
            assertThat(run("export", "x.zip", "--data", closed.toString())).isEqualTo(1);
            assertThat(err.toString()).contains("The data folder " + closed + " cannot be read: permission denied.");
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void a_check_tells_of_a_storage_that_is_not_there() throws Exception {
        Files.writeString(data.resolve("kabar.toml"), "storage = 'redis'");

        assertThat(run("server", "--check", "--data", data.toString())).isEqualTo(64);

        assertThat(err.toString()).contains("There is no storage called redis; there is csv.");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void a_copy_goes_to_a_file_to_stdout_or_to_a_folder_and_nowhere_else() throws Exception {
        assertThat(run("export", "notes.txt", "--data", data.toString())).isEqualTo(64);
        assertThat(err.toString()).contains("TARGET must end in .zip or .jsonl, be - or be a folder, not notes.txt.");
        assertThat(run("export", data.toString(), "--data", data.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("is no data folder: there is no room and no account in it.");
        Files.createDirectory(data.resolve("rooms"));
        assertThat(run("export", data.toString(), "--data", data.toString())).isZero();
        assertThat(data.resolve("messages.csv")).isEmptyFile();
        assertThat(data.resolve("username.csv")).isEmptyFile();
        assertThat(run("export", "x.zip", "--data", data.resolve("none").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("There is no data folder");
        assertThat(run("export", "x.zip", "--room", "a b")).isEqualTo(64);
        assertThat(run("erase", "a/b")).isEqualTo(64);
    }

    @Test
    void passwords_that_were_made_are_not_written_over() throws Exception {
        Path folder = data.resolve("data");
        Path names = Files.writeString(data.resolve("username.csv"), "Ada\nBob\n");
        Path made = data.resolve("made.csv");
        String[] words = {"import", names.toString(), "--data", folder.toString(), "--make-passwords", made.toString()};
        assertThat(run(words)).isZero();
        String passwords = Files.readString(made);
        assertThat(passwords).contains("Ada,", "Bob,");

        assertThat(run(words)).isEqualTo(1);
        assertThat(made).hasContent(passwords);
        assertThat(err.toString()).contains("There is a file " + made);
    }

    @Test
    void what_stands_in_files_of_others_does_not_steer_a_terminal() throws Exception {
        Path folder = data.resolve("data");
        for (String header : List.of("name,message,\u001b[2J\u009b31m\n", "name,\u001b[2J\u009b31m\n")) {
            Path file = Files.writeString(data.resolve("messages.csv"), header + "a\u001b[2Jb,\u009b2J,x\n");
            assertThat(run("import", file.toString(), "--data", folder.toString()))
                    .isEqualTo(1);
        }
        assertThat(err.toString()).doesNotContain("\u001b", "\u009b").contains("[2J");
    }

    @Test
    void an_import_says_what_it_took() throws Exception {
        Path file = Files.writeString(data.resolve("messages.csv"), "Ada,hi\n");
        Path folder = data.resolve("data");

        assertThat(run("import", file.toString(), "--data", folder.toString(), "--room", "#Garden"))
                .isZero();
        assertThat(err.toString()).startsWith("Taken: 1 event in 1 room, 0 accounts.");
        assertThat(folder.resolve("rooms/garden/messages-000000000001.csv")).exists();

        assertThat(run("erase", "ada", "--data", folder.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("Found 1 text of ada in 1 room. Nothing was changed; say --yes");
        assertThat(run("erase", "ada", "--yes", "--data", folder.toString())).isZero();
        assertThat(folder.resolve("rooms/garden/messages-000000000001.csv"))
                .content()
                .contains("1,", ",said,,Ada,")
                .doesNotContain("hi");
    }

    @Test
    void direct_conversations_leave_only_when_asked_for_and_that_is_said() throws Exception {
        Path json = Files.writeString(data.resolve("in.jsonl"), """
                {"type":"said","room":"lobby","seq":1,"time":"2026-01-31T12:00:00Z","from":"ada","text":"to all"}
                {"type":"said","room":"@ada@bob","seq":1,"time":"2026-01-31T12:00:00Z","from":"ada","text":"between us"}
                """);
        Path names = Files.writeString(data.resolve("username.csv"), "name,password\nada,sesame\nbob,sesame\n");
        Path folder = data.resolve("data");
        assertThat(run("import", names.toString(), "--data", folder.toString()))
                .as("%s", err)
                .isZero();
        assertThat(run("import", json.toString(), "--data", folder.toString()))
                .as("%s", err)
                .isZero();

        Path plain = Files.createDirectory(data.resolve("plain"));
        Path out = data.resolve("out.jsonl");
        for (String target : new String[] {plain.toString(), out.toString()}) {
            err.getBuffer().setLength(0);
            assertThat(run("export", target, "--data", folder.toString())).isZero();
            assertThat(err.toString()).contains("Left out: 1 direct conversation", "--direct");
        }
        assertThat(plain.resolve("messages.csv")).content().contains("to all").doesNotContain("between us");
        assertThat(out).content().contains("to all").doesNotContain("between us");

        for (String asked : new String[] {"--direct", "--room=@ada@bob", "--user=ada"}) {
            err.getBuffer().setLength(0);
            assertThat(run("export", out.toString(), asked, "--data", folder.toString()))
                    .isZero();
            assertThat(out).content().as(asked).contains("between us");
            assertThat(err.toString()).doesNotContain("Left out");
        }
        Path copy = data.resolve("copy.zip");
        assertThat(run("export", copy.toString(), "--data", folder.toString())).isZero();
        try (ZipFile zip = new ZipFile(copy.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName).filter(name -> name.startsWith("rooms/")))
                    .anyMatch(name -> name.contains("%401%2B2/"));
        }
    }

    @Test
    void a_name_that_nobody_has_is_2_with_the_nearest_and_replaces_no_file() throws Exception {
        Path file = Files.writeString(data.resolve("username.csv"), "name,password\nAda,sesame\n");
        Path folder = data.resolve("data");
        assertThat(run("import", file.toString(), "--data", folder.toString())).isZero();
        Path before = Files.writeString(data.resolve("out.jsonl"), "before");

        for (String[] line : new String[][] {
            {"export", before.toString(), "-u", "adda"},
            {"export", data.resolve("none.zip").toString(), "-u", "adda"},
            {"erase", "adda"},
            {"erase", "adda", "--yes"},
        }) {
            err.getBuffer().setLength(0);
            String[] words = Arrays.copyOf(line, line.length + 2);
            words[line.length] = "--data";
            words[line.length + 1] = folder.toString();
            assertThat(run(words)).isEqualTo(2);
            assertThat(err.toString().strip()).isEqualTo("There is nobody called adda here. Did you mean Ada?");
        }
        assertThat(before).hasContent("before");
        assertThat(data.resolve("none.zip")).doesNotExist();
        err.getBuffer().setLength(0);
        assertThat(run("erase", "somebody", "--data", folder.toString())).isEqualTo(2);
        assertThat(err.toString().strip()).isEqualTo("There is nobody called somebody here.");
        assertThat(run("erase", "ada", "--yes", "--data", folder.toString())).isZero();
        assertThat(run("export", before.toString(), "-u", "ada", "--data", folder.toString()))
                .isZero();
    }
}
