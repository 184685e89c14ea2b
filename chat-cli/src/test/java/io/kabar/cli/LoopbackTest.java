package io.kabar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.InviteLink;
import io.kabar.chat.UserName;
import io.kabar.chat.client.DeviceSecret;
import io.kabar.chat.internal.files.OwnerOnly;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.MemoryAccountStore;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.PasswordVerifier;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a script uses them, against a real server. */
class LoopbackTest {

    private static final String PASSWORD = "open sesame";

    @TempDir
    Path home;

    private ChatServer server;
    private String link;

    @BeforeEach
    void start() throws IOException {
        server = ChatServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .joinVerifier(PasswordVerifier.derive(PASSWORD, 10_000))
                .start();
        link = server.inviteLink(server.address().getHostString()).toString();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Shell shell(String device) {
        Shell shell = new Shell(home.resolve(device));
        shell.variables.put("KABAR_PASSWORD", PASSWORD);
        return shell;
    }

    @Test
    void a_script_reads_what_is_there_and_leaves_and_goes_on_where_it_was() {
        Shell sender = shell("ada");
        assertThat(sender.typing("one\ntwo\nthree\n", "send", link, "-u", "ada", "-r", "ops", "-"))
                .isZero();
        Shell reader = shell("bob");
        assertThat(reader.run("tail", link, "-u", "bob", "-r", "ops", "-n", "2"))
                .isZero();
        assertThat(reader.out()).contains("two", "three").doesNotContain("one", "bob");

        String place = home.resolve("place").toString();
        Shell first = shell("bob");
        assertThat(first.run("tail", link, "-u", "bob", "-r", "ops", "--json", "--since-last", place))
                .isZero();
        assertThat(first.out()).contains("\"one\"", "\"three\"").doesNotContain("bob");
        Shell none = shell("bob");
        assertThat(none.run("tail", link, "-u", "bob", "-r", "ops", "--since-last", place))
                .isZero();
        assertThat(none.out()).isEmpty();
        assertThat(sender.run("send", link, "-u", "ada", "-r", "ops", "--action", "waves"))
                .isZero();
        Shell second = shell("bob");
        assertThat(second.run("tail", link, "-u", "bob", "-r", "ops", "--since-last", place))
                .isZero();
        assertThat(second.out()).contains("* ada waves").doesNotContain("three", "bob");
        assertThat(second.err()).isEmpty();
        assertThat(second.run("tail", link, "-u", "bob", "-r", "empty", "-n", "5"))
                .isZero();
    }

    @Test
    void a_script_searches_and_is_told_what_was_accepted() {
        Shell sender = shell("ada");
        assertThat(sender.typing("a red rose\na rose\nred tea\n", "send", link, "-u", "ada", "--json", "-"))
                .isZero();
        assertThat(sender.lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("{\"room\":\"lobby\",\"seq\":") && line.contains("\"time\":\"20"));
        Shell reader = shell("bob");
        assertThat(reader.run("search", link, "-u", "bob", "red", "rose")).isZero();
        assertThat(reader.lines()).anyMatch(line -> line.endsWith("ada: a red rose"));
        assertThat(reader.out()).doesNotContain("tea");
        Shell json = shell("bob");
        assertThat(json.run("search", link, "-u", "bob", "--json", "-n", "1", "red"))
                .isZero();
        assertThat(json.lines()).hasSize(1).allMatch(line -> line.contains("\"text\":\"red tea\""));
    }

    @Test
    void what_is_sent_can_be_read_without_holes() {
        String lines =
                IntStream.rangeClosed(1, 40).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
        Shell sender = shell("ada");
        assertThat(sender.run("send", link, "-u", "ada", "-r", "ops", "first", "words"))
                .isZero();
        assertThat(sender.typing(lines, "send", link, "-u", "ada", "-r", "ops", "-"))
                .isZero();
        assertThat(sender.err()).isEmpty();
        assertThat(sender.out()).isEmpty();

        // joined, said, left; joined, 40 said, left
        Shell reader = shell("bob");
        assertThat(reader.run("tail", link, "-u", "bob", "-r", "ops", "--json", "--from", "1", "--count", "45"))
                .isZero();
        assertThat(reader.lines()).hasSize(45);
        for (int i = 0; i < 45; i++) {
            assertThat(reader.lines().get(i))
                    .startsWith("{\"type\":\"")
                    .containsPattern("\"epoch\":[1-9][0-9]*,\"seq\":" + (i + 1) + ",")
                    .endsWith(",\"replayed\":true}");
        }
        assertThat(reader.lines().get(1)).contains("\"type\":\"said\"", "\"from\":\"ada\"", "\"text\":\"first words\"");
        assertThat(reader.lines().get(43)).contains("\"text\":\"line 40\"");
        assertThat(reader.err()).isEmpty();
    }

    @Test
    void a_pipe_can_chat() {
        Shell shell = shell("ada");
        assertThat(shell.typing(
                        "hello\n/nonsense\n/join #ops\nthere\n//slash\n", "chat", link, "-u", "ada", "-r", "lobby"))
                .isZero();

        assertThat(shell.out())
                .contains("-- Connected to ")
                .containsPattern("\\[\\d\\d:\\d\\d] #lobby you: hello   \\(accepted #2\\)")
                .contains("-- Unknown command /nonsense; /help lists them.")
                .containsPattern("#ops you: there   \\(accepted #2\\)")
                .containsPattern("#ops you: /slash   \\(accepted #3\\)");
        assertThat(shell.err()).isEmpty();
    }

    @Test
    void a_command_does_not_overtake_what_was_said_before_it_in_a_pipe() {
        String lines =
                IntStream.rangeClosed(1, 40).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
        Shell shell = shell("you");
        assertThat(shell.typing(lines + "/leave\n", "chat", link, "-u", "ada")).isZero();
        assertThat(shell.lines().stream().filter(line -> line.contains("(accepted #")))
                .hasSize(40);
        assertThat(shell.out()).doesNotContain("not sent");
    }

    @Test
    void somebody_named_you_is_not_taken_for_oneself() throws IOException {
        // Nobody new may be called so, but who has the name keeps it.
        server.close();
        MemoryAccountStore accounts = new MemoryAccountStore();
        accounts.register(new Account(
                0,
                new UserName("You"),
                Optional.of(PasswordVerifier.derive(PASSWORD, 10_000)),
                Optional.empty(),
                Account.MEMBER,
                Instant.EPOCH));
        server = ChatServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .joinVerifier(PasswordVerifier.derive(PASSWORD, 10_000))
                .accounts(accounts)
                .start();
        link = server.inviteLink(server.address().getHostString()).toString();
        assertThat(shell("you").run("send", link, "-u", "You", "x")).isZero();
        Shell reader = shell("ada");
        assertThat(reader.run("chat", link, "-u", "ada")).isZero();
        assertThat(reader.out()).contains("@You: x").doesNotContain(" You: x");
    }

    @Test
    void quit_ends_a_chat_before_the_input_does() {
        Shell shell = shell("ada");
        assertThat(shell.typing("one\nQUIT\ntwo\n", "chat", link, "-u", "ada")).isZero();
        assertThat(shell.out()).contains("you: one").doesNotContain("two");
    }

    @Test
    void history_is_restored_as_far_as_asked() {
        assertThat(shell("ada").typing("a\nb\nc\n", "send", link, "-u", "ada", "-"))
                .isZero();
        Shell all = shell("bob");
        assertThat(all.run("chat", link, "-u", "bob")).isZero();
        assertThat(all.out()).contains("ada: a", "ada: b", "ada: c");

        Shell none = shell("bob");
        assertThat(none.run("chat", link, "-u", "bob", "--history", "0")).isZero();
        assertThat(none.out()).doesNotContain("ada: ").contains("You are in #lobby");
    }

    @Test
    void rooms_and_people_are_listed_without_a_name() {
        assertThat(shell("ada").run("send", link, "-u", "ada", "-r", "ops", "x"))
                .isZero();
        Shell shell = shell("bob");
        assertThat(shell.run("rooms", link, "--json")).isZero();
        assertThat(shell.out()).contains("\"room\":\"ops\"").contains("\"seq\":");

        Shell who = shell("bob");
        assertThat(who.run("who", link, "-r", "ops")).isZero();
        assertThat(who.out()).isEmpty();
        assertThat(who.err()).isEqualTo("kabar: Nobody is in #ops.\n");
    }

    @Test
    void a_wrong_password_is_2() throws IOException {
        Path file = Files.writeString(home.resolve("password"), "wrong\n", StandardCharsets.UTF_8);
        OwnerOnly.close(file);
        Shell shell = shell("ada");
        assertThat(shell.run("send", link, "-u", "ada", "--password-file", file.toString(), "x"))
                .isEqualTo(2);
        assertThat(shell.err()).isEqualTo("kabar: The password is wrong.\n");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void secrets_that_everybody_may_read_are_remarked_on() throws IOException {
        Path password = Files.writeString(home.resolve("password"), "wrong\n", StandardCharsets.UTF_8);
        Path identity = home.resolve("device");
        DeviceSecret.inFile(identity);
        for (String rights : List.of("rw-------", "rw-r-----", "rw-r--r--")) {
            Files.setPosixFilePermissions(password, PosixFilePermissions.fromString(rights));
            Files.setPosixFilePermissions(identity, PosixFilePermissions.fromString(rights));
            Shell shell = shell("ada");
            shell.run(
                    "send",
                    link,
                    "-u",
                    "ada",
                    "--password-file",
                    password.toString(),
                    "--identity",
                    identity.toString(),
                    "x");
            if (rights.equals("rw-------")) {
                assertThat(shell.err()).doesNotContain("can be read");
            } else {
                String whom = rights.equals("rw-r-----") ? "others of its group" : "everybody on this machine";
                assertThat(shell.err())
                        .containsOnlyOnce(
                                "kabar: The password file " + password + " can be read by " + whom + ": chmod 600.\n")
                        .containsOnlyOnce(
                                "kabar: The device secret " + identity + " can be read by " + whom + ": chmod 600.\n");
            }
        }
    }

    @Test
    void no_password_is_2_and_tells_how_to_give_one() {
        Shell shell = new Shell(home);
        assertThat(shell.run("tail", link, "-u", "ada", "--json")).isEqualTo(2);
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err()).contains("--password-file or KABAR_PASSWORD");
    }

    @Test
    void a_name_of_another_device_is_2() {
        assertThat(shell("ada").run("send", link, "-u", "ada", "x")).isZero();
        Shell other = shell("other");
        assertThat(other.run("send", link, "-u", "Ada", "x")).isEqualTo(2);
        assertThat(other.err()).startsWith("kabar: That name is taken");
    }

    @Test
    void nobody_there_is_3() throws IOException {
        int free;
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        Shell shell = shell("ada");
        assertThat(shell.run("send", "127.0.0.1:" + free, "-u", "ada", "--timeout", "1", "x"))
                .isEqualTo(3);
        assertThat(shell.err()).isEqualTo("kabar: Nobody answers at 127.0.0.1:" + free + ".\n");

        Shell reader = shell("ada");
        assertThat(reader.run("tail", "127.0.0.1:" + free, "-u", "ada", "--timeout", "1"))
                .isEqualTo(3);
        assertThat(reader.err()).isEqualTo(shell.err());
    }

    @Test
    void a_name_without_an_address_is_3_and_is_said_to_be_one() {
        Shell shell = shell("ada");
        assertThat(shell.run("send", "nowhere.invalid", "-u", "ada", "x")).isEqualTo(3);
        assertThat(shell.err()).isEqualTo("kabar: There is no host named nowhere.invalid.\n");
    }

    @Test
    void a_file_that_is_no_identity_is_said_to_be_none() throws IOException {
        Path file = Files.writeString(home.resolve("letter"), "dear diary", StandardCharsets.UTF_8);
        Shell shell = shell("ada");
        assertThat(shell.run("send", link, "-u", "ada", "--identity", file.toString(), "x"))
                .isEqualTo(1);
        assertThat(shell.err()).isEqualTo("kabar: " + file + " does not hold a device secret.\n");
    }

    @Test
    void a_tail_that_sees_too_little_in_its_time_is_4() {
        Shell shell = shell("ada");
        assertThat(shell.run("tail", link, "-u", "ada", "--count", "1", "--timeout", "1"))
                .isEqualTo(4);
        assertThat(shell.err()).isEqualTo("kabar: There was no answer in time.\n");
    }

    @Test
    void a_message_that_is_too_long_is_2_and_the_others_are_sent() {
        Shell shell = shell("ada");
        assertThat(shell.typing("a\n" + "x".repeat(5000) + "\nb\n", "send", link, "-u", "ada", "-"))
                .isEqualTo(2);
        assertThat(shell.err()).startsWith("kabar: Line 2: ");

        Shell reader = shell("bob");
        assertThat(reader.run("tail", link, "-u", "bob", "--from", "1", "--count", "3"))
                .isZero();
        assertThat(reader.out()).contains("ada: a", "ada: b");
    }

    @Test
    void the_log_tells_of_the_connection_and_not_of_what_is_said() throws IOException {
        Path log = home.resolve("log");
        Shell shell = shell("ada");
        assertThat(shell.typing("a secret\n", "chat", link, "-u", "ada", "--log", log.toString()))
                .isZero();
        assertThat(log)
                .content(StandardCharsets.UTF_8)
                .contains("connects to " + server.address().getHostString() + ":", " as ada", "signed in at ")
                .contains("state changed: LIVE", "room entered: #lobby", "closed: SIGNED_OUT")
                .doesNotContain("a secret");
        Logs.silence();
    }

    @Test
    void a_key_that_could_not_be_remembered_is_not_said_to_be() throws IOException {
        InviteLink bare =
                InviteLink.to(server.address().getHostString(), server.address().getPort());
        Shell shell = shell("ada");
        // As in a home that cannot be written, also for a user who may write everywhere.
        Files.createDirectories(shell.folders().config().getParent());
        Files.createSymbolicLink(shell.folders().config(), Path.of("nowhere"));
        for (int i = 0; i < 2; i++) {
            shell = shell("ada");
            assertThat(shell.run("send", bare.toString(), "-u", "ada", "x")).isZero();
            assertThat(shell.err())
                    .contains("First contact", "could not be remembered", "known_servers cannot be written.")
                    .doesNotContain("from now on");
        }
    }

    @Test
    void the_first_contact_is_told_and_a_changed_key_is_2() throws IOException {
        InviteLink bare =
                InviteLink.to(server.address().getHostString(), server.address().getPort());
        Shell first = shell("ada");
        assertThat(first.run("send", bare.toString(), "-u", "ada", "x")).isZero();
        assertThat(first.err()).contains("First contact").contains(server.key().fullFingerprint());

        Shell again = shell("ada");
        assertThat(again.run("send", bare.toString(), "-u", "ada", "x")).isZero();
        assertThat(again.err()).isEmpty();

        server.close();
        server = ChatServer.builder()
                .bind(new InetSocketAddress(bare.host(), bare.port()))
                .joinVerifier(PasswordVerifier.derive(PASSWORD, 10_000))
                .start();
        Shell changed = shell("ada");
        assertThat(changed.run("send", bare.toString(), "-u", "ada", "x")).isEqualTo(2);
        assertThat(changed.err())
                .contains("key has changed")
                .contains("remove the line of " + bare.address() + " from ")
                .contains("known_servers");
    }
}
