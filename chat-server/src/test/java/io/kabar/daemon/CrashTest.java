package io.kabar.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.InviteLink;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ChatClientListener;
import io.kabar.chat.client.DeviceSecret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is killed while three clients send as fast as they can, again and again in the same folder: after each
 * start, what was accepted is there once, under its number, and in the order of its sender. For a long run:
 * {@code ./mvnw test -pl chat-server -am -Dtest=CrashTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dkabar.crash.rounds=200}, and {@code -Dkabar.crash.seed} to repeat its choices.
 */
@DisabledOnOs(OS.WINDOWS) // no SIGKILL
class CrashTest {

    private static final int ROUNDS = Integer.getInteger("kabar.crash.rounds", 3);
    private static final long SEED = Long.getLong("kabar.crash.seed", System.nanoTime());
    private static final int SECONDS = 60;
    /** Messages of one client that are not accepted yet. */
    private static final int WINDOW = 64;

    private static final List<String> NAMES = List.of("ada", "bob", "kim");

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private final Map<String, DeviceSecret> devices = new HashMap<>();
    /** What somebody was told is accepted, by number. */
    private final Map<Long, String> accepted = new ConcurrentHashMap<>();

    /** Numbers that were given to two messages. */
    private final Set<Long> twice = ConcurrentHashMap.newKeySet();

    private final BlockingQueue<ChatEvent> events = new LinkedBlockingQueue<>();
    private final Set<String> seen = new HashSet<>();
    private final Map<String, Integer> newestOf = new HashMap<>();
    private long verified;
    private int port;

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void what_was_accepted_is_there_once_and_in_order_after_every_kill() throws Exception {
        System.out.println("CrashTest: " + ROUNDS + " rounds, seed " + SEED);
        for (int round = 1; round <= ROUNDS; round++) {
            try (ServerProcess server = start()) {
                InviteLink link = server.awaitReady();
                port = link.port();
                verify(link, round);
                loadAndKill(server, link, round);
            }
        }
        try (ServerProcess server = start()) {
            verify(server.awaitReady(), ROUNDS + 1);
            assertThat(server.stderr()).doesNotContain("damaged");
        }
        try (var files = Files.walk(folder.resolve("data"))) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".damaged"));
        }
        System.out.println("CrashTest: " + accepted.size() + " messages were accepted, " + seen.size() + " are there, "
                + verified + " events");
        assertThat(accepted).isNotEmpty();
        assertThat(twice).isEmpty();
    }

    private ServerProcess start() throws Exception {
        return new ServerProcess(
                folder,
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "--data",
                folder.resolve("data").toString(),
                "--open",
                "--no-rate-limit",
                "--history",
                "forever");
    }

    private ChatClient connect(InviteLink link, String name, ChatClientListener listener) throws Exception {
        return ChatClient.builder()
                .server(link)
                .name(name)
                .device(devices.computeIfAbsent(name, key -> DeviceSecret.generate()))
                .listener(listener)
                .connect()
                .get(SECONDS, TimeUnit.SECONDS);
    }

    /** Reads what the log has beyond what was looked at already. */
    private void verify(InviteLink link, int round) throws Exception {
        events.clear();
        ChatClientListener reader = new ChatClientListener() {
            @Override
            public void onEvent(ChatClient from, ChatEvent event, EventOrigin origin) {
                events.add(event);
            }
        };
        try (ChatClient eve = connect(link, "eve", reader)) {
            RoomState state =
                    eve.join(RoomName.LOBBY, JoinHistory.from(verified + 1)).get(SECONDS, TimeUnit.SECONDS);
            assertThat(state.lastSequence())
                    .as("newest event after %d rounds", round - 1)
                    .isGreaterThanOrEqualTo(accepted.keySet().stream()
                            .mapToLong(seq -> seq)
                            .max()
                            .orElse(0));
            while (verified < state.lastSequence()) {
                ChatEvent event = events.poll(SECONDS, TimeUnit.SECONDS);
                assertThat(event)
                        .as("event %d of round %d", verified + 1, round)
                        .isNotNull();
                check(event);
            }
        }
    }

    private void check(ChatEvent event) {
        assertThat(event.sequence()).isEqualTo(++verified);
        String promised = accepted.get(event.sequence());
        if (!event.isSaid()) {
            assertThat(promised).as("event %d", event.sequence()).isNull();
            return;
        }
        if (promised != null) {
            assertThat(event.text()).as("event %d", event.sequence()).isEqualTo(promised);
        }
        assertThat(seen.add(event.text()))
                .as("once: %s", firstLine(event.text()))
                .isTrue();
        int number = Integer.parseInt(firstLine(event.text()));
        Integer before = newestOf.put(event.from().text(), number);
        assertThat(before == null || before < number)
                .as("order of %s: %d after %d", event.from(), number, before)
                .isTrue();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElseThrow().replaceAll("^\\D+", "");
    }

    private void loadAndKill(ServerProcess server, InviteLink link, int round) throws Exception {
        List<ChatClient> clients = new ArrayList<>();
        List<Thread> senders = new ArrayList<>();
        CountDownLatch underLoad = new CountDownLatch(100);
        CountDownLatch killed = new CountDownLatch(1);
        try {
            for (String name : NAMES) {
                ChatClient client = connect(link, name, new ChatClientListener() {});
                clients.add(client);
                client.join(RoomName.LOBBY, JoinHistory.NONE).get(SECONDS, TimeUnit.SECONDS);
                Sender sender = new Sender(client, name, round, random.nextLong(), underLoad, killed);
                senders.add(new Thread(sender, "sender " + name));
            }
            senders.forEach(Thread::start);
            assertThat(underLoad.await(SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(killed.await(random.nextInt(400_000), TimeUnit.MICROSECONDS))
                    .isFalse();
            server.kill();
        } finally {
            killed.countDown();
            clients.forEach(ChatClient::close);
            for (Thread sender : senders) {
                sender.join();
            }
        }
    }

    /** Sends until the server is killed; texts have what CSV has to quote, and lengths up to the longest. */
    private final class Sender implements Runnable {
        private final ChatClient client;
        private final String name;
        private final int round;
        private final Random random;
        private final CountDownLatch underLoad;
        private final CountDownLatch killed;
        private final Semaphore window = new Semaphore(WINDOW);

        Sender(ChatClient client, String name, int round, long seed, CountDownLatch underLoad, CountDownLatch killed) {
            this.client = client;
            this.name = name;
            this.round = round;
            random = new Random(seed);
            this.underLoad = underLoad;
            this.killed = killed;
        }

        @Override
        public void run() {
            int number = round * 1_000_000;
            while (killed.getCount() > 0) {
                try {
                    if (!window.tryAcquire(20, TimeUnit.MILLISECONDS)) {
                        continue;
                    }
                } catch (InterruptedException e) {
                    return;
                }
                String filling = random.nextInt(20) == 0 ? "é\"\n".repeat(random.nextInt(900)) : "=\",\r\n";
                String text = name + " " + ++number + "\n" + filling + "end";
                var unused = client.send(RoomName.LOBBY, text).whenComplete((receipt, failure) -> {
                    if (receipt != null) {
                        String before = accepted.putIfAbsent(receipt.sequence(), text);
                        if (before != null) {
                            twice.add(receipt.sequence());
                        }
                        underLoad.countDown();
                    }
                    window.release();
                });
            }
        }
    }
}
