package io.kabar.chat.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.InviteLink;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Receipt;
import io.kabar.chat.RoomName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ChatClientListener;
import io.kabar.chat.client.ClientOptions;
import io.kabar.chat.client.ConnectionState;
import io.kabar.chat.client.DeviceSecret;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.ServerOptions;
import io.kabar.chat.server.ServerStats;
import io.kabar.chat.simulation.Bottleneck;
import io.kabar.chat.simulation.Link;
import io.kabar.chat.spi.PasswordVerifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Real clients and a real server over sockets, with a bad line between them. What the simulator shows a thousand times,
 * once more with the system's own sockets, threads and clock. {@code -Dintegration.full} takes the full time.
 */
class BadNetworkTest {

    private static final boolean FULL = System.getProperty("integration.full") != null;
    private static final String PASSWORD = "open sesame";
    private static final RoomName ROOM = RoomName.LOBBY;
    private static final long SEED = 7;
    private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    @Test
    void new_port_every_300_ms_for_ten_seconds() throws Exception {
        try (Meeting meeting = new Meeting(loopback(), BadNetworkTest::rough)) {
            int rebinds = FULL ? 33 : 10;
            for (int i = 0; i < rebinds; i++) {
                meeting.talk(300);
                meeting.line.rebind();
            }
            meeting.talk(300);
            meeting.assertNothingLostAndNothingTwice();
            assertThat(meeting.server.stats().roamed()).isBetween(rebinds / 2L, 2L * rebinds);
        }
    }

    /** The client replaces its socket while it searches, and its machine stays where it is. */
    @Test
    void a_line_that_is_dead_for_a_while_is_no_move_of_this_machine() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        ChatClientListener listener = new ChatClientListener() {
            @Override
            public void onStateChanged(ChatClient from, ConnectionState state) {
                told.add(state.name());
            }

            @Override
            public void onRoamed(ChatClient from) {
                told.add("moved");
            }
        };
        try (ChatServer server = ChatServer.builder()
                        .bind(new InetSocketAddress(loopback(), 0))
                        .open()
                        .start();
                BadLine line = new BadLine(server.address(), SEED);
                ChatClient client = ChatClient.builder()
                        .server(InviteLink.parse(
                                "kabar://127.0.0.1:" + line.address().getPort()))
                        .name("ada")
                        .listener(listener)
                        .connect()
                        .get(30, TimeUnit.SECONDS)) {
            client.join(ROOM, JoinHistory.NONE).get(30, TimeUnit.SECONDS);
            line.weather(link -> link.blackHole = true);
            var unused = client.send(ROOM, "hello");
            List<String> heard = new ArrayList<>();
            awaitState(told, "SEARCHING", heard);
            line.rebind();
            line.weather(link -> link.blackHole = false);
            awaitState(told, "LIVE", heard);
            client.send(ROOM, "again").get(30, TimeUnit.SECONDS);
            heard.addAll(told);
            assertThat(heard).doesNotContain("moved");
        }
    }

    private static void awaitState(BlockingQueue<String> told, String state, List<String> heard)
            throws InterruptedException {
        for (String next = ""; !state.equals(next); heard.add(next)) {
            next = told.poll(60, TimeUnit.SECONDS);
            assertThat(next).as("waiting for %s", state).isNotNull();
        }
    }

    @Test
    void some_seconds_on_and_two_off() throws Exception {
        try (Meeting meeting = new Meeting(loopback(), BadNetworkTest::rough)) {
            for (int i = 0; i < (FULL ? 4 : 1); i++) {
                meeting.talk(FULL ? 5_000 : 1_000);
                meeting.line.weather(link -> link.blackHole = true);
                meeting.talk(2_000);
                meeting.line.weather(link -> link.blackHole = false);
            }
            meeting.talk(1_000);
            meeting.assertNothingLostAndNothingTwice();
        }
    }

    @Test
    void sign_in_though_three_of_ten_are_lost() throws Exception {
        int clients = FULL ? 50 : 5;
        List<BadLine> lines = new ArrayList<>();
        List<CompletableFuture<ChatClient>> connecting = new ArrayList<>();
        EventRecorder recorder = new EventRecorder();
        try (ChatServer server = server(loopback());
                ChatClient witness =
                        connect(server, server.address(), "witness", recorder).get(20, TimeUnit.SECONDS)) {
            witness.join(ROOM, JoinHistory.NONE).get(20, TimeUnit.SECONDS);
            for (int i = 0; i < clients; i++) {
                BadLine line = new BadLine(server.address(), SEED + i);
                lines.add(line);
                line.weather(link -> {
                    link.delay = Duration.ofMillis(5).toNanos();
                    link.loss = 0.3;
                });
                connecting.add(connect(server, line.address(), "visitor-" + i, new EventRecorder()));
            }
            for (int i = 0; i < clients; i++) {
                try (ChatClient client = connecting.get(i).get(60, TimeUnit.SECONDS)) {
                    client.join(ROOM, JoinHistory.NONE).get(60, TimeUnit.SECONDS);
                    client.send(ROOM, "hello of " + i).get(60, TimeUnit.SECONDS);
                }
            }
            for (int i = 0; i < clients; i++) {
                assertThat(recorder.said()).isEqualTo("hello of " + i);
            }
            assertThat(server.stats().logins()).as("each signed in once").isEqualTo(clients + 1L);
        } finally {
            for (BadLine line : lines) {
                line.close();
            }
        }
    }

    @Test
    void ipv6_only() throws Exception {
        InetAddress address = InetAddress.getByAddress(IPV6_LOOPBACK);
        assumeThat(hasLoopback(address)).as("this machine has IPv6").isTrue();
        try (Meeting meeting = new Meeting(address, BadNetworkTest::rough)) {
            meeting.talk(500);
            meeting.line.rebind();
            meeting.talk(500);
            meeting.assertNothingLostAndNothingTwice();
            assertThat(meeting.server.stats().roamed()).isPositive();
        }
    }

    @Test
    void slow_line_with_a_short_queue_carries_a_history() throws Exception {
        try (Meeting meeting = new Meeting(loopback(), link -> {});
                BadLine line = new BadLine(meeting.server.address(), SEED)) {
            String text = "x".repeat(2_000);
            for (int i = 0; i < 100; i++) {
                meeting.bob.send(ROOM, i + " " + text).get(20, TimeUnit.SECONDS);
            }
            line.weather(link -> {
                link.delay = Duration.ofMillis(15).toNanos();
                link.bottleneck = new Bottleneck(4, 25);
            });
            EventRecorder recorder = new EventRecorder();
            try (ChatClient carol =
                    connect(meeting.server, line.address(), "carol", recorder).get(20, TimeUnit.SECONDS)) {
                carol.join(ROOM, JoinHistory.last(1000)).get(20, TimeUnit.SECONDS);
                for (int i = 0; i < 100; i++) {
                    assertThat(recorder.said()).isEqualTo(i + " " + text);
                }
            }
        }
    }

    /** Two clients who talk: ada over a line that is bad, bob without one. */
    private static final class Meeting implements AutoCloseable {
        final ChatServer server;
        final BadLine line;
        final ChatClient ada;
        final ChatClient bob;
        final EventRecorder adas = new EventRecorder();
        final EventRecorder bobs = new EventRecorder();
        final List<CompletableFuture<Receipt>> sent = new ArrayList<>();
        final Set<String> texts = new HashSet<>();

        Meeting(InetAddress address, Consumer<Link> weather) throws Exception {
            server = server(address);
            line = new BadLine(server.address(), SEED);
            line.weather(weather);
            ada = connect(server, line.address(), "ada", adas).get(20, TimeUnit.SECONDS);
            bob = connect(server, server.address(), "bob", bobs).get(20, TimeUnit.SECONDS);
            ada.join(ROOM, JoinHistory.NONE).get(20, TimeUnit.SECONDS);
            bob.join(ROOM, JoinHistory.NONE).get(20, TimeUnit.SECONDS);
        }

        /** Both say something every 20 ms, for so long. */
        void talk(long millis) {
            Executor later = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);
            long end = System.nanoTime() + millis * 1_000_000;
            while (System.nanoTime() < end) {
                for (ChatClient client : List.of(ada, bob)) {
                    String text = client.name() + " " + texts.size();
                    texts.add(text);
                    sent.add(client.send(ROOM, text));
                }
                CompletableFuture.runAsync(() -> {}, later).join();
            }
        }

        void assertNothingLostAndNothingTwice() throws Exception {
            for (CompletableFuture<Receipt> receipt : sent) {
                receipt.get(30, TimeUnit.SECONDS);
            }
            List<ChatEvent> log = new ArrayList<>();
            for (int i = 0; i < sent.size() + 2; i++) {
                ChatEvent event = adas.next();
                assertThat(event.sequence()).isEqualTo(i + 1L);
                log.add(event);
            }
            assertThat(log.subList(0, 2)).allMatch(event -> event.isJoined());
            assertThat(log.subList(2, log.size()))
                    .extracting(event -> event.text())
                    .as("no leave, no join, nothing lost, nothing twice")
                    .containsExactlyInAnyOrderElementsOf(texts);
            for (int i = 1; i < log.size(); i++) {
                assertThat(bobs.next()).isEqualTo(log.get(i));
            }
            ServerStats stats = server.stats();
            assertThat(stats.logins()).as("nobody had to sign in again").isEqualTo(2);
            assertThat(stats.accepted()).isEqualTo(log.size());
        }

        @Override
        public void close() throws IOException {
            ada.close();
            bob.close();
            line.close();
            server.close();
        }
    }

    private static void rough(Link link) {
        link.delay = Duration.ofMillis(5).toNanos();
        link.jitter = Duration.ofMillis(2).toNanos();
        link.loss = 0.02;
        link.reordering = 0.05;
        link.duplication = 0.05;
        link.corruption = 0.02;
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    private static boolean hasLoopback(InetAddress address) {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.bind(new InetSocketAddress(address, 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static ChatServer server(InetAddress address) throws IOException {
        return ChatServer.builder()
                .bind(new InetSocketAddress(address, 0))
                .joinVerifier(PasswordVerifier.derive(PASSWORD, 10_000))
                .options(ServerOptions.defaults().withoutRateLimit())
                .start();
    }

    private static CompletableFuture<ChatClient> connect(
            ChatServer server, InetSocketAddress at, String name, EventRecorder recorder) {
        return ChatClient.builder()
                .server(new InviteLink(
                        at.getAddress().getHostAddress().replaceAll("%.*", ""),
                        at.getPort(),
                        Optional.empty(),
                        Optional.of(server.key())))
                .name(name)
                .password(PASSWORD)
                .device(DeviceSecret.generate())
                .options(ClientOptions.defaults().withConnectTimeout(Duration.ofSeconds(60)))
                .listener(recorder)
                .connect();
    }
}
