package io.kabar.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ChatClientListener;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.ServerOptions;
import io.kabar.chat.server.ServerSecret;
import io.kabar.chat.view.ChatModel;
import io.kabar.cli.command.CallbackThread;
import io.kabar.cli.config.ClientConfig;
import io.kabar.cli.input.InputHistory;
import io.kabar.cli.screen.Glyphs;
import io.kabar.cli.screen.Look;
import io.kabar.cli.screen.Theme;
import io.kabar.cli.terminal.Cells;
import io.kabar.cli.terminal.EmulatedTerminal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A chat on the full screen of an emulated terminal, with a real server and somebody else in the room. */
class FullScreenFaceTest {

    private static final String ESC = "\u001b";

    private final ExecutorService executor = CallbackThread.start();
    private final ChatModel model = new ChatModel(UserName.of("ada"), InstantSource.system());
    private final ServerSecret identity = ServerSecret.generate();
    private ChatServer server;
    private ChatClient ada;
    private ChatClient bob;
    private EmulatedTerminal terminal;
    private CompletableFuture<Integer> code;

    @BeforeEach
    void start() throws Exception {
        server = serve(0);
        ada = connect("ada", model, executor);
        bob = connect("bob", new ChatClientListener() {}, Runnable::run);
        bob.join(RoomName.LOBBY, JoinHistory.NONE).get(60, TimeUnit.SECONDS);
        terminal = new EmulatedTerminal(80, 24);
        Look look = new Look(new Cells(false), Glyphs.of(StandardCharsets.UTF_8), Theme.AUTO, ZoneOffset.UTC);
        FullScreenFace face =
                new FullScreenFace(model, terminal.screen(), executor, look, ClientConfig.USUAL, new InputHistory());
        ada.join(RoomName.LOBBY, JoinHistory.NONE).get(60, TimeUnit.SECONDS);
        code = CompletableFuture.supplyAsync(() -> face.run(ada));
        terminal.await("You are in #lobby");
    }

    private ChatServer serve(int port) throws IOException {
        return ChatServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .secret(identity)
                .open()
                .options(ServerOptions.defaults().withoutRateLimit())
                .start();
    }

    private ChatClient connect(String name, ChatClientListener listener, java.util.concurrent.Executor on)
            throws Exception {
        return ChatClient.builder()
                .server(server.inviteLink(server.address().getHostString()))
                .name(name)
                .listener(listener)
                .callbackExecutor(on)
                .connect()
                .get(60, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() {
        ada.close();
        bob.close();
        server.close();
        terminal.close();
        executor.shutdown();
    }

    @Test
    void one_talks_completes_resizes_and_leaves() throws Exception {
        bob.send(RoomName.LOBBY, "hello, ada").get(60, TimeUnit.SECONDS);
        terminal.await("bob  hello, ada");
        terminal.type("b\tgood morning 日本語\r");
        terminal.await("you  bob: good morning 日本語");
        terminal.await("✓");
        terminal.resize(40, 10);
        terminal.await(" bob: good morning 日本語");
        assertThat(terminal.text()).doesNotContain("rooms");
        terminal.resize(110, 30);
        terminal.await("members 2");
        terminal.type("QUIT\r");
        assertThat(code.get(60, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void no_key_is_lost_and_nothing_sent_in_vain_while_much_is_said() throws Exception {
        int messages = 20_000;
        long before = terminal.bytes();
        Semaphore onTheirWay = new Semaphore(200);
        String typed = "every key of this sentence has to come through, in order, whatever is said";
        for (int i = 1; i <= messages; i++) {
            onTheirWay.acquire();
            var unused = bob.send(RoomName.LOBBY, "message number " + i + " with some words in it")
                    .whenComplete((receipt, failure) -> onTheirWay.release());
            if (i % (messages / typed.length()) == 0 && i / (messages / typed.length()) <= typed.length()) {
                int at = i / (messages / typed.length()) - 1;
                terminal.type(typed.substring(at, at + 1));
            }
        }
        terminal.await("message number " + messages);
        terminal.await(typed.substring(0, 60));
        // Far fewer pictures than messages, and each no more than a screen.
        assertThat(terminal.bytes() - before).isLessThan(messages * 60L);
    }

    @Test
    void what_is_pasted_in_many_lines_is_asked_about() throws Exception {
        terminal.type(ESC + "[200~" + "line\r".repeat(200) + ESC + "[201~\r");
        terminal.await("Send 200 lines as one message? [y/N]");
        terminal.type("y\r");
        terminal.await("✓");
        assertThat(terminal.text()).doesNotContain("[y/N]");
    }

    @Test
    void a_server_that_is_gone_and_comes_back_in_the_middle_of_a_word_takes_nothing_away() throws Exception {
        terminal.type("half a wo");
        terminal.await("half a wo");
        int port = server.address().getPort();
        server.close();
        terminal.await("searching");
        terminal.type("rd\r");
        terminal.await("(1 queued)");
        terminal.await("you  half a word");
        terminal.type("and mo");
        server = serve(port);
        terminal.await("● live");
        terminal.await("✓");
        terminal.type("re");
        terminal.await("#lobby ▸ and more");
    }

    @Test
    void one_searches_and_goes_to_what_was_found() throws Exception {
        for (int i = 1; i <= 300; i++) {
            bob.send(RoomName.LOBBY, i == 40 ? "the needle" : "straw " + i + ".")
                    .get(60, TimeUnit.SECONDS);
        }
        terminal.await("straw 300.");
        terminal.type("/search needle\r");
        terminal.await("bob: the needle");
        Matcher number = Pattern.compile("(#[0-9]+) bob: the needle").matcher(terminal.text());
        assertThat(number.find()).isTrue();
        terminal.type("/history " + number.group(1) + "\r");
        terminal.await("▶");
        terminal.await("straw 41.");
        terminal.await("bob  the needle");
        terminal.type(ESC + "[1;5F"); // Ctrl+End
        terminal.await("straw 300.");
    }
}
