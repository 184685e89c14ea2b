package io.kabar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.cli.command.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

    @TempDir
    Path home;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(home);
    }

    @Test
    void alone_it_prints_a_short_help() {
        assertThat(shell.run()).isZero();
        assertThat(shell.out())
                .contains("kabar server", "kabar chat", "kabar send", "kabar tail", "kabar rooms", "kabar who")
                .contains("kabar desktop", "kabar monitor");
        assertThat(shell.err()).isEmpty();
    }

    @Test
    void its_help_lists_every_program() {
        assertThat(shell.run("--help")).isZero();
        assertThat(shell.out())
                .contains("chat ", "send ", "tail ", "rooms ", "who ")
                .contains(
                        "server ",
                        "desktop ",
                        "monitor ",
                        "ctl ",
                        "passwd ",
                        "bench ",
                        "import ",
                        "export ",
                        "erase ",
                        "demo ");
        shell = new Shell(home);
        shell.run("who", "--help");
        assertThat(shell.out()).doesNotContain("monitor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "send", "tail", "rooms", "who"})
    void every_command_explains_itself(String command) {
        assertThat(shell.run(command, "--help")).isZero();
        assertThat(shell.run("help", command)).isZero();
        assertThat(shell.out()).contains("Usage: kabar " + command).contains("--password-file", "--timeout");
    }

    @Test
    void the_version_is_told() {
        assertThat(shell.run("--version")).isZero();
        assertThat(shell.out()).startsWith("kabar ");
    }

    /** The report of a bug asks for it. */
    @ParameterizedTest
    @ValueSource(strings = {"", "tail"})
    void the_version_says_what_a_report_needs(String command) {
        shell.variables.put("TERM", "xterm-256color\u001b[2J");
        assertThat(command.isEmpty() ? shell.run("--version") : shell.run(command, "--version"))
                .isZero();
        assertThat(shell.out())
                .contains("Java " + Runtime.version(), System.getProperty("os.name"))
                .contains("no terminal, TERM xterm-256color")
                .doesNotContain("\u001b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chat | Missing required parameter",
                "send | Missing required parameter",
                "nonsense | There is no command 'nonsense'.",
                "nonsense --count 5 | There is no command 'nonsense'.",
                "send localhost hello | Say who sends it with -u NAME.",
                "tail localhost | Say who is reading with -u NAME.",
                "chat localhost | Say who you are with -u NAME.",
                "send localhost -u ada | There is nothing to send",
                "send localhost -u a/b hello | A name may hold letters",
                "send localhost -u ada -r a/b hello | A room name must not hold",
                "send localhost -u ada --timeout 0 hello | more than 0",
                "send localhost -u ada --timeout soon hello | soon",
                "send localhost -u ada --color blue hello | blue",
                "send localhost -u ada --password-file nowhere hello | The password file nowhere cannot be read.",
                "rooms localhost --log pom.xml/log | The log pom.xml/log cannot be written.",
                "tail localhost -u ada --from 0 | Events are numbered from 1.",
                "tail localhost -u ada --count 0 | --count is at least 1.",
                "tail localhost -u ada --from x | 'x' is no whole number",
                "chat localhost -u ada --history 1.5 | '1.5' is no whole number",
                "chat localhost -u ada --history 5000 | History is 0 to 1000 messages",
                "chat localhost 70000 -u ada | A port is a number from 1 to 65535",
                "chat localhost port -u ada | A port is a number from 1 to 65535",
                "chat kabar://localhost 2120 -u ada | After a link there is no port",
                "chat kabar://0.0.0.0:2120 -u ada | 127.0.0.1 on the same machine.",
                "send kabar://[::]:2120 -u ada hello | is where a server listens",
                "send 0.0.0.0:2120 -u ada hello | is where a server listens",
                "rooms kabar://:2120 | The link names no host",
                "rooms kabar:///lobby | The link names no host",
                "rooms kabar:// | The link names no host",
                "rooms :2120 | There is no host to connect to",
                "rooms kabar://localhost#short | A server key has 43",
                "who kabar://local_host?x | An invitation looks like",
            })
    void wrong_usage_is_one_sentence_and_64(String line, String sentence) {
        assertThat(shell.run(line.split(" "))).isEqualTo(64);
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err()).startsWith("kabar: ").contains(sentence).doesNotContain("Exception");
        assertThat(shell.err().lines()).hasSizeLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rooms localhost", "who localhost", "send localhost -u ada x", "tail localhost -u ada"})
    void a_user_without_a_home_is_told_what_is_missing(String line) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Kabar.commandLine(new Environment(
                        InputStream.nullInputStream(),
                        false,
                        Map.of(),
                        () -> {
                            throw new IllegalStateException("There is no home folder.");
                        },
                        ZoneOffset.UTC,
                        task -> {}))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(line.split(" "));
        assertThat(code).isEqualTo(1);
        assertThat(err.toString().strip()).isEqualTo("kabar: There is no home folder.");
    }

    @Test
    void a_local_port_that_is_taken_is_told_with_its_number_before_anything_is_asked() throws IOException {
        try (DatagramSocket taken = new DatagramSocket(0)) {
            String port = String.valueOf(taken.getLocalPort());
            // Without a name, which would be asked for, or missed, next.
            assertThat(shell.run("chat", "127.0.0.1", "1", port)).isEqualTo(1);
            assertThat(shell.err())
                    .startsWith("kabar: The local UDP port " + port + " cannot be used: another program has it")
                    .doesNotContain("Say who you are");
        }
    }
}
