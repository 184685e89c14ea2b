package io.kabar.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatException;
import io.kabar.chat.InviteLink;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.DeviceSecret;
import io.kabar.daemon.control.ControlTable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code kabar ctl}, and the server that it talks to as a process of its own. */
@DisabledOnOs(OS.WINDOWS) // no rights of POSIX
class CtlCommandTest {

    private static final int SECONDS = 30;
    private static final Pattern NUMBER = Pattern.compile("\"number\":(\\d+)");
    private static final Pattern NETWORK_RULE = Pattern.compile("\"who\":\"192\\.0\\.2\\.0/24\",\"number\":(\\d+)");

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private ServerProcess start() throws Exception {
        return new ServerProcess(folder, "127.0.0.1", "-p", "0", "--open", "--data", data());
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private int ctl(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> args = new ArrayList<>(List.of("ctl", "--data", data()));
        args.addAll(List.of(words));
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args.toArray(String[]::new));
    }

    @Test
    void a_running_server_does_what_it_is_told_and_says_so() throws Exception {
        try (ServerProcess server = start();
                ChatClient ada = ChatClient.builder()
                        .server(server.awaitReady())
                        .name("ada")
                        .connect()
                        .get(SECONDS, TimeUnit.SECONDS)) {
            ada.join(RoomName.LOBBY, JoinHistory.NONE).get(SECONDS, TimeUnit.SECONDS);

            assertThat(ctl("who", "lobby")).isZero();
            assertThat(out.toString().lines()).hasSize(2).anyMatch(line -> line.startsWith("ada "));
            assertThat(ctl("sessions", "--json")).isZero();
            assertThat(out.toString().lines())
                    .singleElement()
                    .asString()
                    .matches("\\{\"name\":\"ada\",\"account\":1,.*"
                            + "\"address\":\"127\\.0\\.0\\.1:\\d+\",.*\\[\"lobby\"]}");
            assertThat(ctl("say", "lobby", "a", "b", "--json")).isZero();
            assertThat(out.toString()).matches("\\{\"room\":\"lobby\",\"seq\":2,\"time\":\".*\"}\\R");
            assertThat(ctl("announce", "lobby", "--json", "--", "-x")).isZero();
            assertThat(out.toString().strip()).isEqualTo("{\"done\":\"Told everybody who is in #lobby now.\"}");
            assertThat(ctl("topic", "lobby", "the topic")).isZero();
            assertThat(ctl("topic", "lobby", "--json")).isZero();
            assertThat(out.toString().strip()).isEqualTo("{\"room\":\"lobby\",\"topic\":\"the topic\"}");
            assertThat(err.toString()).isEmpty();

            assertThat(ctl("kick", "lobby", "nobody")).isEqualTo(2);
            assertThat(err.toString()).hasLineCount(1);
            assertThat(ctl("close", "lobby")).isEqualTo(64);
            assertThat(err.toString()).contains("Close #lobby, where 1 person is? Say --yes.");
            assertThat(ctl("close", "lobby", "--yes")).isZero();
            assertThat(ctl("disconnect", "ada", "good", "night")).isZero();
            assertThat(out.toString().strip()).isEqualTo("Disconnected ada.");
        }
    }

    @Test
    void order_is_kept_in_a_room() throws Exception {
        try (ServerProcess server = start();
                ChatClient ada = ChatClient.builder()
                        .server(server.awaitReady())
                        .name("ada")
                        .connect()
                        .get(SECONDS, TimeUnit.SECONDS)) {
            ada.join(RoomName.LOBBY, JoinHistory.NONE).get(SECONDS, TimeUnit.SECONDS);

            assertThat(ctl("mute", "lobby", "ada", "10m", "too", "loud")).isZero();
            assertThat(out.toString().strip()).isEqualTo("Muted ada in #lobby for 10 minutes.");
            assertRefused(ada.send(RoomName.LOBBY, "hello"));
            assertThat(ctl("unmute", "lobby", "ada")).isZero();
            ada.send(RoomName.LOBBY, "hello").get(SECONDS, TimeUnit.SECONDS);
            assertThat(ctl("invite", "lobby", "ada")).isZero();
            assertThat(ctl("uninvite", "lobby", "ada", "a", "mistake")).isZero();
            assertThat(out.toString().strip()).isEqualTo("ada is not invited into #lobby any more.");
            assertThat(ctl("uninvite", "lobby", "ada")).isNotZero();
            assertThat(err.toString()).contains("ada is not invited into #lobby.");
            assertThat(ctl("ban", "lobby", "ada", "that", "is", "enough")).isZero();
            assertThat(out.toString().strip()).isEqualTo("Banned ada from #lobby for good.");
            assertRefused(ada.join(RoomName.LOBBY, JoinHistory.NONE));
            assertThat(ctl("bans", "lobby", "--json")).isZero();
            assertThat(out.toString())
                    .contains("{\"what\":\"ban\",\"name\":\"ada\",\"account\":1,\"until\":\"\",\"by\":\"server\",")
                    .contains("\"reason\":\"that is enough\"}");
            assertThat(ctl("unban", "lobby", "ada")).isZero();
            assertThat(ctl("bans", "lobby")).isZero();
            assertThat(out.toString().strip()).isEqualTo("Nobody is banned or muted in #lobby.");
            ada.join(RoomName.LOBBY, JoinHistory.NONE).get(SECONDS, TimeUnit.SECONDS);

            assertThat(ctl("role", "lobby", "ada", "Moderator")).isZero();
            assertThat(ctl("who", "lobby", "--json")).isZero();
            assertThat(out.toString()).contains("{\"name\":\"ada\",\"role\":\"moderator\",");
            assertThat(ctl("mode", "lobby", "moderated", "on")).isZero();
            assertThat(ctl("slow", "lobby", "2m")).isZero();
            assertThat(ctl("modes", "lobby")).isZero();
            assertThat(out.toString()).containsPattern("(?m)^moderated +on$").containsPattern("(?m)^slow +120$");
            assertThat(ctl("describe", "lobby", "for all")).isZero();
            assertThat(ctl("describe", "lobby")).isZero();
            assertThat(out.toString()).contains("for all");

            assertThat(ctl("mode", "lobby", "moderate", "on")).isEqualTo(64);
            assertThat(err.toString()).contains("The modes are invite-only, members-only, moderated");
            assertThat(ctl("mode", "lobby", "slow", "forever")).isEqualTo(64);
            assertThat(ctl("role", "lobby", "ada", "king")).isEqualTo(64);
            assertThat(err.toString()).contains("The roles in a room are guest, member, moderator, owner.");
            assertThat(ctl("ban", "lobby", "who-ever")).isEqualTo(2);
        }
    }

    @Test
    void order_is_kept_on_the_server() throws Exception {
        try (ServerProcess server = start()) {
            ChatClient.Builder again =
                    ChatClient.builder().server(server.awaitReady()).name("ada").device(DeviceSecret.generate());
            again.connect().get(SECONDS, TimeUnit.SECONDS).close();

            assertThat(ctl("server-ban", "ada", "7d", "that", "is", "enough")).isZero();
            assertThat(out.toString().strip()).isEqualTo("Banned ada for 1 week.");
            assertRefused(again.connect());
            assertThat(ctl("server-bans", "--json")).isZero();
            assertThat(out.toString()).contains("\"who\":\"ada\"", "\"reason\":\"that is enough\"");
            assertThat(ctl("server-unban", "ada")).isZero();
            again.connect().get(SECONDS, TimeUnit.SECONDS).close();

            assertThat(ctl("network-ban", "192.0.2.0/24", "forever")).isZero();
            assertThat(ctl("server-bans", "--json")).isZero();
            Matcher rule = NETWORK_RULE.matcher(out.toString());
            assertThat(rule.find()).isTrue();
            assertThat(ctl("network-unban", rule.group(1))).isZero();
            assertThat(ctl("server-bans")).isZero();
            assertThat(out.toString().strip()).isEqualTo("Nobody is banned from the server.");

            assertThat(ctl("server-mute", "ada", "10m")).isZero();
            assertThat(ctl("server-mutes")).isZero();
            assertThat(out.toString()).contains("ada");
            assertThat(ctl("server-unmute", "ada")).isZero();
            assertThat(ctl("switch", "newcomers", "off")).isZero();
            assertThat(ctl("switch", "slow", "10s")).isZero();
            assertThat(ctl("switches")).isZero();
            assertThat(out.toString().lines()).contains("newcomers  off", "new-rooms  on", "slow       10s");

            assertThat(ctl("staff-log")).isZero();
            assertThat(out.toString())
                    .contains("  banned ada ", "that is enough")
                    .doesNotContain("192.0.2");
            assertThat(ctl("staff-log", "1")).isZero();
            assertThat(out.toString().lines()).hasSize(2);

            assertThat(ctl("switch", "slow", "2h")).isEqualTo(64);
            assertThat(ctl("switch", "everything", "off")).isEqualTo(64);
            assertThat(err.toString()).contains("The switches are newcomers, new-rooms and slow.");
            assertThat(ctl("network-ban", "nonsense")).isEqualTo(64);
            assertThat(ctl("server-ban", "nobody")).isEqualTo(2);
        }
    }

    @Test
    void accounts_are_looked_after_and_a_first_owner_is_made() throws Exception {
        try (ServerProcess server = start()) {
            InviteLink link = server.awaitReady();
            ChatClient.Builder ada =
                    ChatClient.builder().server(link).name("ada").device(DeviceSecret.generate());
            ada.connect().get(SECONDS, TimeUnit.SECONDS).close();

            assertThat(ctl("owner", "ada")).isZero();
            assertThat(out.toString().strip()).isEqualTo("ada is now owner of the server.");
            try (ChatClient owner = ada.connect().get(SECONDS, TimeUnit.SECONDS)) {
                assertThat(ctl("sessions", "--json")).isZero();
                assertThat(out.toString()).contains("\"name\":\"ada\"", "\"role\":\"owner\"");
                owner.join(RoomName.LOBBY, JoinHistory.NONE).get(SECONDS, TimeUnit.SECONDS);
            }
            assertThat(ctl("owner", "nobody")).isEqualTo(2);
            assertThat(ctl("server-role", "ada", "no such role!")).isEqualTo(64);

            assertThat(ctl("passwd", "ada", "open sesame")).isZero();
            ChatClient.Builder second = ChatClient.builder()
                    .server(link)
                    .name("ada")
                    .device(DeviceSecret.generate())
                    .password("open sesame");
            second.connect().get(SECONDS, TimeUnit.SECONDS).close();
            assertThat(ctl("devices", "ada", "--json")).isZero();
            assertThat(out.toString().lines()).hasSize(2);
            assertThat(ctl("revoke", "ada", "2")).isEqualTo(64);
            assertThat(err.toString()).contains("Shut device 2 of ada out for good?");
            assertThat(ctl("revoke", "ada", "2", "--yes")).isZero();
            assertRefused(second.connect());

            assertThat(ctl("rename", "ada", "lovelace")).isZero();
            assertThat(out.toString().strip()).isEqualTo("ada is now called lovelace.");
            assertThat(ctl("rename", "lovelace", "\u202e")).isEqualTo(64);

            assertThat(ctl("invite-link", "1", "2d", "lobby", "member")).isZero();
            assertThat(out.toString()).contains("kabar://127.0.0.1:");
            assertThat(ctl("invitations", "--json")).isZero();
            assertThat(out.toString()).contains("\"room\":\"lobby\",\"role\":\"member\",\"uses\":\"1\"");
            Matcher number = NUMBER.matcher(out.toString());
            assertThat(number.find()).isTrue();
            assertThat(ctl("withdraw", number.group(1))).isZero();
            assertThat(ctl("invitations")).isZero();
            assertThat(out.toString().strip()).isEqualTo("There is no invitation.");
        }
    }

    private static void assertRefused(CompletableFuture<?> asked) {
        assertThat(asked)
                .failsWithin(Duration.ofSeconds(SECONDS))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(ChatException.class);
    }

    @Test
    void a_stop_is_answered_and_leaves_nothing_behind() throws Exception {
        try (ServerProcess server = start()) {
            server.awaitReady();
            Path socket = folder.resolve("data/control/kabar.sock");
            assertThat(socket).exists();
            try (ServerProcess second = start()) {
                assertThat(second.awaitExit()).isEqualTo(1);
                assertThat(second.stderr()).contains("in use by another server");
            }
            assertThat(ctl("rooms")).as("the first is still reached").isZero();

            assertThat(ctl("stop")).isZero();

            assertThat(out.toString().strip()).isEqualTo("The server is stopping.");
            assertThat(server.awaitExit()).isZero();
            assertThat(server.stderr()).doesNotContain("WARN").contains("stopped");
            assertThat(socket).doesNotExist();
            assertThat(ctl("rooms")).isEqualTo(3);
        }
    }

    @Test
    void a_server_that_was_killed_leaves_a_socket_that_the_next_one_replaces() throws Exception {
        try (ServerProcess server = start()) {
            server.awaitReady();
            server.kill();
        }
        assertThat(folder.resolve("data/control/kabar.sock")).exists();
        assertThat(ctl("rooms")).isEqualTo(3);
        assertThat(err.toString()).startsWith("No server runs on the data folder ");
        try (ServerProcess server = start()) {
            server.awaitReady();
            assertThat(ctl("rooms")).isZero();
            assertThat(server.stderr()).doesNotContain("WARN");
        }
    }

    @Test
    void a_server_serves_also_where_it_cannot_be_commanded() throws Exception {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/control"), "a file");
        try (ServerProcess server = start()) {
            server.awaitReady();
            assertThat(server.stderr()).contains("kabar ctl cannot reach this server: ");
            assertThat(ctl("rooms")).isEqualTo(3);
        }
        assertThat(folder.resolve("data/control")).hasContent("a file");
    }

    @Test
    void wrong_usage_is_64_and_no_server_is_3() {
        assertThat(ctl("rooms")).isEqualTo(3);
        assertThat(err.toString()).contains("There is no data folder " + data());
        assertThat(ctl()).isEqualTo(64);
        assertThat(err.toString()).contains("Which command?", "Try 'kabar ctl --help'");
        assertThat(ctl("rooms", "--jsn")).isEqualTo(64);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void help_is_made_of_the_table() {
        assertThat(ctl("--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: kabar ctl").contains("Exit codes: 0 done, 2 refused");
        ControlTable.rows().forEach(row -> assertThat(out.toString()).contains("  " + row.usage() + " ", row.help()));
        assertThat(ctl("kick", "--help")).isZero();
        assertThat(out.toString())
                .startsWith("kabar ctl kick ROOM NAME [REASON...]")
                .hasLineCount(2);
        assertThat(ctl("help", "kick")).isZero();
        assertThat(out.toString())
                .startsWith("kabar ctl kick ROOM NAME [REASON...]")
                .hasLineCount(2);
        assertThat(ctl("help", "nonsense")).isEqualTo(64);
    }
}
