package io.kabar.daemon.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.InviteLink;
import io.kabar.chat.server.ChatServer;
import io.kabar.daemon.control.Answer;
import io.kabar.daemon.control.ControlHost;
import io.kabar.daemon.control.ControlRunner;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS) // other rights, other errors
@Timeout(60)
class ControlSocketTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    private ChatServer server;
    private ControlRunner runner;
    private Path data;

    @BeforeEach
    void start() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        server = ChatServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .open()
                .start();
        runner = new ControlRunner(new ControlHost() {
            @Override
            public ChatServer server() {
                return server;
            }

            @Override
            public InviteLink invitation() {
                return server.inviteLink("localhost");
            }

            @Override
            public void stop() {}
        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ControlSocket open() throws IOException {
        return ControlSocket.open(
                data, runner, Map.of("XDG_RUNTIME_DIR", runtime().toString()), LONG);
    }

    private Path runtime() throws IOException {
        return Files.createDirectories(folder.resolve("run"));
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(ControlPlace.find(data)));
    }

    private static void send(SocketChannel peer, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            peer.write(bytes);
        }
    }

    private static BufferedReader reader(SocketChannel peer) {
        return new BufferedReader(Channels.newReader(peer, StandardCharsets.UTF_8));
    }

    private List<Answer> ask(String... words) throws IOException {
        try (ControlClient client = ControlClient.open(data)) {
            return List.of(client.ask(List.of(words), false));
        }
    }

    @Test
    void commands_are_answered_one_after_the_other() throws IOException {
        try (ControlSocket socket = open();
                SocketChannel peer = connect()) {
            assertThat(socket.path()).isEqualTo(data.resolve("control/kabar.sock"));
            send(peer, """
                    {"command":["say","lobby","hello"],"unknown":[{}]}
                    {"command":["rooms"],"yes":false}
                    """);
            peer.shutdownOutput();
            BufferedReader lines = reader(peer);
            assertThat(lines.readLine())
                    .contains("\"result\":\"done\"", "\"seq\":1", "\"sentence\":\"Said in #lobby as #1.\"");
            assertThat(lines.readLine()).contains("\"list\":true", "\"room\":\"lobby\"");
            assertThat(lines.readLine()).isNull();
        }
    }

    @Test
    void only_the_owner_may_open_it_whatever_was_there() throws IOException {
        Path control = Files.createDirectory(data.resolve("control"));
        Files.setPosixFilePermissions(control, PosixFilePermissions.fromString("rwxrwxrwx"));

        try (ControlSocket socket = open()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(control)))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.path())))
                    .isEqualTo("rw-------");

            Files.setPosixFilePermissions(control, PosixFilePermissions.fromString("rwxr-xr-x"));
            assertThatThrownBy(() -> ask("rooms")).hasMessageContaining("is not trusted: chmod 700.");
        }
    }

    @Test
    void what_a_dead_server_left_is_replaced_and_a_living_one_is_respected() throws IOException {
        Path place = data.resolve("control/kabar.sock");
        SocketFolder.prepare(data.resolve("control"));
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(place));
        }
        assertThatThrownBy(() -> ask("rooms")).hasMessage("No server runs on the data folder " + data + ".");

        try (ControlSocket first = open()) {
            assertThat(first.path()).isEqualTo(place);
            assertThatThrownBy(this::open).hasMessageContaining("another server listens at " + place);
            assertThat(ask("rooms")).singleElement().isInstanceOf(Answer.Done.class);
        }
        assertThat(place).doesNotExist();
        assertThatThrownBy(() -> ask("rooms")).hasMessage("No server runs on the data folder " + data + ".");
    }

    @Test
    void links_are_not_followed_and_files_not_removed() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path control = Files.createSymbolicLink(data.resolve("control"), elsewhere);
        assertThatThrownBy(this::open).hasMessageContaining("is a link or a file");
        assertThatThrownBy(() -> ask("rooms")).hasMessageContaining("is a link or a file");
        assertThat(elsewhere).isEmptyDirectory();
        Files.delete(control);

        SocketFolder.prepare(control);
        Path precious = Files.writeString(folder.resolve("precious"), "kept");
        Path link = Files.createSymbolicLink(control.resolve("kabar.sock"), precious);
        assertThatThrownBy(this::open).hasMessageContaining("is no socket; move it away");
        assertThat(precious).hasContent("kept");
        Files.delete(link);
        Files.writeString(link, "kept");
        assertThatThrownBy(this::open).hasMessageContaining("is no socket; move it away");
        assertThat(link).hasContent("kept");
    }

    @Test
    void a_path_too_long_for_a_socket_is_found_in_the_runtime_folder() throws IOException {
        data = Files.createDirectory(folder.resolve("d".repeat(120)));
        try (ControlSocket socket = open()) {
            assertThat(socket.path().getParent()).isEqualTo(runtime().resolve("kabar"));
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(socket.path().getParent())))
                    .isEqualTo("rwx------");
            assertThat(ask("rooms")).singleElement().isInstanceOf(Answer.Done.class);
            assertThatThrownBy(this::open).hasMessageContaining("another server listens at");
        }
        assertThatThrownBy(() -> ask("rooms")).hasMessageContaining("No server runs on the data folder");
        Path here = data;
        assertThatThrownBy(() -> ControlSocket.open(
                        here, runner, Map.of("XDG_RUNTIME_DIR", here.toString()), Duration.ofSeconds(1)))
                .hasMessageContaining("both too long for a socket");
    }

    @Test
    void what_is_no_request_is_answered_with_a_sentence_and_the_next_one_is_heard() throws IOException {
        try (ControlSocket socket = open();
                SocketChannel peer = connect()) {
            BufferedReader lines = reader(peer);
            for (String bad : List.of(
                    "",
                    "rooms",
                    "[]",
                    "{}",
                    "{\"command\":\"rooms\"}",
                    "{\"command\":[1]}",
                    "{\"command\":[\"rooms\"]",
                    "{\"command\":[\"rooms\"]} {}",
                    "{\"command\":[\"rooms\"],\"yes\":1.5}",
                    "{\"command\":[\"rooms\"],\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}",
                    "{\"command\":[\"rooms\"],\"a\":99999999999999999999}",
                    "{\"command\":[]}",
                    "{\"command\":[\"nonsense\"]}",
                    "{\"command\":[\"rooms\",\"too many\"]}",
                    "{\"command\":[\"who\",\"a b\"]}")) {
                send(peer, bad + "\n");
                assertThat(lines.readLine()).as(bad).contains("\"result\":\"usage\"");
            }
            peer.write(ByteBuffer.wrap(new byte[] {(byte) 0xff, '\n'}));
            assertThat(lines.readLine()).contains("not UTF-8");
            send(peer, "{\"command\":[\"rooms\"]}\n");
            assertThat(lines.readLine()).contains("\"result\":\"done\"");
            assertThat(socket.path()).exists();
        }
    }

    @Test
    void a_line_without_an_end_ends_the_connection_with_a_sentence() throws IOException {
        try (ControlSocket socket = open();
                SocketChannel peer = connect()) {
            send(peer, "x".repeat(ControlPeer.LONGEST_LINE + 1));
            BufferedReader lines = reader(peer);
            assertThat(lines.readLine()).contains("more than " + ControlPeer.LONGEST_LINE + " bytes");
            assertThat(lines.readLine()).isNull();
            assertThat(socket.path()).exists();
        }
    }

    @Test
    void a_hundred_who_are_slow_or_rude_keep_nobody_out() throws IOException {
        List<SocketChannel> rude = new ArrayList<>();
        try (ControlSocket socket = open()) {
            for (int i = 0; i < 100; i++) {
                SocketChannel peer = connect();
                send(peer, i % 2 == 0 ? "{\"command\":[\"ro" : "{\"command\":[\"help\"]}\n".repeat(20));
                rude.add(peer);
                assertThat(ask("rooms")).singleElement().isInstanceOf(Answer.Done.class);
            }
            assertThat(ask("stats")).singleElement().isInstanceOf(Answer.Done.class);
            assertThat(socket.path()).exists();
        } finally {
            for (SocketChannel peer : rude) {
                peer.close();
            }
        }
    }

    @Test
    void whoever_is_silent_for_too_long_is_put_out() throws IOException {
        try (ControlSocket socket = ControlSocket.open(data, runner, Map.of(), Duration.ofMillis(1));
                SocketChannel peer = connect()) {
            send(peer, "{\"comm");
            assertThat(peer.read(ByteBuffer.allocate(10))).isEqualTo(-1);
            assertThat(Files.exists(socket.path(), LinkOption.NOFOLLOW_LINKS)).isTrue();
        }
    }

    @Test
    void what_cannot_be_undone_is_asked_before() throws IOException {
        try (ControlSocket socket = open();
                ControlClient client = ControlClient.open(data)) {
            assertThat(client.ask(List.of("close", "lobby"), false))
                    .isEqualTo(new Answer.Question("Close #lobby, where 0 people are?"));
            assertThat(client.ask(List.of("close", "lobby"), true)).isInstanceOf(Answer.Done.class);
            assertThat(client.ask(List.of("kick", "lobby", "ada"), true)).isInstanceOf(Answer.Refused.class);
            assertThat(socket.path()).exists();
        }
    }
}
