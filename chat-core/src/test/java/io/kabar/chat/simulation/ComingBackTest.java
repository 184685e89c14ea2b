package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.CloseReason;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Servers, clients and journals that die, stop, stand still and come back. */
@ExtendWith(CheapKeys.class)
class ComingBackTest {
    private static final RoomName LOBBY = RoomName.LOBBY;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** resumption: and a stateless reset tells the clients, so that they are back within seconds */
    @Test
    void clients_of_a_server_that_died_are_back_within_seconds_and_miss_nothing() {
        Seeds.lobby(10, 3, (world, clients) -> {
            for (int i = 0; i < 2; i++) {
                clients.get(0).say(LOBBY, 2_500);
            }
            world.run(Duration.ofSeconds(1));
            world.server.kill(Duration.ofMillis(500));
            clients.forEach(client -> client.say(LOBBY, 3_300)); // on its way, or waiting for the server
            world.run(Duration.ofSeconds(10));

            assertThat(clients).allMatch(client -> client.connections == 2 && client.openCalls() == 0);
            assertThat(clients).allMatch(client -> client.room("lobby").said().size() == 5);
        });
    }

    /** Who is in a room is a fact of its log: a server that is back waits for those it knew. */
    @Test
    void nobody_leaves_and_nobody_joins_because_a_server_was_started_anew() {
        Seeds.lobby(10, 10, (world, clients) -> {
            world.run(Duration.ofSeconds(1));
            long before = world.server.journal.log(LOBBY).last();
            world.server.restart(Duration.ofSeconds(5));
            world.run(MINUTE);
            world.server.kill(Duration.ofSeconds(20));
            world.run(Duration.ofMinutes(3));

            assertThat(clients).allMatch(client -> client.isLive() && client.isIn("lobby") && client.connections == 3);
            assertThat(world.server.journal.log(LOBBY).last()).isEqualTo(before);
        });
    }

    @Test
    void server_that_stops_in_good_order_tells_its_clients_and_they_come_back() {
        Seeds.run(10, seed -> {
            World world = new World(seed);
            world.weather(link -> link.loss = 0.2);
            List<SimClient> clients = world.lobby(3);
            for (int i = 0; i < 3; i++) {
                clients.forEach(client -> client.say("lobby"));
                world.server.restart(Duration.ofSeconds(2));
                world.run(Duration.ofSeconds(20));
            }
            world.finish();
            assertThat(clients).allMatch(client -> client.room("lobby").said().size() == 9);
        });
    }

    /**
     * Nonces: keys of a new sign-in, of a restarted server and of a key update are others, and numbers never repeat.
     */
    @Test
    void no_packet_number_is_used_twice_under_a_key_through_restarts_updates_and_new_sign_ins() {
        LongAdder updates = new LongAdder();
        Seeds.lobby(5, 2, (world, clients) -> { // the wiretap insists, at each packet
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 100; j++) {
                    clients.forEach(client -> client.say("lobby"));
                    world.run(Duration.ofMillis(20));
                }
                if (i % 2 == 0) {
                    world.server.kill(Duration.ofMillis(100));
                } else {
                    clients.get(1).kill();
                    clients.set(1, clients.get(1).startedAgain());
                    clients.get(1).join("lobby");
                }
                world.run(Duration.ofSeconds(10));
            }
            world.finish();
            updates.add(world.wiretap.updates);
        });
        assertThat(updates.sum()).as("key updates of all seeds").isPositive();
    }

    @Test
    void killed_client_that_is_started_again_is_in_at_once_and_nobody_sees_it_leave() {
        Seeds.lobby(10, 2, (world, clients) -> {
            clients.get(1).kill();
            SimClient again = clients.get(1).startedAgain();
            again.join(LOBBY, JoinHistory.from(1));
            long began = world.now;
            world.until(() -> again.isIn("lobby"), MINUTE);

            long roundTrip = 2 * again.up.delay;
            assertThat(world.now - began).as("handshake, login and join").isLessThan(6 * roundTrip);
            world.run(Duration.ofMinutes(5)); // the old session is given up meanwhile
            assertThat(world.server.endpoint().activeSessions()).isEqualTo(2);
            assertThat(world.server.journal.log(LOBBY).count(io.kabar.chat.Content.Left.class))
                    .isZero();
        });
    }

    @Test
    void user_who_is_killed_leaves_after_a_while() {
        World world = new World(3);
        List<SimClient> clients = world.lobby(2);
        clients.get(1).kill();
        world.run(Duration.ofSeconds(200));

        assertThat(clients.get(0).room("lobby").members).hasSize(1);
        assertThat(world.server.endpoint().activeSessions()).isEqualTo(1);
        world.finish();
    }

    @Test
    void two_logins_of_one_account_at_the_same_time_are_two_devices() {
        Seeds.run(10, seed -> {
            World world = new World(seed);
            world.weather(link -> link.jitter = Duration.ofMillis(50).toNanos());
            SimClient one = world.client("ada");
            SimClient two = world.client("ada");
            one.join("lobby");
            two.join("lobby");
            one.say("lobby");
            two.say("lobby");
            world.until(() -> one.isUpToDate("lobby") && two.isUpToDate("lobby"), MINUTE);
            assertThat(world.server.journal.log(LOBBY).count(io.kabar.chat.Content.Joined.class))
                    .isEqualTo(1);
            one.signOut();
            world.run(Duration.ofSeconds(5));
            assertThat(world.server.journal.log(LOBBY).count(io.kabar.chat.Content.Left.class))
                    .isZero();
            world.finish();
        });
    }

    @Test
    void wrong_passwords_are_slowed_down_by_name_and_address_and_tell_nothing_about_names() {
        World world = new World(4, settings -> settings.password = true);
        SimClient ada = world.client("ada");
        world.until(() -> ada.signedIn != null, MINUTE);
        for (String name : new String[] {"ada", "zoe"}) {
            for (int i = 0; i < 5; i++) {
                SimClient guesser = world.client(name, ada.keyOfServer(), "guess " + i);
                guesser.nat.becomes(SimNetwork.address(7, 7, 700 + world.clients.size()));
                world.until(() -> guesser.closed != null, MINUTE);
                Refusal expected = i < 3 ? Refusal.WRONG_PASSWORD : Refusal.LOGIN_THROTTLED;
                assertThat(guesser.ending().refusal())
                        .as("%s, guess %d", name, i)
                        .isEqualTo(expected);
            }
        }
        SimClient elsewhere = world.client("ada");
        world.until(() -> elsewhere.signedIn != null, MINUTE);
        world.finish();
    }

    @Test
    void pause_of_ten_minutes_of_the_server_is_no_burst_of_false_timeouts() {
        Seeds.lobby(5, 4, (world, clients) -> {
            world.server.freeze(Duration.ofMinutes(2));
            world.run(Duration.ofMinutes(1));
            clients.get(0).say("lobby");
            world.run(Duration.ofSeconds(90));

            assertThat(clients).allMatch(client -> client.isUpToDate("lobby") && client.openCalls() == 0);
            assertThat(world.server.signedOut).isEmpty();
            assertThat(clients).allMatch(client -> client.connections == 1);

            world.server.freeze(Duration.ofMinutes(10)); // longer than anybody waits: they come back
            world.run(Duration.ofMinutes(12));
            assertThat(clients).allMatch(client -> client.isUpToDate("lobby"));
        });
    }

    @Test
    void client_that_slept_for_ten_minutes_catches_up() {
        Seeds.lobby(5, 2, (world, clients) -> {
            clients.get(1).freeze(Duration.ofMinutes(10));
            for (int i = 0; i < 300; i++) {
                clients.get(0).say("lobby");
                world.run(Duration.ofSeconds(2));
            }
            world.run(Duration.ofSeconds(30));
            assertThat(clients.get(1).room("lobby").said()).hasSize(300);
        });
    }

    @Test
    void wall_clock_that_jumps_changes_nothing_but_the_times_that_are_shown() {
        World world = new World(5);
        List<SimClient> clients = world.lobby(2);
        for (int hours : new int[] {5, -10, 100_000, -100_000}) {
            world.jumpWallClock(Duration.ofHours(hours));
            clients.forEach(client -> client.say("lobby"));
            world.run(Duration.ofSeconds(20));
        }
        assertThat(clients).allMatch(client -> client.connections == 1 && client.openCalls() == 0);
        assertThat(clients.get(0).room("lobby").said()).hasSize(8);
        world.finish();
    }

    @Test
    void slow_journal_delays_and_a_failing_one_refuses_and_both_recover() {
        Seeds.lobby(10, 2, (world, clients) -> {
            SimClient ada = clients.get(0);
            world.server.journal.delay = Duration.ofSeconds(3).toNanos();
            Call slow = ada.say(LOBBY, 0);
            world.run(Duration.ofSeconds(2));
            assertThat(slow.answered).isFalse();
            world.run(Duration.ofSeconds(2));
            assertThat(slow.accepted()).isTrue();

            world.server.journal.delay = 0;
            world.server.journal.failing = true;
            Call failed = ada.say(LOBBY, 0);
            world.run(Duration.ofSeconds(2));
            assertThat(failed.refusal).isEqualTo(Refusal.STORAGE);

            world.server.journal.failing = false;
            Call later = ada.say(LOBBY, 0);
            world.run(Duration.ofSeconds(2));
            assertThat(later.accepted()).isTrue();
        });
    }

    /** A message may be on its way twice, under two attempts: what is told of the first does not decide the second. */
    @Test
    void message_that_was_refused_and_waits_to_be_said_again_is_answered_once_and_rightly() {
        Seeds.run(
                20,
                seed -> { // the ledger insists that nothing is said that was refused
                    World world = new World(seed, settings -> settings.maxProposals = 2);
                    List<SimClient> clients = world.lobby(2);
                    for (int i = 0; i < 40; i++) {
                        // About as long as a client waits that was told BUSY: answers and new attempts meet under way.
                        world.server.journal.delay = Duration.ofMillis(80 + world.random.nextInt(100))
                                .toNanos();
                        world.server.journal.failing = world.random.nextBoolean();
                        clients.get(0).say("lobby");
                        world.run(Duration.ofMillis(world.random.nextInt(40)));
                    }
                    world.finish();
                });
    }

    /**
     * What a dying server had stored must not be stored again by the next one, though it cannot read its journal yet.
     */
    @Test
    void message_stored_before_a_crash_is_not_stored_again_while_the_journal_cannot_be_read() {
        Seeds.lobby(5, 2, (world, clients) -> {
            clients.get(0).down.blackHole = true;
            clients.get(0).say("lobby"); // is stored, but nobody can tell
            world.run(Duration.ofSeconds(1));
            world.server.kill(Duration.ofMillis(100));
            world.server.journal.failing = true;
            clients.get(0).down.blackHole = false;
            world.run(Duration.ofSeconds(20));
            world.server.journal.failing = false;
            world.finish();
            assertThat(clients).allMatch(client -> client.room("lobby").said().size() == 1);
            assertThat(world.server.journal.log(LOBBY).count(io.kabar.chat.Content.Said.class))
                    .isEqualTo(1);
        });
    }

    @Test
    void room_with_large_messages_can_be_left_and_entered_again_and_again() {
        Seeds.run(10, seed -> {
            World world = new World(seed);
            world.weather(link -> link.loss = seed % 2 * 0.1);
            List<SimClient> clients = world.lobby(2);
            for (int i = 0; i < 5; i++) {
                clients.get(0).say(LOBBY, 3_000);
                clients.get(0).say(LOBBY, 10);
            }
            world.run(Duration.ofSeconds(5));
            for (int i = 0; i < 3; i++) {
                clients.get(1).leave(LOBBY);
                clients.get(1).join(LOBBY, JoinHistory.from(1));
                world.until(() -> clients.get(1).isUpToDate("lobby"), MINUTE);
            }
            assertThat(clients.get(1).room("lobby").said()).hasSize(10);
            assertThat(clients.get(1).connections).isEqualTo(1);
            world.finish();
        });
    }

    @Test
    void whoever_signs_out_while_the_network_is_away_is_gone_all_the_same() {
        World world = new World(8);
        List<SimClient> clients = world.lobby(2);
        clients.get(1).up.blackHole = true;
        clients.get(1).say("lobby");
        world.run(Duration.ofSeconds(1));
        clients.get(1).signOut();
        world.run(Duration.ofSeconds(5));
        assertThat(clients.get(1).closed).isNotNull();
        assertThat(clients.get(1).closed.reason()).isEqualTo(CloseReason.SIGNED_OUT);
        world.finish();
    }
}
