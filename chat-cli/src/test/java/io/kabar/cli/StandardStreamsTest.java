package io.kabar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.internal.process.StandardOutput;
import io.kabar.chat.server.ChatServer;
import io.kabar.cli.command.Environment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.SequenceInputStream;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard input and output that are closed, full, or end in the middle. */
class StandardStreamsTest {

    @TempDir
    private Path folder;

    private ChatServer server;
    private ChatClient kai;
    private String link;

    @BeforeEach
    void start() throws Exception {
        server = ChatServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .open()
                .start();
        link = server.inviteLink(server.address().getHostString()).toString();
        kai = ChatClient.builder()
                .server(server.inviteLink(server.address().getHostString()))
                .name("kai")
                .connect()
                .get(30, TimeUnit.SECONDS);
        kai.join(RoomName.LOBBY, JoinHistory.NONE).get(30, TimeUnit.SECONDS);
        kai.send(RoomName.LOBBY, "hello").get(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() {
        kai.close();
        server.close();
    }

    private record Ended(int code, String err) {}

    private Ended run(InputStream in, OutputStream out, String... arguments) {
        Shell shell = new Shell(folder);
        StringWriter err = new StringWriter();
        int code = Kabar.commandLine(new Environment(in, false, Map.of(), shell::folders, ZoneOffset.UTC, task -> {}))
                .setOut(StandardOutput.to(out, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Ended(code, err.toString());
    }

    /** Takes some bytes and no more. */
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

    private String[] words(String line) {
        return Arrays.stream(line.split(" "))
                .map(word -> word.equals("LINK") ? link : word)
                .toArray(String[]::new);
    }

    /** Each command that prints anything. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--help",
                "--version",
                "help",
                "help tail",
                "chat --help",
                "send --help",
                "tail --version",
                "chat LINK -u ada",
                "rooms LINK",
                "rooms LINK --json",
                "who LINK -r lobby",
                "tail LINK -u ada --from 1 --count 2",
                "tail LINK -u ada --from 1 --count 2 --json",
            })
    void a_full_disk_is_a_sentence_and_never_0(String line) {
        String[] arguments = line.isEmpty() ? new String[0] : words(line);
        for (int bytes : new int[] {0, 3}) {
            Ended ended = run(InputStream.nullInputStream(), fullAfter(bytes), arguments);
            assertThat(ended.code()).as(ended.err()).isEqualTo(1);
            assertThat(ended.err().lines().reduce((a, b) -> b))
                    .contains("kabar: Standard output cannot be written: No space left on device.");
        }
    }

    @Test
    void what_is_piped_is_said_although_nothing_can_be_printed() throws Exception {
        byte[] lines = "one\ntwo\n".getBytes(StandardCharsets.UTF_8);
        assertThat(run(new ByteArrayInputStream(lines), fullAfter(0), "chat", link, "-u", "ada")
                        .code())
                .isEqualTo(1);
        assertThat(said()).containsSubsequence("hello", "one", "two");
    }

    private List<String> said() {
        Shell shell = new Shell(folder.resolve("reader"));
        shell.run("tail", link, "-u", "eve", "--from", "1", "--count", "6", "--json");
        List<String> texts = new ArrayList<>();
        shell.lines().stream().filter(line -> line.contains("\"text\":\"")).forEach(line -> {
            int from = line.indexOf("\"text\":\"") + 8;
            texts.add(line.substring(from, line.indexOf('"', from)));
        });
        return texts;
    }

    private static InputStream breaksOffBehind(String text) {
        return new SequenceInputStream(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("Input/output error");
                    }

                    @Override
                    public int read(byte[] b, int off, int len) throws IOException {
                        return read();
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat LINK -u ada", "send LINK -u ada -"})
    void input_that_breaks_off_is_no_end_and_what_came_before_it_is_said(String line) {
        Ended ended = run(breaksOffBehind("one\ntwo\n"), OutputStream.nullOutputStream(), words(line));
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("kabar: Standard input cannot be read: Input/output error.");
        assertThat(said()).containsSubsequence("one", "two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat LINK -u ada", "send LINK -u ada -"})
    @DisabledOnOs(OS.WINDOWS) // no shell
    void an_input_that_is_closed_says_nothing_to_the_room(String line) throws Exception {
        try (KabarProcess process = new KabarProcess(folder).redirecting("<&-").start(words(line))) {
            assertThat(process.awaitExit()).isEqualTo(1);
            assertThat(process.err()).contains("kabar: Standard input cannot be read: it is closed.");
        }
        // kai came and said hello; ada may have come and gone.
        assertThat(server.stats().accepted()).isBetween(2L, 4L);
    }

    @ParameterizedTest
    @ValueSource(strings = {">/dev/full", ">&-", ">&- 2>&-"})
    @EnabledOnOs(OS.LINUX) // has /dev/full
    void a_process_tells_what_its_output_did_not_take(String how) throws Exception {
        try (KabarProcess process = new KabarProcess(folder).redirecting(how).start("rooms", link)) {
            assertThat(process.awaitExit()).isEqualTo(1);
            if (!how.contains("2>&-")) {
                assertThat(process.err())
                        .contains("kabar: Standard output cannot be written: ")
                        .doesNotContain("\tat ");
            }
        }
    }

    @Test
    void whoever_reads_the_tail_of_a_room_from_a_pipe_may_leave() {
        OutputStream leaves = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        InputStream nothing = InputStream.nullInputStream();
        Ended tail = run(nothing, leaves, "tail", link, "-u", "ada", "--from", "1", "--json");
        assertThat(tail.code()).isZero();
        assertThat(tail.err()).doesNotContain("Standard output");
        assertThat(run(nothing, leaves, "rooms", link).code()).isEqualTo(1);
    }
}
