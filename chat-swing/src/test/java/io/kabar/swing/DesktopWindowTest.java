package io.kabar.swing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.DeviceSecret;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.MemoryAccountStore;
import io.kabar.chat.server.MemoryJournal;
import io.kabar.chat.server.ServerSecret;
import io.kabar.chat.spi.PasswordVerifier;
import io.kabar.chat.view.files.UserFolders;
import io.kabar.swing.look.Theme;
import io.kabar.swing.settings.Settings;
import io.kabar.swing.settings.Worker;
import java.awt.Dialog;
import java.awt.Window;
import java.awt.event.KeyEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.swing.JList;
import org.assertj.swing.fixture.FrameFixture;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole desktop against a real server on loopback. */
class DesktopWindowTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PASSWORD = "open sesame";
    private static final int ROUNDS = 10_000;

    @RegisterExtension
    final OnScreen screen = new OnScreen();

    @TempDir
    Path folder;

    private final ServerSecret secret = ServerSecret.generate();
    private final MemoryJournal journal = new MemoryJournal();
    private final MemoryAccountStore accounts = new MemoryAccountStore();
    private final Worker worker = new Worker();
    private final CountDownLatch closed = new CountDownLatch(1);
    private ChatServer server;
    private FrameFixture window;

    @BeforeEach
    void open() throws Exception {
        start(0);
        UserFolders folders =
                new UserFolders(folder.resolve("config"), folder.resolve("data"), folder.resolve("state"));
        Settings settings = Settings.defaults().with(Theme.Choice.LIGHT, 100);
        OnScreen.inEventThread(() -> {
            new DesktopWindow(settings, folders, worker, closed::countDown).open("");
            return null;
        });
        window = screen.find("desktop");
    }

    private void start(int port) throws IOException {
        server = ChatServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                // As few rounds as are allowed: this is no test of their slowness.
                .joinVerifier(PasswordVerifier.derive(PASSWORD, ROUNDS))
                .secret(secret)
                .journal(journal)
                .accounts(accounts)
                .start();
    }

    @AfterEach
    void close() {
        worker.finish();
        if (server != null) {
            server.close();
        }
    }

    @Test
    void two_people_talk() throws Exception {
        connect(server.inviteLink("127.0.0.1").toString(), "ada", PASSWORD);
        eventually().untilAsserted(() -> window.label("chat.title").requireText("#lobby"));

        try (ChatClient bob = client("bob")) {
            bob.join(RoomName.LOBBY, JoinHistory.last(50)).get(30, TimeUnit.SECONDS);
            bob.send(RoomName.LOBBY, "hello from bob").get(30, TimeUnit.SECONDS);
            awaitLine("bob: hello from bob");

            window.textBox("chat.input").setText("hello from ada").pressAndReleaseKeys(KeyEvent.VK_ENTER);

            awaitLine("ada: hello from ada, accepted #");
            assertThat(people()).contains("ada", "bob");
        }
        eventually().untilAsserted(() -> assertThat(people()).containsExactly("ada"));
    }

    @Test
    void whoever_comes_again_is_in_their_rooms_with_what_was_said_there() {
        connect(server.inviteLink("127.0.0.1").toString(), "ada", PASSWORD);
        awaitLine("You are in #lobby");
        window.textBox("chat.input").setText("/join ops").pressAndReleaseKeys(KeyEvent.VK_ENTER);
        eventually().untilAsserted(() -> window.label("chat.title").requireText("#ops"));
        signOut();
        window.button("connect.connect").requireEnabled();

        connect(server.inviteLink("127.0.0.1").toString(), "ada", PASSWORD);

        eventually().untilAsserted(() -> assertThat(spoken("chat.rooms.list")).containsExactly("#lobby", "#ops"));
        window.textBox("chat.input").setText("/leave ops").pressAndReleaseKeys(KeyEvent.VK_ENTER);
        eventually().untilAsserted(() -> assertThat(spoken("chat.rooms.list")).containsExactly("#lobby"));
        signOut();
        window.button("connect.connect").requireEnabled();
        connect(server.inviteLink("127.0.0.1").toString(), "ada", PASSWORD);
        awaitLine("You are in #lobby");
        assertThat(spoken("chat.rooms.list")).containsExactly("#lobby");
    }

    @Test
    void first_contact_shows_the_key_to_compare() {
        connect("127.0.0.1:" + server.address().getPort(), "ada", PASSWORD);

        eventually()
                .untilAsserted(
                        () -> assertThat(window.textBox("chat.banner.text").text())
                                .contains(server.key().fullFingerprint()));
    }

    @Test
    void wrong_password_is_told_where_it_is_typed() {
        connect(server.inviteLink("127.0.0.1").toString(), "ada", "wrong");

        awaitSentence("The password is wrong.");
    }

    @Test
    void taken_name_is_told_where_it_is_typed() throws Exception {
        try (ChatClient bob = client("bob")) {
            assertThat(bob.name().text()).isEqualTo("bob");

            connect(server.inviteLink("127.0.0.1").toString(), "bob", PASSWORD);

            awaitSentence("taken");
        }
    }

    @Test
    void changed_key_is_told_with_both_fingerprints() throws Exception {
        try (ChatServer other = ChatServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .open()
                .start()) {
            String link = "kabar://127.0.0.1:" + server.address().getPort() + "#"
                    + other.key().text();

            connect(link, "ada", PASSWORD);

            awaitSentence(other.key().fullFingerprint());
            awaitSentence(server.key().fullFingerprint());
        }
    }

    @Test
    void who_comes_back_finds_their_place_and_nothing_that_notifies() throws Exception {
        String link = server.inviteLink("127.0.0.1").toString();
        connect(link, "ada", PASSWORD);
        awaitLine("You are in #lobby");
        signOut();
        window.button("connect.connect").requireEnabled();
        try (ChatClient bob = client("bob")) {
            bob.join(RoomName.LOBBY, JoinHistory.NONE).get(30, TimeUnit.SECONDS);
            for (int i = 0; i < 60; i++) {
                bob.send(RoomName.LOBBY, "ada: number " + i).get(30, TimeUnit.SECONDS);
            }

            connect(link, "ada", PASSWORD);

            awaitLine("Since you left (just now): 60 messages.");
            List<String> lines = shown().spoken();
            int mark = IntStream.range(0, lines.size())
                    .filter(i -> lines.get(i).contains("Since you left"))
                    .findFirst()
                    .orElseThrow();
            eventually().untilAsserted(() -> assertThat(shown().firstVisible()).isEqualTo(mark));
            window.requireTitle("#lobby · ada · Kabar");
        }
    }

    @Test
    void restarted_server_shows_no_dialog_and_no_leave_and_what_was_written_meanwhile_is_accepted() throws Exception {
        connect(server.inviteLink("127.0.0.1").toString(), "ada", PASSWORD);
        awaitLine("You are in #lobby");
        int port = server.address().getPort();

        server.close();
        awaitLine("The server is stopping; you will be back by yourself when it is.");
        window.textBox("chat.input").setText("meanwhile").pressAndReleaseKeys(KeyEvent.VK_ENTER);
        awaitLine("ada: meanwhile, sending");
        eventually()
                .untilAsserted(
                        () -> window.label("chat.status.connection").requireText("◌ searching for network (1 queued)"));
        start(port);

        awaitLine("ada: meanwhile, accepted #2");
        window.label("chat.status.connection").requireText("● live");
        assertThat(shown().spoken()).noneMatch(line -> line.contains("left") || line.contains("rejoined"));
        assertThat(people()).containsExactly("ada");
        assertThat(Window.getWindows()).noneMatch(open -> open instanceof Dialog && open.isShowing());
    }

    @Test
    void second_device_with_the_same_name_is_told_and_both_go_on() throws Exception {
        connect(server.inviteLink("127.0.0.1").toString(), "ada", PASSWORD);
        awaitLine("You are in #lobby");

        try (ChatClient second = ChatClient.builder()
                .server(server.inviteLink("127.0.0.1"))
                .name("ada")
                .password(PASSWORD)
                .device(DeviceSecret.inFile(folder.resolve("data/device")))
                .connect()
                .get(30, TimeUnit.SECONDS)) {
            awaitLine("You have signed in on another device with the same name, too; both go on.");
            second.join(RoomName.LOBBY, JoinHistory.NONE).get(30, TimeUnit.SECONDS);
            second.send(RoomName.LOBBY, "from the other").get(30, TimeUnit.SECONDS);

            awaitLine("ada: from the other, accepted #");
            assertThat(people()).containsExactly("ada");
        }
    }

    @Test
    void stopped_server_is_searched_for_in_the_status_bar() {
        connect(server.inviteLink("127.0.0.1").toString(), "ada", PASSWORD);
        eventually().untilAsserted(() -> window.label("chat.title").requireText("#lobby"));

        server.close();

        eventually()
                .untilAsserted(
                        () -> assertThat(window.label("chat.status.connection").text())
                                .contains("searching for network"));
        window.textBox("chat.input").requireEnabled();
    }

    @Test
    void signing_out_leads_back_to_where_one_came_from() {
        connect(server.inviteLink("127.0.0.1").toString(), "ada", PASSWORD);
        eventually().untilAsserted(() -> window.label("chat.title").requireText("#lobby"));

        signOut();

        window.button("connect.connect").requireEnabled();
        eventually().until(() -> server.stats().sessions() == 0);
    }

    @Test
    void closing_the_window_signs_out() throws Exception {
        connect(server.inviteLink("127.0.0.1").toString(), "ada", PASSWORD);
        eventually().untilAsserted(() -> window.label("chat.title").requireText("#lobby"));

        window.close();

        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        eventually().until(() -> server.stats().sessions() == 0);
    }

    private void connect(String address, String name, String password) {
        window.textBox("connect.server").setText(address);
        window.textBox("connect.name").setText(name);
        window.textBox("connect.password").setText(password);
        window.button("connect.connect").click();
    }

    private ChatClient client(String name) throws Exception {
        return ChatClient.builder()
                .server(server.inviteLink("127.0.0.1"))
                .name(name)
                .password(PASSWORD)
                .connect()
                .get(30, TimeUnit.SECONDS);
    }

    /** A window that is not there yet is no failure yet. */
    private static ConditionFactory eventually() {
        return await().atMost(PATIENCE).ignoreExceptions();
    }

    private void awaitSentence(String part) {
        eventually()
                .untilAsserted(
                        () -> assertThat(window.textBox("connect.message.text").text())
                                .contains(part));
    }

    private void awaitLine(String part) {
        eventually().untilAsserted(() -> assertThat(shown().spoken()).anyMatch(line -> line.contains(part)));
    }

    private void signOut() {
        window.button("chat.menu").click();
        window.menuItem("chat.signOut").click();
    }

    private ShownLines shown() {
        return new ShownLines(screen.robot(), window);
    }

    private List<String> people() {
        return spoken("chat.roster.list");
    }

    private List<String> spoken(String name) {
        JList<?> list = window.list(name).target();
        return OnScreen.inEventThread(() -> IntStream.range(0, list.getModel().getSize())
                .mapToObj(i -> String.valueOf(list.getAccessibleContext()
                        .getAccessibleChild(i)
                        .getAccessibleContext()
                        .getAccessibleName()))
                .toList());
    }
}
