package io.kabar.chat.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.ChatException;
import io.kabar.chat.CloseReason;
import io.kabar.chat.Content;
import io.kabar.chat.Delivery;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Member;
import io.kabar.chat.Payload;
import io.kabar.chat.Receipt;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.Session;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ChatClientListener;
import io.kabar.chat.participant.Participant;
import io.kabar.chat.participant.ParticipantListener;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.ServerOptions;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.Authenticator;
import io.kabar.chat.spi.Authorizer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody in the rooms of a server without a socket: the same as everybody else to everybody else. */
class ParticipantTest {

    private static final RoomName DESK = RoomName.of("desk");
    private static final UserName BOT = UserName.of("bot");

    /** What a participant was told, in order. */
    private static final class Told implements ParticipantListener<Participant> {
        private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> signals = new LinkedBlockingQueue<>();
        private final CompletableFuture<String> closed = new CompletableFuture<>();

        @Override
        public void onEvent(Participant participant, ChatEvent event, EventOrigin origin) {
            if (event.content() instanceof Content.Said words) {
                said.add(event.sequence() + " " + event.from() + ": " + words.text());
            }
        }

        @Override
        public void onSignal(Participant participant, RoomName room, UserName from, String key, byte[] bytes) {
            signals.add(from + " " + key + " " + bytes.length);
        }

        @Override
        public void onClosed(Participant participant, CloseReason reason, String sentence) {
            closed.complete(reason + ": " + sentence);
        }
    }

    /** What a client was told, in the same form. */
    private static final class Heard implements ChatClientListener {
        private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> signals = new LinkedBlockingQueue<>();

        @Override
        public void onEvent(ChatClient client, ChatEvent event, EventOrigin origin) {
            if (event.content() instanceof Content.Said words) {
                said.add(event.sequence() + " " + event.from() + ": " + words.text());
            }
        }

        @Override
        public void onSignal(ChatClient client, RoomName room, UserName from, String key, byte[] bytes) {
            signals.add(from + " " + key + " " + bytes.length);
        }
    }

    private static ChatServer.Builder server() {
        return ChatServer.builder().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static ChatClient client(ChatServer server, String name, ChatClientListener listener) throws Exception {
        return get(ChatClient.builder()
                .server(server.inviteLink("127.0.0.1"))
                .name(name)
                .listener(listener)
                .connect());
    }

    private static Participant bot(ChatServer server, ParticipantListener<Participant> listener) throws Exception {
        return get(server.participant(BOT).listener(listener).signIn());
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    private static String next(BlockingQueue<String> queue) throws InterruptedException {
        return Objects.requireNonNull(queue.poll(30, TimeUnit.SECONDS), "nothing came");
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
    void it_says_and_hears_what_everybody_does_in_the_same_order() throws Exception {
        Told told = new Told();
        Heard heard = new Heard();
        try (ChatServer server = server().open().start();
                Participant bot = bot(server, told);
                ChatClient ada = client(server, "ada", heard)) {
            assertThat(bot.name()).isEqualTo(BOT);
            get(bot.join(DESK, JoinHistory.NONE));
            RoomState found = get(ada.join(DESK, JoinHistory.NONE));
            assertThat(found.members()).extracting(Member::name).contains(BOT);

            List<CompletableFuture<Receipt>> saying = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                saying.add((i % 2 == 0 ? bot : ada).send(DESK, "no. " + i));
            }
            for (CompletableFuture<Receipt> each : saying) {
                get(each);
            }
            List<String> byBot = new ArrayList<>();
            List<String> byAda = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                byBot.add(next(told.said));
                byAda.add(next(heard.said));
            }
            assertThat(byBot).isEqualTo(byAda);

            assertThat(get(bot.history(DESK, HistoryRange.newest(5))).events()).hasSize(5);
            Receipt last =
                    get(ada.reply(DESK, get(ada.send(DESK, "who is there?")).sequence(), "anybody?"));
            next(told.said);
            next(told.said);
            Delivery delivery = get(ada.whoSaw(DESK, last.sequence()));
            assertThat(delivery.members()).isEqualTo(2);

            bot.signal(DESK, "at", new byte[] {1, 2, 3});
            ada.signal(DESK, "near", new byte[1]);
            assertThat(next(heard.signals)).isEqualTo("bot at 3");
            assertThat(next(told.signals)).isEqualTo("ada near 1");
            get(bot.setValue(DESK, "queue", Payload.text("4")));
            assertThat(get(server.room(DESK).values())).containsOnlyKeys("queue");

            get(ada.sendDirect(BOT, "psst"));
            assertThat(get(server.sessions())).extracting(Session::name).containsExactlyInAnyOrder(BOT, ada.name());
        }
        assertThat(get(told.closed)).startsWith("SIGNED_OUT");
    }

    static Stream<ChatServer.Builder> servers() {
        return Stream.of(
                server().open(),
                server().joinPassword("open sesame"),
                server().invitationsOnly(),
                server().open().guests(),
                server().open()
                        .options(ServerOptions.builder()
                                .sessions(10, 1, 1)
                                .perAddress(1, 1)
                                .build()));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void whatever_is_asked_of_newcomers_it_comes_in(ChatServer.Builder builder) throws Exception {
        try (ChatServer server = builder.start();
                Participant one = bot(server, new Told());
                Participant two = get(server.participant(UserName.of("other")).signIn())) {
            get(one.join(DESK, JoinHistory.NONE));
            get(two.join(DESK, JoinHistory.NONE));
            assertThat(get(two.send(DESK, "here")).sequence()).isPositive();
        }
    }

    @Test
    void its_name_is_its_own() throws Exception {
        try (ChatServer server = server().open().start()) {
            long account;
            try (Participant bot = bot(server, new Told())) {
                get(bot.join(DESK, JoinHistory.NONE));
                get(server.user(BOT).setRole("staff"));
                account = get(server.sessions()).get(0).author().account();
                assertThatThrownBy(() -> client(server, "bot", new Heard()))
                        .hasCauseInstanceOf(ChatException.NameRefused.class);
            }
            assertThatThrownBy(() -> client(server, "Bot", new Heard()))
                    .as("nor when it is away")
                    .hasCauseInstanceOf(ChatException.NameRefused.class);
            try (Participant again = bot(server, new Told())) {
                Session session = get(server.sessions()).get(0);
                assertThat(session.author().account()).isEqualTo(account);
                assertThat(session.role()).isEqualTo("staff");
                assertThat(again.name()).isEqualTo(BOT);
            }
        }
    }

    @Test
    void a_persons_name_is_not_for_participants() throws Exception {
        try (ChatServer server = server().open().start();
                ChatClient ada = client(server, "ada", new Heard())) {
            ChatException refused = failure(server.participant(ada.name()).signIn());
            assertThat(refused.refusal()).isEqualTo(Refusal.NAME_TAKEN);
            assertThat(refused).hasMessageContaining("somebody");
            assertThat(failure(server.participant(server.name()).signIn()).refusal())
                    .isEqualTo(Refusal.NAME_TAKEN);
            assertThat(failure(server.participant(UserName.of("Guest-7")).signIn())
                            .refusal())
                    .isEqualTo(Refusal.BAD_NAME);
        }
    }

    @Test
    void whoever_guesses_gets_nothing_and_keeps_it_out_of_nothing() throws Exception {
        try (ChatServer server = server().open().start();
                Participant bot = bot(server, new Told())) {
            assertThat(bot.name()).isEqualTo(BOT);
            for (int i = 0; i < 12; i++) {
                CompletableFuture<ChatClient> guessed = ChatClient.builder()
                        .server(server.inviteLink("127.0.0.1"))
                        .name("bot")
                        .token("guess " + i)
                        .connect();
                assertThat(failure(guessed)).isInstanceOf(ChatException.class);
            }
            try (Participant another = bot(server, new Told())) {
                assertThat(get(server.user(BOT).sessions())).hasSize(2);
                assertThat(another.name()).isEqualTo(BOT);
            }
        }
    }

    @Test
    void where_the_program_knows_its_users_it_numbers_participants_too() throws Exception {
        Authenticator users = shown ->
                CompletableFuture.completedFuture(Authenticator.Answer.accept(Account.of(7, UserName.of("ada"))));
        try (ChatServer server = server().authenticator(users).start()) {
            assertThatThrownBy(() -> server.participant(BOT).signIn()).isInstanceOf(IllegalStateException.class);
            try (Participant bot = get(server.participant(BOT).account(9).signIn());
                    ChatClient ada = get(ChatClient.builder()
                            .server(server.inviteLink("127.0.0.1"))
                            .name("ada")
                            .token("hers")
                            .connect())) {
                assertThat(bot.name()).isEqualTo(BOT);
                assertThat(ada.name()).isEqualTo(UserName.of("ada"));
                assertThat(get(server.sessions()))
                        .extracting(session -> session.author().account())
                        .containsExactlyInAnyOrder(9L, 7L);
            }
        }
    }

    @Test
    void it_is_put_out_banned_and_refused_like_everybody() throws Exception {
        Authorizer choosy = new Authorizer() {
            @Override
            public CompletableFuture<Decision> mayEnter(Person person, RoomName room) {
                return CompletableFuture.completedFuture(
                        room.equals(RoomName.LOBBY) && person.author().name().equals(BOT)
                                ? Decision.refuse("No bots in the lobby.")
                                : Decision.ALLOW);
            }
        };
        Told told = new Told();
        try (ChatServer server = server().open().authorizer(choosy).start()) {
            Participant bot = bot(server, told);
            assertThat(failure(bot.join(RoomName.LOBBY, JoinHistory.NONE))).hasMessage("No bots in the lobby.");
            get(bot.join(DESK, JoinHistory.NONE));
            get(server.room(DESK).change(RoomChange.ban(BOT, RoomChange.FOREVER, "too loud")));
            assertThat(failure(bot.join(DESK, JoinHistory.NONE))).hasMessageContaining("too loud");
            get(server.user(BOT).disconnect("go home"));
            assertThat(get(told.closed)).isEqualTo("PUT_OUT: go home");
            assertThat(failure(bot.send(DESK, "still here?")).refusal()).isEqualTo(Refusal.CLOSED);
            bot.close();
            try (Participant again = bot(server, new Told())) {
                assertThat(again.name()).isEqualTo(BOT);
            }
        }
    }

    @Test
    void a_slow_listener_holds_back_nobody_else_and_misses_nothing() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        BlockingQueue<String> slowly = new LinkedBlockingQueue<>();
        ParticipantListener<Participant> slow = new ParticipantListener<>() {
            @Override
            public void onEvent(Participant participant, ChatEvent event, EventOrigin origin) {
                if (event.content() instanceof Content.Said words) {
                    try {
                        free.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    slowly.add(words.text());
                }
            }
        };
        Heard heard = new Heard();
        ServerOptions unlimited = ServerOptions.builder().rate(10_000, 10_000).build();
        try (ChatServer server = server().open().options(unlimited).start();
                Participant bot = bot(server, slow);
                ChatClient ada = client(server, "ada", new Heard());
                ChatClient bob = client(server, "bob", heard)) {
            CompletableFuture<RoomState> entered = bot.join(DESK, JoinHistory.NONE);
            get(entered);
            get(ada.join(DESK, JoinHistory.NONE));
            get(bob.join(DESK, JoinHistory.NONE));
            for (int i = 0; i < 3000; i++) {
                get(ada.send(DESK, "no. " + i));
                next(heard.said);
            }
            assertThat(slowly).isEmpty();
            free.countDown();
            for (int i = 0; i < 3000; i++) {
                assertThat(next(slowly)).isEqualTo("no. " + i);
            }
        } finally {
            free.countDown();
        }
    }

    @Test
    void it_ends_with_its_server() throws Exception {
        Told told = new Told();
        ChatServer server = server().open().start();
        Participant bot = bot(server, told);
        get(bot.join(DESK, JoinHistory.NONE));
        server.close();
        assertThat(get(told.closed)).isEqualTo("SERVER_STOPPED: The server was stopped.");
        assertThat(failure(bot.send(DESK, "anybody?")).refusal()).isEqualTo(Refusal.CLOSED);
        assertThat(failure(server.participant(BOT).signIn()).refusal()).isEqualTo(Refusal.CLOSED);
        bot.close();
    }

    @Test
    void one_that_has_signed_out_leaves_no_thread_and_can_come_again() throws Exception {
        try (ChatServer server = server().open().start()) {
            for (int i = 0; i < 5; i++) {
                try (Participant bot = bot(server, new Told())) {
                    get(bot.join(DESK, JoinHistory.NONE));
                }
            }
            assertThat(get(server.sessions())).isEmpty();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .filteredOn(name -> name.startsWith("kabar-participant"))
                .isEmpty();
    }
}
