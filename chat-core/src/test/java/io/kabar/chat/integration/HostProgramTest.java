package io.kabar.chat.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.ChatException;
import io.kabar.chat.CloseReason;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.InviteLink;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.Session;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ChatClientListener;
import io.kabar.chat.client.KnownServers;
import io.kabar.chat.rules.RoomSanction;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.ChatServerListener;
import io.kabar.chat.server.ServerRoom;
import io.kabar.chat.server.ServerUser;
import io.kabar.chat.simulation.CheapPasswords;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.Authenticator;
import io.kabar.chat.spi.Authorizer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A program around a server that knows its own users, decides, and acts; over real sockets. */
@ExtendWith(CheapPasswords.class)
class HostProgramTest {

    private static final RoomName TABLE = RoomName.of("table");
    private static final UserName ADA = UserName.of("ada");
    private static final Authenticator USERS = shown -> CompletableFuture.completedFuture(
            shown.token().equals("ada's") ? Authenticator.Answer.accept(Account.of(7, ADA)) : noSuch());

    private static Authenticator.Answer noSuch() {
        return Authenticator.Answer.refuse("That is no token of ours.");
    }

    private static ChatServer.Builder server() {
        return ChatServer.builder().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static ChatClient.Builder client(ChatServer server, String name) {
        return ChatClient.builder().server(server.inviteLink("127.0.0.1")).name(name);
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    private static ChatException failure(CompletableFuture<?> future) {
        try {
            throw new AssertionError("it has " + get(future));
        } catch (ExecutionException e) {
            return (ChatException) Objects.requireNonNull(e.getCause());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void tokens_are_the_only_way_into_a_server_that_has_nothing_else() throws Exception {
        try (ChatServer server = server().authenticator(USERS).start()) {
            try (ChatClient ada = get(client(server, "ADA").token("ada's").connect())) {
                assertThat(ada.name()).isEqualTo(ADA);
                List<Session> sessions = get(server.sessions());
                assertThat(sessions)
                        .extracting(session -> session.author().account())
                        .containsExactly(7L);
            }
            ChatException wrong = failure(client(server, "eve").token("made up").connect());
            assertThat(wrong.refusal()).isEqualTo(Refusal.NOT_ALLOWED);
            assertThat(wrong).hasMessage("That is no token of ours.");
            ChatException without =
                    failure(client(server, "eve").password("sesame").connect());
            assertThat(without).isInstanceOf(ChatException.WrongPassword.class).hasMessageContaining("token");
        }
    }

    @Test
    void token_is_shown_only_to_a_server_whose_key_is_known() throws Exception {
        List<String> shown = new CopyOnWriteArrayList<>();
        Authenticator curious = credentials -> {
            shown.add(credentials.token());
            return USERS.authenticate(credentials);
        };
        try (ChatServer server = server().authenticator(curious).open().start()) {
            InviteLink keyless =
                    new InviteLink("127.0.0.1", server.address().getPort(), Optional.empty(), Optional.empty());
            KnownServers known = KnownServers.inMemory();
            ChatClient.Builder ada =
                    ChatClient.builder().server(keyless).name("ada").knownServers(known);

            ChatException refused = failure(ada.token("ada's").connect());
            assertThat(refused).isInstanceOf(ChatException.ServerUnproven.class).hasMessageContaining("key");
            assertThat(shown).isEmpty();

            get(ChatClient.builder()
                            .server(keyless)
                            .name("guest")
                            .knownServers(known)
                            .connect())
                    .close(); // on trust, without a token
            get(ada.connect()).close();
            assertThat(shown).containsExactly("ada's");
        }
    }

    @Test
    void token_is_asked_for_anew_when_a_client_comes_back() throws Exception {
        try (ChatServer server = server().authenticator(USERS).start()) {
            BlockingQueue<CloseReason> closed = new LinkedBlockingQueue<>();
            List<String> words = new CopyOnWriteArrayList<>();
            try (ChatClient ada = get(client(server, "ada")
                    .token("ada's")
                    .listener(new ChatClientListener() {
                        @Override
                        public void onClosed(ChatClient source, CloseReason reason, String sentence) {
                            words.add(source.name() + ": " + sentence);
                            closed.add(reason);
                        }
                    })
                    .connect())) {
                get(server.user(ADA).notice("one more minute"));
                get(server.user(ADA).disconnect("That is enough."));
                assertThat(closed.poll(30, TimeUnit.SECONDS)).isEqualTo(CloseReason.PUT_OUT);
                assertThat(words).containsExactly("ada: That is enough.");
                assertThat(failure(ada.rooms())).isInstanceOf(ChatException.Closed.class);
            }
            assertThat(failure(server.user(ADA).disconnect("again")).refusal()).isEqualTo(Refusal.NO_SUCH_USER);
        }
    }

    @Test
    void server_says_sets_and_lists_and_the_listeners_hear_from_whom() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        List<ChatServer> sources = new CopyOnWriteArrayList<>();
        ChatServerListener watcher = new ChatServerListener() {
            @Override
            public void onEvent(ChatServer source, ChatEvent event) {
                sources.add(source);
            }
        };
        try (ChatServer server = server().authenticator(USERS)
                        .name(UserName.of("dealer"))
                        .listener(watcher)
                        .start();
                ChatClient ada = get(client(server, "ada")
                        .token("ada's")
                        .listener(new ChatClientListener() {
                            @Override
                            public void onEvent(ChatClient source, ChatEvent event, EventOrigin origin) {
                                heard.add(origin + " " + source.name() + " " + event.from() + " " + event.text());
                            }

                            @Override
                            public void onNotice(ChatClient source, String sentence) {
                                heard.add("notice " + sentence);
                            }
                        })
                        .connect())) {
            ServerRoom table = server.room(TABLE);
            assertThat(get(table.setTopic("Round 1")).sequence()).isOne();
            get(ada.join(TABLE, JoinHistory.last(10)));
            get(table.say("round begins"));
            get(table.announce("for those who are here"));

            assertThat(Stream.of(next(heard), next(heard), next(heard), next(heard)))
                    .containsExactly(
                            "HISTORY ada dealer Round 1",
                            "LIVE ada ada ",
                            "LIVE ada dealer round begins",
                            "notice for those who are here");
            assertThat(get(table.topic())).isEqualTo("Round 1");
            assertThat(get(table.members())).extracting(member -> member.name()).containsExactly(ADA);
            assertThat(get(server.rooms())).extracting(room -> room.name()).containsExactly(TABLE);
            assertThat(get(server.user(ADA).sessions()))
                    .extracting(Session::rooms)
                    .containsExactly(List.of(TABLE));
            assertThat(failure(table.say("x".repeat(5000))).refusal()).isEqualTo(Refusal.TOO_LARGE);
            assertThatThrownBy(() -> table.say(" ")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> server.room(RoomName.direct(1, 2))).isInstanceOf(IllegalArgumentException.class);
            assertThat(sources).isNotEmpty().allMatch(source -> source == server);
        }
    }

    private static String next(BlockingQueue<String> heard) throws InterruptedException {
        return String.valueOf(heard.poll(30, TimeUnit.SECONDS));
    }

    @Test
    void answers_come_on_the_callback_executor_and_a_closed_server_gives_none() throws Exception {
        List<String> threads = new CopyOnWriteArrayList<>();
        ChatServer server = server().open().start();
        ServerRoom table = server.room(TABLE);
        ServerUser ada = server.user(ADA);
        CompletableFuture<?> said = table.say("hello")
                .whenComplete((receipt, e) -> threads.add(Thread.currentThread().getName()));
        get(said);
        server.close();

        assertThat(threads).allMatch(name -> name.startsWith("kabar-server-callback") || name.equals("main"));
        for (CompletableFuture<?> late : List.of(
                server.rooms(),
                server.sessions(),
                table.say("late"),
                table.setTopic("late"),
                table.announce("late"),
                table.topic(),
                table.members(),
                table.putOut(ADA, "late"),
                table.close("late"),
                ada.sessions(),
                ada.notice("late"),
                ada.disconnect("late"))) {
            assertThat(late).as("at once").isCompletedExceptionally();
            assertThat(failure(late)).isInstanceOf(ChatException.Closed.class);
        }
        assertThat(server.stats().accepted()).as("the last that are known").isOne();
    }

    private static Stream<Supplier<CompletionStage<Authorizer.Decision>>> noVerdicts() {
        return Stream.of(
                () -> {
                    throw new IllegalStateException("no database");
                },
                () -> {
                    throw new AssertionError("no database");
                },
                () -> CompletableFuture.failedFuture(new IllegalStateException("no database")),
                () -> CompletableFuture.completedFuture(null),
                () -> null);
    }

    @ParameterizedTest
    @MethodSource("noVerdicts")
    void host_that_fails_keeps_out_whom_it_was_asked_about_and_nobody_else(
            Supplier<CompletionStage<Authorizer.Decision>> failing) throws Exception {
        BlockingQueue<String> warnings = new LinkedBlockingQueue<>();
        Authorizer authorizer = new Authorizer() {
            @Override
            public CompletionStage<Decision> maySignIn(Person person) {
                return person.author().name().equals(ADA) ? failing.get() : Authorizer.super.maySignIn(person);
            }
        };
        ChatServerListener listener = new ChatServerListener() {
            @Override
            public void onWarning(ChatServer source, String sentence) {
                warnings.add(sentence);
            }
        };
        try (ChatServer server =
                server().open().authorizer(authorizer).listener(listener).start()) {
            assertThat(failure(client(server, "ada").connect()).refusal()).isEqualTo(Refusal.BUSY);
            assertThat(next(warnings)).startsWith("The authorizer failed");
            get(client(server, "bob").connect()).close();
        }
    }

    @Test
    void the_program_reads_what_happened_and_who_is_banned() throws Exception {
        try (ChatServer server = server().open().start();
                ChatClient ada = get(client(server, "ada").connect())) {
            ServerRoom table = server.room(TABLE);
            assertThat(get(table.newest(10))).isEmpty();
            assertThat(get(table.sanctions())).isEmpty();
            get(ada.join(TABLE, JoinHistory.NONE));
            for (int i = 2; i <= 300; i++) {
                get(table.say("number " + i));
            }
            get(table.change(RoomChange.mute(ADA, RoomChange.FOREVER, "loud")));
            get(table.change(RoomChange.ban(ADA, RoomChange.FOREVER, "enough")));

            assertThat(get(table.newest(2)))
                    .extracting(ChatEvent::sequence, ChatEvent::text)
                    .containsExactly(tuple(301L, "loud"), tuple(302L, "enough"));
            assertThat(get(table.newest(1000))).hasSize(256).last().matches(event -> event.sequence() == 302);
            assertThat(get(table.events(1, 2))).extracting(ChatEvent::sequence).containsExactly(1L, 2L);
            assertThat(get(table.events(303, 2))).isEmpty();
            assertThat(get(table.sanctions()))
                    .extracting(RoomSanction::mute, RoomSanction::event)
                    .containsExactly(tuple(false, 302L), tuple(true, 301L));
            assertThatThrownBy(() -> table.newest(0)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
