package io.kabar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.server.ChatServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing another person, a server or a pasted link says reaches the terminal as anything but text. */
class HostileOutputTest {

    /** Title, hyperlink, clipboard, colour, a bell, a C1 introducer, reversed writing, a line of its own. */
    private static final String HOSTILE = "\u001b]0;pwned\u0007 \u001b]8;;http://evil\u001b\\x\u001b]8;;\u001b\\"
            + " \u001b]52;c;cHduZWQ=\u0007 \u001b[2J\u001b[31m \u009b31m \u202etxt.exe\u202c \u2066\u2069 \u2028 \r";

    @TempDir
    private Path home;

    private ChatServer server;
    private String link;

    @BeforeEach
    void start() throws Exception {
        server = ChatServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .open()
                .start();
        link = server.inviteLink(server.address().getHostString()).toString();
        try (ChatClient kai = ChatClient.builder()
                .server(server.inviteLink(server.address().getHostString()))
                .name("kai")
                .connect()
                .get(30, TimeUnit.SECONDS)) {
            kai.join(RoomName.LOBBY, JoinHistory.NONE).get(30, TimeUnit.SECONDS);
            kai.setTopic(RoomName.LOBBY, HOSTILE).get(30, TimeUnit.SECONDS);
            kai.send(RoomName.LOBBY, HOSTILE + "\n" + HOSTILE).get(30, TimeUnit.SECONDS);
            kai.sendAction(RoomName.LOBBY, HOSTILE).get(30, TimeUnit.SECONDS);
            kai.leave(RoomName.LOBBY, HOSTILE).get(30, TimeUnit.SECONDS);
        }
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private void harmless(String input, String... arguments) {
        Shell shell = new Shell(home.resolve("ada"));
        shell.typing(input, arguments);
        String all = shell.out() + shell.err();
        assertThat(all).as("%s", String.join(" ", arguments)).isNotEmpty();
        assertThat(all.codePoints().filter(c -> c != '\n'))
                .as(all)
                .noneMatch(
                        c -> Character.isISOControl(c) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069));
    }

    @Test
    void what_others_wrote() {
        harmless("", "tail", link, "-u", "ada", "--from", "1", "--count", "5");
        harmless("", "tail", link, "-u", "ada", "--from", "1", "--count", "5", "--json");
        harmless("", "rooms", link);
        harmless("", "rooms", link, "--json");
        harmless("/topic\n/list\n/search pwned\n/history 10\n/names\n/who-saw #3\n", "chat", link, "-u", "ada");
    }

    @Test
    void what_was_typed_or_pasted() {
        harmless("", HOSTILE);
        harmless("", "rooms", "kabar://127.0.0.1:1/" + HOSTILE);
        harmless("", "rooms", "127.0.0.1", HOSTILE);
        harmless("", "chat", "127.0.0.1", HOSTILE);
        harmless("", "chat", link, "-u", HOSTILE);
        harmless("", "send", link, "-u", "ada", "-r", HOSTILE, "x");
        harmless("", "send", link, "-u", "ada", "--" + HOSTILE, "x");
        harmless("", "tail", link, "-u", "ada", "--from", HOSTILE);
        harmless("/" + HOSTILE.strip() + "\n/join " + HOSTILE + "\n/help " + HOSTILE + "\n", "chat", link, "-u", "ada");
        harmless("x\n", "chat", link, "-u", "ada", "--password-file", HOSTILE);
    }
}
