package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever reads slowly, or not at all, costs the others nothing and the server little. */
class SlowReaderTest {
    private static final int CROWD = 60;
    private static final int MESSAGES = 150;

    @Test
    void slow_reader_in_a_crowd_delays_nobody_and_catches_up_without_a_hole() {
        long alone = slowestOfTheOthers(false);
        long beside = slowestOfTheOthers(true);
        assertThat(beside).as("p99 from commit to sight, beside a slow reader").isLessThanOrEqualTo(alone + 2_000_000);
    }

    /** The 99th percentile of the others' delays, in nanoseconds. */
    private static long slowestOfTheOthers(boolean slowOne) {
        World world = new World(1);
        List<SimClient> crowd = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            SimClient client = world.client("reader" + i);
            client.join("lobby");
            crowd.add(client);
        }
        world.until(() -> crowd.stream().allMatch(client -> client.isIn("lobby")), Duration.ofMinutes(1));
        SimClient slow = crowd.get(1);
        if (slowOne) {
            slow.down.bottleneck = new Bottleneck(0.02, 10);
        }
        List<List<Long>> delays = new ArrayList<>();
        crowd.stream().skip(2).forEach(client -> delays.add(RoamingTest.delaysOf(world, client, number -> true)));
        for (int i = 0; i < MESSAGES; i++) {
            crowd.get(0).say(RoomName.LOBBY, 300);
            world.run(Duration.ofMillis(40));
        }
        world.run(Duration.ofSeconds(1));
        World.require(!slowOne || !slow.isUpToDate("lobby"), "the slow one is not slow");
        slow.down.bottleneck = null;
        world.until(() -> slow.isUpToDate("lobby"), Duration.ofMinutes(1));
        assertThat(slow.room("lobby").said()).hasSize(MESSAGES);
        world.finish();
        List<Long> all = new ArrayList<>();
        delays.forEach(all::addAll);
        Collections.sort(all);
        assertThat(all).hasSize((CROWD - 2) * MESSAGES);
        return all.get(all.size() * 99 / 100);
    }

    @Test
    void whoever_acknowledges_but_never_reads_is_sent_its_credit_and_no_more() {
        World world = new World(2, settings -> settings.historyInMemory = 256);
        world.server.remembers("history", 5_000, 200);
        SimClient idle = world.client("idle");
        idle.stopReading();
        idle.join(new RoomName("history"), JoinHistory.from(1));
        world.run(Duration.ofMinutes(5));

        assertThat(idle.room("history").next).isEqualTo(1024 + 1);
        assertThat(idle.connections).isEqualTo(1);
        idle.readOn();
        world.until(() -> idle.isUpToDate("history"), Duration.ofMinutes(1));
        world.finish();
    }

    @Test
    void whoever_reads_but_never_acknowledges_is_given_up_in_time() {
        World world = new World(3);
        world.server.remembers("history", 2_000, 1_000);
        List<SimClient> clients = world.lobby(2);
        SimClient mute = clients.get(1);
        mute.join(new RoomName("history"), JoinHistory.from(1));
        world.run(Duration.ofMillis(40));
        mute.up.blackHole = true;
        long before = world.server.endpoint().counters().bytesOut();
        world.run(Duration.ofSeconds(200));
        long drawn = world.server.endpoint().counters().bytesOut() - before;

        assertThat(drawn).as("bytes sent to somebody who does not answer").isLessThan(60_000);
        assertThat(world.server.endpoint().activeSessions()).isEqualTo(1);
        mute.up.blackHole = false;
        world.finish();
    }

    @Test
    void history_that_the_journal_has_let_go_of_is_told_as_a_gap() {
        World world = new World(4, settings -> settings.historyInMemory = 64);
        List<SimClient> clients = world.lobby(2);
        SimClient bob = clients.get(1);
        bob.freeze(Duration.ofMinutes(10));
        for (int i = 0; i < 300; i++) {
            clients.get(0).say("lobby");
            world.run(Duration.ofSeconds(1));
        }
        world.server.journal.forgetBefore(RoomName.LOBBY, 200);
        world.run(Duration.ofMinutes(8));

        assertThat(bob.isUpToDate("lobby")).isTrue();
        assertThat(bob.room("lobby").missed).isPositive();
        world.finish();
    }

    /** What is gone took a leave, a join and a topic along; bob was in the room all the time. */
    @Test
    void who_is_in_a_room_is_told_again_after_a_gap() {
        Seeds.run(10, seed -> {
            World world = new World(seed, settings -> settings.historyInMemory = 16);
            List<SimClient> clients = world.lobby(3);
            SimClient ada = clients.get(0);
            SimClient bob = clients.get(1);
            bob.down.blackHole = true;
            clients.get(2).leave(RoomName.LOBBY);
            world.client("dan").join("lobby");
            ada.setTopic("lobby", "what nobody has told bob");
            for (int i = 0; i < 40; i++) {
                world.run(Duration.ofMillis(200));
                ada.say("lobby");
                // All the time, or the server may have read it before the last probe.
                long last = world.server.journal.log(RoomName.LOBBY).last();
                world.server.journal.forgetBefore(RoomName.LOBBY, Math.max(1, last - 2));
            }
            bob.down.blackHole = false;
            world.run(Duration.ofSeconds(30));

            SeenRoom room = bob.room("lobby");
            assertThat(room.missed).isPositive();
            assertThat(bob.connections).isEqualTo(1);
            assertThat(room.topic).isEqualTo("what nobody has told bob");
            assertThat(room.members).containsExactlyInAnyOrder("usera", "userb", "dan");
            world.finish();
        });
    }
}
