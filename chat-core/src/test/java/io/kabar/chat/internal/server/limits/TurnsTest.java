package io.kabar.chat.internal.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.server.core.ServerLoop;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Work that is bounded for everybody is shared by networks, whoever asks first and however often. */
class TurnsTest {

    private static final long RATE = 1000;

    /** One who asks for so many steps at a time, again and again. */
    private static final class Asking {
        private final AddressPrefixes from;
        private final int steps;

        Asking(String from, int steps) {
            try {
                this.from = AddressPrefixes.of(InetAddress.getByName(from));
            } catch (UnknownHostException e) {
                throw new AssertionError(e);
            }
            this.steps = steps;
        }
    }

    private final ServerLoop loop = new ServerLoop(() -> Instant.EPOCH);
    private final List<Asking> turnedAway = new ArrayList<>();
    private final Map<Asking, Long> done = new HashMap<>();
    private final Turns<Asking> turns =
            new Turns<>(loop, new WorkBudget(RATE), asking -> asking.from, turnedAway::add, this::serve);

    private void serve() {
        for (Asking next = turns.next(); next != null; next = turns.next()) {
            turns.done(next, next.steps, true);
            done.merge(next, (long) next.steps, Long::sum);
        }
    }

    private void runFor(long seconds) {
        serve();
        long end = loop.now() + seconds * 1_000_000_000L;
        while (loop.deadlines().next() <= end) {
            loop.begin(loop.deadlines().next());
            loop.runDelayed();
        }
        loop.begin(end);
    }

    @Test
    void networks_have_equal_shares_of_the_work_whatever_each_piece_costs() {
        Asking dear = new Asking("203.0.113.9", 200);
        Asking cheap = new Asking("192.0.2.1", 5);
        turns.add(dear);
        turns.add(cheap);
        List<Asking> crowd = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            crowd.add(new Asking("198.51." + i % 4 + "." + i, 1 + i));
            turns.add(crowd.get(i));
        }
        runFor(100);
        long all = done.values().stream().mapToLong(Long::longValue).sum();
        assertThat(all).isBetween(100 * RATE, 102 * RATE);
        assertThat(turns.spent()).isEqualTo(all);
        long ofCrowd =
                crowd.stream().mapToLong(each -> done.getOrDefault(each, 0L)).sum();
        for (long share : new long[] {done.getOrDefault(dear, 0L), done.getOrDefault(cheap, 0L), ofCrowd}) {
            assertThat(share).isBetween(all * 31 / 100, all * 36 / 100);
        }
        assertThat(crowd).as("each has had a turn").allMatch(done::containsKey);
    }

    @Test
    void as_many_wait_as_may_and_the_crowd_makes_room() {
        for (int i = 0; i < Turns.WAITING; i++) {
            Asking one = new Asking("198.51.100." + i % 100, 1);
            assertThat(turns.hasRoom(one.from)).isTrue();
            turns.add(one);
        }
        Asking more = new Asking("198.51.100.7", 1);
        assertThat(turns.hasRoom(more.from)).isFalse();
        Asking elsewhere = new Asking("203.0.113.9", 1);
        assertThat(turns.hasRoom(elsewhere.from)).isTrue();
        turns.add(elsewhere);
        assertThat(turnedAway).hasSize(1);
        assertThat(turns.size()).isEqualTo(Turns.WAITING);
    }
}
