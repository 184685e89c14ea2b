package io.kabar.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.ChatException;
import io.kabar.chat.CloseReason;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.InviteLink;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Receipt;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ChatClientListener;
import io.kabar.chat.client.ClientOptions;
import io.kabar.chat.client.ConnectionState;
import io.kabar.chat.participant.Participant;
import io.kabar.chat.participant.ParticipantListener;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.ChatServerListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a test of an embedder's relies on. */
class TestNetworkTest {

    private final TestNetwork network = new TestNetwork(1);
    private final TestMachine house = network.machine("chat.example");
    private final List<String> bobHears = new ArrayList<>();

    private ChatServer serve() throws IOException {
        return house.server().open().start();
    }

    private CompletableFuture<ChatClient> connect(ChatServer server, String name, ChatClientListener listener) {
        return network.machine(name + "'s")
                .client()
                .server(server.inviteLink("chat.example"))
                .name(name)
                .listener(listener)
                .connect();
    }

    private ChatClient enter(ChatServer server, String name, List<String> heard) {
        ChatClient client = connect(server, name, new ChatClientListener() {
                    @Override
                    public void onEvent(ChatClient source, ChatEvent event, EventOrigin origin) {
                        if (event.isSaid()) {
                            heard.add(event.text());
                        }
                    }
                })
                .join();
        client.join(RoomName.LOBBY, JoinHistory.NONE).join();
        return client;
    }

    @Test
    void nothing_happens_unless_the_test_lets_it() throws Exception {
        ChatServer server = serve();
        ChatClient ada = enter(server, "ada", new ArrayList<>());
        enter(server, "bob", bobHears);
        Instant before = network.now();

        CompletableFuture<Receipt> said = ada.send(RoomName.LOBBY, "hello");

        assertThat(said).isNotDone();
        assertThat(network.now()).isEqualTo(before);
        network.runUntilIdle();
        assertThat(said).isCompleted();
        assertThat(said.join().time()).isBetween(before, network.now());
        assertThat(bobHears).containsExactly("hello");
    }

    @Test
    void idle_takes_no_longer_than_the_lines_do() throws Exception {
        ChatServer server = serve();
        ChatClient ada = enter(server, "ada", new ArrayList<>());
        network.runUntilIdle();
        Instant before = network.now();
        network.runUntilIdle();
        assertThat(network.now()).as("nothing was left to do").isEqualTo(before);

        var unused = ada.send(RoomName.LOBBY, "hello");
        network.runUntilIdle();

        assertThat(Duration.between(before, network.now())).isLessThan(Duration.ofMillis(500));
    }

    @Test
    void whatever_a_line_loses_doubles_or_mixes_up_everything_said_arrives_once_and_in_order() throws Exception {
        ChatServer server = serve();
        ChatClient ada = enter(server, "ada", new ArrayList<>());
        enter(server, "bob", bobHears);
        network.machine("ada's").link().loss(0.3).duplication(0.2).reordering(0.3);
        network.machine("bob's").link().loss(0.2).jitter(Duration.ofMillis(80)).corruption(0.1);
        List<String> texts = IntStream.range(0, 60).mapToObj(i -> "text " + i).toList();

        for (String text : texts) {
            var unused = ada.send(RoomName.LOBBY, text);
        }
        network.runUntilIdle();

        assertThat(bobHears).isEqualTo(texts);
    }

    @Test
    void same_seed_makes_the_same_day() throws Exception {
        assertThat(rainyDay(7)).isEqualTo(rainyDay(7));
        assertThat(rainyDay(7)).isNotEqualTo(rainyDay(8));
    }

    /** When each of some messages was accepted. */
    private static List<Instant> rainyDay(long seed) throws IOException {
        TestNetwork network = new TestNetwork(seed);
        ChatServer server = network.machine("chat").server().open().start();
        TestMachine laptop = network.machine("laptop");
        ChatClient ada = laptop.client()
                .server(server.inviteLink("chat"))
                .name("ada")
                .connect()
                .join();
        ada.join(RoomName.LOBBY, JoinHistory.NONE).join();
        laptop.link().loss(0.3).jitter(Duration.ofMillis(50));
        List<Instant> times = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            times.add(ada.send(RoomName.LOBBY, "text " + i).join().time());
        }
        return times;
    }

    @Test
    void what_is_said_while_a_line_is_cut_arrives_when_it_is_whole_again() throws Exception {
        ChatServer server = serve();
        List<ConnectionState> states = new ArrayList<>();
        ChatClient ada = connect(server, "ada", new ChatClientListener() {
                    @Override
                    public void onStateChanged(ChatClient source, ConnectionState state) {
                        states.add(state);
                    }
                })
                .join();
        ada.join(RoomName.LOBBY, JoinHistory.NONE).join();
        enter(server, "bob", bobHears);
        network.machine("ada's").link().cut();
        CompletableFuture<Receipt> said = ada.send(RoomName.LOBBY, "hello");

        network.runUntilIdle();
        assertThat(said).as("nobody hears it").isNotDone();
        network.run(Duration.ofSeconds(30));
        assertThat(states).endsWith(ConnectionState.SEARCHING);
        assertThatThrownBy(() -> said.get(1, TimeUnit.MINUTES)).isInstanceOf(TimeoutException.class);
        network.machine("ada's").link().restore();
        network.runUntilIdle();

        assertThat(said).isCompleted();
        assertThat(states).endsWith(ConnectionState.LIVE);
        assertThat(bobHears).containsExactly("hello");
    }

    @Test
    void machine_that_moves_stays_in_its_rooms() throws Exception {
        List<String> seen = new ArrayList<>();
        ChatServer server = house.server()
                .open()
                .listener(new ChatServerListener() {
                    @Override
                    public void onRoamed(
                            ChatServer source, UserName name, InetSocketAddress from, InetSocketAddress to) {
                        seen.add(name + " from " + from.getAddress().getHostAddress() + " to "
                                + to.getAddress().getHostAddress());
                    }

                    @Override
                    public void onEvent(ChatServer source, ChatEvent event) {
                        if (!event.isSaid()) {
                            seen.add(event.content().getClass().getSimpleName());
                        }
                    }
                })
                .start();
        ChatClient ada = enter(server, "ada", new ArrayList<>());
        TestMachine laptop = network.machine("ada's");
        InetAddress home = laptop.address();

        laptop.move();
        ada.send(RoomName.LOBBY, "in a train").join();
        network.runUntilIdle();

        assertThat(seen)
                .containsExactly(
                        "Joined",
                        "ada from " + home.getHostAddress() + " to "
                                + laptop.address().getHostAddress());
    }

    @Test
    void time_passes_as_fast_as_nothing_happens() throws Exception {
        ChatServer server = serve();
        ChatClient ada = enter(server, "ada", new ArrayList<>());
        server.room(RoomName.LOBBY)
                .change(RoomChange.mute(UserName.of("ada"), network.now().plus(Duration.ofMinutes(10)), "too loud"))
                .join();
        assertThatThrownBy(() -> ada.send(RoomName.LOBBY, "but").join()).hasCauseInstanceOf(ChatException.class);
        Instant before = network.now();

        network.run(Duration.ofMinutes(11));

        assertThat(network.now()).isEqualTo(before.plus(Duration.ofMinutes(11)));
        assertThat(ada.send(RoomName.LOBBY, "now").join().sequence()).isPositive();
    }

    @Test
    void actions_happen_at_their_time() throws Exception {
        ChatServer server = serve();
        ChatClient ada = enter(server, "ada", new ArrayList<>());
        enter(server, "bob", bobHears);
        network.machine("bob's").link().cut();
        network.after(
                Duration.ofSeconds(20), () -> network.machine("bob's").link().restore());
        var unused = ada.send(RoomName.LOBBY, "hello");

        network.run(Duration.ofSeconds(19));
        assertThat(bobHears).isEmpty();
        network.runUntil(() -> !bobHears.isEmpty(), Duration.ofMinutes(1));

        assertThatThrownBy(() -> network.runUntil(() -> false, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void client_comes_back_by_itself_after_the_server_has_crashed() throws Exception {
        ChatClient ada = enter(serve(), "ada", new ArrayList<>());

        house.crash();
        CompletableFuture<Receipt> said = ada.send(RoomName.LOBBY, "hello");
        network.runUntilIdle();
        assertThat(said).isNotDone();
        network.run(Duration.ofMinutes(1));
        ChatServer again = serve();
        network.runUntilIdle();

        assertThat(ada.state()).isEqualTo(ConnectionState.LIVE);
        assertThat(said).isDone();
        assertThat(again.sessions().join()).hasSize(1);
    }

    @Test
    void client_and_server_of_one_machine_find_each_other_at_home() throws Exception {
        ChatServer server = house.server()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .open()
                .start();
        house.link().cut();
        ChatClient ada = house.client()
                .server(server.inviteLink("127.0.0.1"))
                .name("ada")
                .connect()
                .join();
        assertThat(ada.rooms().join()).isNotNull();
        assertThat(server.stats().sessions()).isEqualTo(1);
    }

    @Test
    void participant_without_a_socket_is_run_like_everybody() throws Exception {
        ChatServer server = serve();
        enter(server, "bob", bobHears);
        List<String> heard = new ArrayList<>();
        Participant bot = server.participant(UserName.of("bot"))
                .listener(new ParticipantListener<>() {
                    @Override
                    public void onEvent(Participant source, ChatEvent event, EventOrigin origin) {
                        heard.add(event.from() + " " + event.text());
                    }
                })
                .signIn()
                .join();
        bot.join(RoomName.LOBBY, JoinHistory.NONE).join();
        network.machine("bob's").link().loss(0.2);

        var unused = bot.send(RoomName.LOBBY, "hello");
        network.runUntilIdle();

        assertThat(bobHears).containsExactly("hello");
        assertThat(heard).endsWith("bot hello");
        bot.closeAsync().join();
        assertThat(server.sessions().join()).hasSize(1);
    }

    @Test
    void port_is_taken_once_on_each_machine() throws Exception {
        serve();
        assertThatThrownBy(this::serve).isInstanceOf(IOException.class).hasMessageContaining("2120");
        assertThat(network.machine("elsewhere").server().open().start()).isNotNull();
    }

    @Test
    void server_that_is_not_there_is_told_of_in_the_time_of_the_network() throws Exception {
        ChatServer server = serve();
        server.close();
        assertThatThrownBy(() ->
                        connect(server, "ada", new ChatClientListener() {}).join())
                .hasCauseInstanceOf(ChatException.Unreachable.class);
        assertThatThrownBy(() -> network.machine("ada's")
                        .client()
                        .server(server.inviteLink("nowhere"))
                        .name("ada")
                        .connect()
                        .join())
                .hasRootCauseMessage("There is no host named nowhere.");
    }

    @Test
    void attempt_to_connect_ends_when_its_options_say_so() throws Exception {
        InviteLink link = serve().inviteLink("chat.example");
        house.link().cut();
        Instant before = network.now();
        assertThatThrownBy(() -> network.machine("ada's")
                        .client()
                        .server(link)
                        .name("ada")
                        .options(ClientOptions.defaults().withConnectTimeout(Duration.ofSeconds(40)))
                        .connect()
                        .join())
                .hasCauseInstanceOf(ChatException.Unreachable.class);
        assertThat(network.now()).isEqualTo(before.plusSeconds(40));
    }

    /** What was said is given three seconds, and then nobody waits for the network. */
    @Test
    void closing_does_not_wait_for_a_network_that_is_away() throws Exception {
        ChatServer server = serve();
        ChatClient ada = enter(server, "ada", new ArrayList<>());
        network.machine("ada's").link().cut();
        CompletableFuture<Receipt> said = ada.send(RoomName.LOBBY, "hello");
        Instant before = network.now();

        CompletableFuture<Void> closed = ada.closeAsync();
        assertThat(closed).isNotDone();
        closed.join();

        assertThat(said).isCompletedExceptionally();
        assertThat(Duration.between(before, network.now())).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(5));
        server.closeAsync().join();
    }

    @Test
    void closing_runs_as_long_as_it_takes() throws Exception {
        List<String> told = new ArrayList<>();
        ChatServer server = house.server()
                .open()
                .listener(new ChatServerListener() {
                    @Override
                    public void onSignedOut(ChatServer source, UserName name, CloseReason reason) {
                        told.add(name + " " + reason);
                    }

                    @Override
                    public void onStopped(ChatServer source) {
                        told.add("stopped");
                    }
                })
                .start();
        ChatClient ada = enter(server, "ada", new ArrayList<>());
        ada.close();
        network.runUntilIdle();
        assertThat(told).containsExactly("ada SIGNED_OUT");
        server.close();
        server.awaitClose();
        assertThat(told).endsWith("stopped");
        assertThat(ada.rooms()).isCompletedExceptionally();
    }
}
