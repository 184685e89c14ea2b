package io.kabar.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kabar.chat.CloseReason;
import io.kabar.chat.InviteLink;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ChatClientListener;
import io.kabar.chat.client.ConnectionState;
import io.kabar.chat.server.ChatServerListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to those who are signed in when the server is started anew, or its files are edited. */
class SignedInTest {

    /** Of the form of those made here, which cost few rounds. */
    private static final String PASSWORD = "lusab-babad-gutih-tugad";

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path parent;

    private final List<String> closed = new CopyOnWriteArrayList<>();

    private Daemon start(int port, Path passwordFile) throws Exception {
        DaemonSettings settings = DaemonSettings.read(
                        List.of(
                                "--data",
                                parent.resolve("data").toString(),
                                "--password-file",
                                passwordFile.toString()),
                        Map.of())
                .withBind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return Daemon.start(settings, new ChatServerListener() {});
    }

    private ChatClient signIn(Daemon daemon, String name) throws Exception {
        InviteLink link = daemon.invitation();
        return ChatClient.builder()
                .server(link)
                .name(UserName.of(name))
                .password(PASSWORD)
                .listener(new ChatClientListener() {
                    @Override
                    public void onClosed(ChatClient from, CloseReason reason, String sentence) {
                        closed.add(name + ": " + sentence);
                    }
                })
                .connect()
                .get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void a_client_comes_back_by_ticket_to_a_server_that_is_given_its_password_at_each_start() throws Exception {
        Path password = Files.writeString(parent.resolve("password"), PASSWORD);
        int port;
        ChatClient client;
        try (Daemon daemon = start(0, password)) {
            port = daemon.server().address().getPort();
            client = signIn(daemon, "ada");
        }
        try (client;
                Daemon daemon = start(port, password)) {
            await().atMost(SOON)
                    .until(() -> client.state() == ConnectionState.LIVE
                            && daemon.server().stats().logins() == 1);
            assertThat(daemon.server().stats().resumptions()).isEqualTo(1);
        }
    }

    @Test
    void who_is_taken_out_of_the_accounts_is_signed_out_within_seconds() throws Exception {
        Path password = Files.writeString(parent.resolve("password"), PASSWORD);
        try (Daemon daemon = start(0, password);
                ChatClient ada = signIn(daemon, "ada");
                ChatClient bob = signIn(daemon, "bob")) {
            edit(text -> text.replace(",bob,member,", ",bob,removed,"));

            await().atMost(SOON).until(() -> !closed.isEmpty());
            assertThat(closed).singleElement().asString().startsWith("bob: ");
            assertThat(bob.state()).isEqualTo(ConnectionState.SIGNED_OUT);
            assertThat(ada.state()).isEqualTo(ConnectionState.LIVE);
        }
    }

    private void edit(UnaryOperator<String> change) throws IOException {
        Path users = parent.resolve("data/users.csv");
        String text = Files.readString(users);
        String edited = change.apply(text);
        assertThat(edited).isNotEqualTo(text);
        Files.writeString(users, edited);
    }
}
