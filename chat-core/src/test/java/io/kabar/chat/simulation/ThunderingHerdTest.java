package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Content;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Some hundred clients in one room lose their server: they come back by themselves, spread out, and nobody misses
 * anything, says anything twice or is seen to leave. A thousand with the profile {@code large}, more of them with
 * {@code -Dsim.clients=5000}: what it costs grows with the square.
 */
@ExtendWith(CheapKeys.class)
class ThunderingHerdTest {
    private static final int CLIENTS = Integer.getInteger("sim.clients", 500);
    /** As many as a private address may have sit behind one. */
    private static final int BEHIND_ONE_ADDRESS = Math.min(CLIENTS, 256);
    /**
     * A server with one worker that needs three seconds for all of them: 3 ms for each of a thousand, as on a slow
     * machine.
     */
    private static final Duration AGREEMENT = Duration.ofSeconds(3).dividedBy(CLIENTS);

    private static final Duration AWAY = Duration.ofSeconds(2);
    private static final Duration WINDOW = Duration.ofMillis(100);
    /**
     * Of the herd, so much at most may come within {@link #WINDOW}. It would be nearly half if each waited a quarter to
     * half of a second, and all of it without a wait. Spread evenly over 5 s it is a fiftieth; three times as much when
     * a server is back and those who came too early knock again.
     */
    private static final double SHARE = 0.1;

    private final World world = new World(1, settings -> settings.agreementNanos = AGREEMENT.toNanos());
    private final List<SimClient> clients = new ArrayList<>();
    private int said;

    @Test
    @Timeout(600) // five thousand take minutes
    void herd_comes_back_spread_out_after_a_planned_restart_and_after_a_crash() {
        gather();
        loses("in good order", () -> world.server.restart(AWAY));
        loses("in a crash", () -> {
            // Each has asked something when it dies: so all of them find out as soon as it is back.
            clients.forEach(client -> client.away(true));
            world.server.kill(AWAY);
        });
        world.finish();
    }

    private void gather() {
        List<String> names =
                IntStream.range(0, CLIENTS).mapToObj(i -> "user-" + i).toList();
        world.server.remembersMembers(
                RoomName.LOBBY, names.stream().map(UserName::new).toList());
        InetSocketAddress office = world.freshAddress(null);
        for (String name : names) {
            SimClient client = world.client(name);
            if (clients.size() < BEHIND_ONE_ADDRESS) {
                client.nat.becomes(world.freshAddress(office));
            }
            client.join("lobby");
            clients.add(client);
            world.run(AGREEMENT);
        }
        world.until(this::isTogether, Duration.ofMinutes(1));
    }

    /** Everybody has everything, and everything that was asked is answered. */
    private boolean isTogether() {
        return clients.stream().allMatch(client -> client.isUpToDate("lobby") && client.openCalls() == 0);
    }

    private void loses(String how, Runnable accident) {
        int before = clients.get(0).connections;
        say(0);
        world.run(Duration.ofMillis(20)); // some of it is stored, and nobody knows
        long began = world.now;
        accident.run();
        say(1); // waits for the server
        SimClient first = clients.get(0);
        world.until(() -> first.connections > before && first.isUpToDate("lobby"), Duration.ofSeconds(15));
        List<Long> delays = RoamingTest.delaysOf(world, first, number -> true);
        for (int i = 0; i < 10; i++) { // whoever is back is served while the others come
            first.say("lobby");
            said++;
            world.run(Duration.ofMillis(100));
        }
        first.onEvent = null;
        world.until(this::isTogether, Duration.ofSeconds(60));

        assertThat(clients).as(how).allMatch(client -> client.connections == before + 1);
        assertThat(delays).hasSizeGreaterThanOrEqualTo(10).allMatch(delay -> delay < 3 * first.down.delay);
        assertSpread(how, "HELLO", began);
        assertSpread(how, "INIT", began);
        assertLogs();
        assertThat(world.server.loginsRefused).isEmpty();
        // Of some thousands it may be asked for more key agreements than it takes at a time ("full"): they are asked
        // for again.
        assertThat(world.server.endpoint().drops()).doesNotContainKey("too_many_from_address");
    }

    /** Some of them say something, others each time. */
    private void say(int which) {
        for (int i = which; i < CLIENTS; i += CLIENTS / 10) {
            clients.get(i).say("lobby");
            said++;
        }
    }

    private void assertSpread(String how, String kind, long began) {
        List<Long> times = world.wiretap.greetedAt.getOrDefault(kind, List.of()).stream()
                .filter(time -> time >= began)
                .toList();
        int most = 0;
        for (int from = 0, to = 0; to < times.size(); to++) {
            while (times.get(to) - times.get(from) >= WINDOW.toNanos()) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        String seen = String.format(
                "server lost %s: %d %ss from %.1f to %.1f s after it, at most %d within %d ms",
                how,
                times.size(),
                kind,
                (times.get(0) - began) / 1e9,
                (times.get(times.size() - 1) - began) / 1e9,
                most,
                WINDOW.toMillis());
        if (System.getProperty("sim.clients") != null) {
            System.out.println(seen);
        }
        assertThat(times).as(seen).hasSizeGreaterThanOrEqualTo(CLIENTS);
        assertThat(most).as(seen).isLessThanOrEqualTo((int) (SHARE * CLIENTS));
    }

    /** All logs are equal and complete, with no leave and no join in any. */
    private void assertLogs() {
        SimJournal.Log log = world.server.journal.log(RoomName.LOBBY);
        assertThat(log.count(Content.Joined.class)).isEqualTo(CLIENTS);
        assertThat(log.count(Content.Left.class)).isZero();
        List<String> all = clients.get(0).room("lobby").said();
        assertThat(all).doesNotHaveDuplicates().hasSize(said);
        assertThat(clients)
                .allMatch(client -> client.room("lobby").said().equals(all))
                .allMatch(client -> client.room("lobby").events.size() == said);
    }
}
