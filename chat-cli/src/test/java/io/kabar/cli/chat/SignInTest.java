package io.kabar.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.ChatException;
import io.kabar.chat.Refusal;
import io.kabar.chat.UserName;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.spi.PasswordVerifier;
import io.kabar.chat.view.files.UserFolders;
import io.kabar.cli.command.CallbackThread;
import io.kabar.cli.command.Environment;
import io.kabar.cli.config.ClientConfig;
import io.kabar.cli.connect.Connector;
import io.kabar.cli.connect.Login;
import io.kabar.cli.connect.Target;
import io.kabar.cli.terminal.Screen;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What is asked before a chat begins, against a real server. */
class SignInTest {

    private static final UserName ADA = UserName.of("ada");

    @TempDir
    Path home;

    private final ExecutorService executor = CallbackThread.start();
    private final Person person = new Person();

    @AfterEach
    void stop() {
        executor.shutdown();
    }

    private static Start server(List<String> words) {
        return Start.of(ClientConfig.USUAL, words);
    }

    private static ChatServer.Builder server() {
        return ChatServer.builder().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private SignIn at(String server, String device) {
        Options options = new Options();
        new CommandLine(options).parseArgs("--timeout", "5");
        Environment environment = new Environment(
                InputStream.nullInputStream(),
                false,
                Map.of(),
                () -> new UserFolders(home.resolve(device), home.resolve(device), home.resolve(device)),
                ZoneOffset.UTC,
                task -> {});
        Connector connector = new Connector(
                environment, options.login, Target.parse(List.of(server)), new PrintWriter(new StringWriter()));
        return new SignIn(connector, new ChatQuestions(person), executor);
    }

    private String link(ChatServer server) {
        return server.inviteLink(server.address().getHostString()).toString();
    }

    private String signIn(ChatServer server, String device, UserName name) throws InterruptedException {
        SignIn.SignedIn in = at(link(server), device).start(name, Optional.empty());
        String called = in.client().name().text();
        in.client().close();
        return called;
    }

    @Test
    void an_open_server_asks_for_no_password() throws Exception {
        try (ChatServer server = server().open().start()) {
            assertThat(signIn(server, "laptop", ADA)).isEqualTo("ada");
        }
        assertThat(person.asked).isEmpty();
    }

    @Test
    void a_password_that_is_wrong_is_asked_for_again() throws Exception {
        try (ChatServer server =
                server().joinVerifier(PasswordVerifier.derive("sesame", 10_000)).start()) {
            person.answers.addAll(List.of("open", "sesame"));
            assertThat(signIn(server, "laptop", ADA)).isEqualTo("ada");
            assertThat(person.asked).hasSize(2).allMatch(question -> question.startsWith("Password of 127.0.0.1:"));
            assertThat(person.told).containsExactly("The password is wrong.");
        }
    }

    @Test
    void three_wrong_passwords_are_enough() throws Exception {
        try (ChatServer server =
                server().joinVerifier(PasswordVerifier.derive("sesame", 10_000)).start()) {
            person.answers.addAll(List.of("a", "b", "c", "sesame"));
            assertThatThrownBy(() -> signIn(server, "laptop", ADA)).isInstanceOf(ChatException.class);
            assertThat(person.answers).containsExactly("sesame");
        }
    }

    @Test
    void a_name_that_is_taken_is_asked_for_again() throws Exception {
        try (ChatServer server = server().open().start()) {
            assertThat(signIn(server, "laptop", ADA)).isEqualTo("ada");
            person.answers.addAll(List.of("not a name", "bob"));
            assertThat(signIn(server, "desktop", ADA)).isEqualTo("bob");
            assertThat(person.told.get(0)).startsWith("That name is taken");
        }
    }

    @Test
    void who_answers_nobody_is_told_before_anything_is_asked() throws Exception {
        int port;
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThatThrownBy(() -> at("127.0.0.1:" + port, "laptop").start(ADA, Optional.empty()))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refused -> assertThat(refused.refusal()).isIn(Refusal.UNREACHABLE, Refusal.TIMED_OUT));
        assertThat(person.asked).isEmpty();
    }

    @Test
    void known_servers_are_chosen_by_number_and_others_are_typed() {
        ChatQuestions questions = new ChatQuestions(person);
        List<String> known = List.of("chat.example.org:2120", "[::1]:4000");
        person.answers.addAll(List.of("2"));
        assertThat(questions
                        .server(known, SignInTest::server)
                        .orElseThrow()
                        .target()
                        .link()
                        .address())
                .isEqualTo("[::1]:4000");
        assertThat(person.told).containsExactly("1  chat.example.org:2120", "2  [::1]:4000");
        person.answers.addAll(List.of("", "0.0.0.0", "localhost 2121"));
        assertThat(questions
                        .server(known, SignInTest::server)
                        .orElseThrow()
                        .target()
                        .link()
                        .address())
                .isEqualTo("localhost:2121");
        assertThat(questions.server(List.of(), SignInTest::server)).isEmpty();
    }

    @Command
    private static final class Options {
        @Mixin
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private Login login;
    }

    /** Somebody who answers what is asked, as far as the answers go. */
    private static final class Person implements Screen {
        final Deque<String> answers = new ArrayDeque<>();
        final List<String> asked = new ArrayList<>();
        final List<String> told = new ArrayList<>();

        @Override
        public void print(String lines) {
            told.add(lines);
        }

        @Override
        public Optional<String> read(String prompt) {
            return Optional.empty();
        }

        @Override
        public boolean asks() {
            return true;
        }

        @Override
        public Optional<String> ask(String question) {
            asked.add(question);
            return Optional.ofNullable(answers.poll());
        }

        @Override
        public Optional<String> askSecretly(String question) {
            return ask(question);
        }

        @Override
        public void close() {}
    }
}
