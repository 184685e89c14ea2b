package io.kabar.daemon.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.InviteLink;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.server.ChatServer;
import io.kabar.daemon.control.ControlHost;
import io.kabar.daemon.control.ControlRunner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PromptTest implements ControlHost, Prompt.Input {

    private static final String CTRL_C = "^C";

    private final Deque<String> typed = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final List<String> printed = new ArrayList<>();
    private final AtomicInteger stopped = new AtomicInteger();
    private ChatServer server;
    private ChatClient ada;

    @BeforeEach
    void start() throws Exception {
        server = ChatServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .open()
                .start();
        ada = ChatClient.builder()
                .server(server.inviteLink("127.0.0.1"))
                .name("ada")
                .connect()
                .get(30, TimeUnit.SECONDS);
        ada.join(RoomName.LOBBY, JoinHistory.NONE).get(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void stopAll() {
        ada.close();
        server.close();
    }

    @Override
    public ChatServer server() {
        return server;
    }

    @Override
    public InviteLink invitation() {
        return server.inviteLink("localhost");
    }

    @Override
    public void stop() {
        stopped.incrementAndGet();
    }

    @Override
    public Optional<String> read(String prompt) throws Prompt.Interrupted {
        asked.add(prompt);
        String next = typed.poll();
        if (CTRL_C.equals(next)) {
            throw new Prompt.Interrupted();
        }
        return Optional.ofNullable(next);
    }

    @Override
    public Optional<String> readSecretly(String prompt) throws Prompt.Interrupted {
        return read("secretly: " + prompt);
    }

    private void run(String... lines) throws IOException {
        typed.addAll(List.of(lines));
        new Prompt(this, text -> printed.addAll(text.lines().toList()), new ControlRunner(this)).run();
    }

    @Test
    void commands_are_done_and_what_is_wrong_is_said() throws IOException {
        run(
                "",
                "who lobby",
                "/TOPIC lobby  two  blanks",
                "topic lobby",
                "kick lobby",
                "nonsense \u001b[2J",
                "kick lobby eve");

        assertThat(printed)
                .contains("ada   guest  here", "lobby  two  blanks", "Usage: kick ROOM NAME [REASON...]")
                .contains("There is no command nonsense; help lists them.")
                .last()
                .isEqualTo("No more commands are read here; the server goes on. Ctrl+C stops it.");
        assertThat(printed).noneMatch(line -> line.indexOf('\u001b') >= 0);
        assertThat(stopped).hasValue(0);
    }

    @Test
    void what_cannot_be_undone_is_done_when_somebody_says_yes() throws IOException {
        run("close lobby", "n", "stop", "", "close lobby", "Y", "stop", "y", "rooms");

        assertThat(asked)
                .contains(
                        "Close #lobby, where 1 person is? [y/N] ",
                        "1 person is connected. Stop the server all the same? [y/N] ");
        assertThat(printed)
                .containsExactly("Nothing was done.", "Nothing was done.", "Closed #lobby.", "The server is stopping.");
        assertThat(stopped).hasValue(1);
        assertThat(typed).as("nothing is read after that").containsExactly("rooms");
    }

    @Test
    void a_password_is_asked_for_where_nobody_sees_it() throws Exception {
        run("passwd ada", "open sesame", "passwd ada", CTRL_C, "n");

        assertThat(asked).contains("secretly: Password: ").noneMatch(line -> line.contains("sesame"));
        assertThat(printed).startsWith("ada has a new password.");
    }

    @Test
    void ctrl_c_asks_and_twice_is_yes() throws IOException {
        run(CTRL_C, "no", "close lobby", CTRL_C, CTRL_C, CTRL_C);

        assertThat(printed).containsExactly("Nothing was done.", "Nothing was done.", "The server is stopping.");
        assertThat(stopped).hasValue(1);
    }

    @Test
    void commands_rooms_and_names_are_completed() {
        CommandCompleter completer = new CommandCompleter(server);

        assertThat(completer.words(List.of("k"), 0)).contains("kick", "rooms");
        assertThat(completer.words(List.of("kick", ""), 1)).containsExactly("lobby");
        assertThat(completer.words(List.of("kick", "lobby", ""), 2)).containsExactly("ada");
        assertThat(completer.words(List.of("kick", "lobby", "ada", ""), 3)).isEmpty();
        assertThat(completer.words(List.of("rooms", ""), 1)).isEmpty();
        assertThat(completer.words(List.of("nonsense", ""), 1)).isEmpty();
    }
}
