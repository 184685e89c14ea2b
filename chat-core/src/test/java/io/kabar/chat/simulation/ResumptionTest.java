package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Content;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Clients that come back by ticket, and those whose ticket is not taken: nobody in the room can tell the difference.
 */
@ExtendWith(CheapKeys.class)
class ResumptionTest {
    private static final RoomName LOBBY = RoomName.LOBBY;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Nobody has left and nobody has joined since the lobby was full. */
    private static void assertNobodyHasMoved(World world, int members) {
        assertThat(world.server.journal.log(LOBBY).count(Content.Left.class)).isZero();
        assertThat(world.server.journal.log(LOBBY).count(Content.Joined.class)).isEqualTo(members);
    }

    @Test
    void tickets_outlive_the_server_and_each_serves_once() {
        Seeds.run(10, seed -> {
            World world = new World(seed, settings -> settings.password = seed % 2 == 0);
            List<SimClient> clients = world.lobby(3);
            for (int i = 1; i <= 4; i++) {
                if (i % 2 == 0) {
                    world.server.kill(Duration.ofSeconds(1));
                } else {
                    world.server.restart(Duration.ofSeconds(1));
                }
                clients.forEach(client -> client.say("lobby"));
                world.run(Duration.ofSeconds(30));
                assertThat(world.server.resumptions()).isEqualTo(3L * i);
            }
            assertThat(clients).allMatch(client -> client.connections == 5 && client.isUpToDate("lobby"));
            assertNobodyHasMoved(world, 3);
            world.finish();
        });
    }

    @Test
    void resumption_over_a_bad_network_loses_nothing() {
        Seeds.run(20, seed -> {
            World world = new World(seed);
            List<SimClient> clients = world.lobby(4);
            world.weather(link -> {
                link.loss = 0.25;
                link.jitter = Duration.ofMillis(40).toNanos();
            });
            for (int i = 0; i < 3; i++) {
                clients.forEach(client -> client.say("lobby"));
                world.server.kill(Duration.ofSeconds(1));
                world.run(MINUTE);
            }
            world.finish();
            assertThat(world.server.resumptions()).isGreaterThanOrEqualTo(4);
            assertThat(clients).allMatch(client -> client.room("lobby").said().size() == 12);
        });
    }

    /** From the first word over a new connection to the last one of the sign-in: one round trip, and not two. */
    @Test
    void ticket_spares_a_round_trip() {
        Seeds.run(10, seed -> {
            World world = new World(seed, settings -> settings.password = true);
            world.weather(link -> link.delay = Duration.ofMillis(100).toNanos());
            SimClient ada = world.client("ada");
            world.until(() -> ada.connections == 1, MINUTE);
            long began = world.now;
            world.until(ada::isLive, MINUTE);
            Duration byPassword = Duration.ofNanos(world.now - began);
            ada.join("lobby");
            world.run(Duration.ofSeconds(2));

            world.server.kill(Duration.ofMillis(500));
            world.until(() -> ada.connections == 2, MINUTE);
            began = world.now;
            world.until(() -> ada.finds == 1, MINUTE);
            Duration byTicket = Duration.ofNanos(world.now - began);

            assertThat(byPassword).isBetween(Duration.ofMillis(400), Duration.ofMillis(450));
            assertThat(byTicket).isBetween(Duration.ofMillis(200), Duration.ofMillis(250));
            assertThat(world.server.resumptions()).isEqualTo(1);
            world.finish();
        });
    }

    @Test
    void changed_password_voids_a_ticket_and_its_owner_signs_in_by_the_new_one_unseen() {
        Seeds.run(10, seed -> {
            World world = new World(seed, settings -> settings.password = true);
            List<SimClient> clients = world.lobby(3);
            world.server.changePassword(clients.get(0).name);
            world.run(Duration.ofSeconds(1));
            world.server.kill(Duration.ofSeconds(1));
            world.run(Duration.ofSeconds(30));

            assertThat(world.server.resumptions()).as("of the two others").isEqualTo(2);
            assertThat(world.server.loginsRefused).isEmpty();
            assertThat(clients).allMatch(client -> client.connections == 2 && client.isUpToDate("lobby"));
            assertNobodyHasMoved(world, 3);

            world.server.kill(Duration.ofSeconds(1));
            world.run(Duration.ofSeconds(30));
            assertThat(world.server.resumptions()).as("and then of all").isEqualTo(5);
            world.finish();
        });
    }

    @Test
    void server_that_asks_for_a_password_now_takes_no_ticket_from_when_it_did_not() {
        assertThat(refusalAfterChangeTo(true)).isEqualTo(Refusal.WRONG_PASSWORD);
    }

    /** It cannot prove that it knows the password, so whoever has one does not go on without. */
    @Test
    void server_that_asks_for_no_password_any_more_is_not_believed_by_those_who_gave_one() {
        assertThat(refusalAfterChangeTo(false)).isEqualTo(Refusal.SERVER_UNPROVEN);
    }

    private static @Nullable Refusal refusalAfterChangeTo(boolean password) {
        List<SimSettings> settings = new ArrayList<>();
        World world = new World(6, made -> {
            made.password = !password;
            settings.add(made);
        });
        List<SimClient> clients = world.lobby(2);
        settings.get(0).password = password;
        world.server.kill(Duration.ofSeconds(1));
        world.run(Duration.ofSeconds(30));

        assertThat(world.server.resumptions()).isZero();
        assertThat(clients).allMatch(client -> client.connections == 2 && client.closed != null);
        assertThat(clients.get(1).ending().refusal())
                .isEqualTo(clients.get(0).ending().refusal());
        return clients.get(0).ending().refusal();
    }

    /** The server has taken it, but the client could not hear that, and shows it again over the next connection. */
    @Test
    void ticket_that_is_shown_again_because_the_answer_was_lost_costs_a_login_and_nothing_else() {
        Seeds.run(10, seed -> {
            World world = new World(seed);
            List<SimClient> clients = world.lobby(2);
            SimClient ada = clients.get(0);
            world.server.kill(Duration.ofSeconds(1));
            world.until(() -> ada.connections == 2, MINUTE);
            ada.down.blackHole = true;
            world.until(() -> world.server.resumptions() == 2, MINUTE); // bob's, too
            clients.get(1).say("lobby");
            world.run(Duration.ofSeconds(185));
            ada.down.blackHole = false;
            world.run(Duration.ofMinutes(2));

            assertThat(ada.connections).isEqualTo(3);
            assertThat(ada.isUpToDate("lobby")).isTrue();
            assertThat(world.server.resumptions()).isEqualTo(2);
            assertThat(world.server.loginsRefused).isEmpty();
            world.finish();
        });
    }

    /**
     * The server hears a client that does not hear it: when the client comes anew, the old session makes way at once.
     */
    @Test
    void client_that_comes_back_by_ticket_takes_the_place_of_its_former_self() {
        Seeds.run(10, seed -> {
            World world = new World(seed);
            List<SimClient> clients = world.lobby(2);
            SimClient ada = clients.get(0);
            ada.down.blackHole = true;
            ada.say("lobby");
            world.run(Duration.ofSeconds(185));
            assertThat(world.server.endpoint().activeSessions()).isEqualTo(2);
            ada.down.blackHole = false;
            world.run(MINUTE);

            assertThat(world.server.resumptions()).isEqualTo(1);
            assertThat(world.server.endpoint().activeSessions()).isEqualTo(2);
            assertThat(clients).allMatch(client -> client.isUpToDate("lobby"));
            assertThat(clients.get(1).room("lobby").said()).hasSize(1);
            assertNobodyHasMoved(world, 2);
            world.finish();
        });
    }

    @Test
    void two_devices_of_one_user_come_back_each_by_its_own_ticket() {
        Seeds.run(10, seed -> {
            World world = new World(seed);
            world.server.addAccount(new UserName("ada"), SimSettings.verifier(9), "staff");
            SimClient one = world.client("ada");
            SimClient two = world.client("ada");
            one.join("lobby");
            two.join("lobby");
            world.run(Duration.ofSeconds(5));
            world.server.kill(Duration.ofSeconds(1));
            one.say("lobby");
            two.say("lobby");
            world.run(Duration.ofSeconds(30));

            assertThat(world.server.resumptions()).isEqualTo(2);
            assertThat(world.server.endpoint().activeSessions()).isEqualTo(2);
            assertThat(List.of(one, two)).allMatch(client -> client.isUpToDate("lobby") && client.connections == 2);
            assertNobodyHasMoved(world, 1);
            world.finish();
        });
    }

    @Test
    void client_that_stayed_for_days_has_a_ticket_that_is_good() {
        World world = new World(5);
        SimClient ada = world.lobby(1).get(0);
        world.run(Duration.ofHours(60));
        assertThat(ada.connections).isEqualTo(1);
        world.server.kill(Duration.ofSeconds(1));
        world.run(MINUTE);

        assertThat(world.server.resumptions()).isEqualTo(1);
        assertNobodyHasMoved(world, 1);
        world.finish();
    }

    @Test
    void ticket_is_too_old_for_a_server_that_was_away_for_more_than_a_day() {
        World world = new World(5);
        SimClient ada = world.lobby(1).get(0);
        world.server.kill(Duration.ofHours(25));
        world.run(Duration.ofHours(26));

        assertThat(world.server.resumptions()).isZero();
        assertThat(ada.isUpToDate("lobby")).isTrue();
        world.finish();
    }
}
