package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Refusal;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.crypto.ScramVerifier;
import io.kabar.chat.internal.endpoint.SlowWork;
import io.kabar.chat.internal.server.core.LoginPolicy;
import io.kabar.chat.internal.wire.CloseCode;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SigningInTest {

    private final EndpointRig rig = new EndpointRig(
            new LoginPolicy(false, ScramVerifier.derive("sesame".toCharArray(), new byte[16], 10_000), new byte[32]));

    @Test
    void a_password_that_took_longer_than_the_login_serves_the_next_one() {
        TestClient slow = rig.client("slow", "sesame");
        slow.holdWork = true;
        rig.settle();
        rig.pass(Duration.ofMillis(10_050)); // the server has lost patience
        while (slow.endpoint.connection() != null) {
            rig.pass(Duration.ofMillis(10));
        }
        SlowWork work = slow.heldWork.remove();
        work.run();
        slow.endpoint.handleWork(work, rig.now); // nobody asks for it at the moment

        rig.pass(Duration.ofSeconds(2));

        assertThat(slow.of(ClientEvent.SignedIn.class)).hasSize(1);
    }

    @Test
    void a_password_whose_work_has_failed_is_salted_anew_for_the_next_login() {
        TestClient unlucky = rig.client("unlucky", "sesame");
        unlucky.holdWork = true;
        rig.settle();
        SlowWork failed = unlucky.heldWork.remove();
        unlucky.holdWork = false;
        unlucky.endpoint.handleWork(failed, rig.now); // given back, and never run to its end
        rig.settle();
        assertThat(unlucky.of(ClientEvent.SignedIn.class)).isEmpty();

        rig.pass(Duration.ofSeconds(30));

        assertThat(unlucky.of(ClientEvent.SignedIn.class)).hasSize(1);
    }

    /** A server that agrees on keys and says no more, as one whose account store hangs and that has no deadline. */
    @Test
    void sign_in_anew_that_is_not_answered_is_given_up_and_begun_again() {
        TestClient ada = rig.client("ada", "sesame");
        rig.settle();
        rig.restart();
        ada.endpoint.away(true, rig.now);
        while (ada.endpoint.connection() != null) {
            rig.pass(Duration.ofMillis(10));
        }
        ada.hearsPackets = false;
        rig.pass(Duration.ofSeconds(10));
        Connection unanswered = Objects.requireNonNull(ada.endpoint.connection());
        rig.pass(Duration.ofSeconds(30));
        assertThat(ada.endpoint.connection()).isNotNull().isNotSameAs(unanswered);

        ada.hearsPackets = true;
        rig.pass(Duration.ofSeconds(20));
        assertThat(rig.server.activeSessions()).isEqualTo(1);
        assertThat(ada.of(ClientEvent.Found.class)).hasSize(1);
    }

    /**
     * As one does that knows no tickets: if it were shown again and again, nobody would ever come back to such a
     * server.
     */
    @Test
    void ticket_at_which_a_server_ends_the_connection_is_not_shown_again() {
        TestClient ada = rig.client("ada", "sesame");
        rig.settle();
        assertThat(ada.endpoint.held()).containsEntry("tickets", 1);
        rig.restart();
        ada.endpoint.away(true, rig.now);
        while (ada.endpoint.connection() != null) {
            rig.pass(Duration.ofMillis(10));
        }
        ada.hearsPackets = false;
        rig.pass(Duration.ofSeconds(5));
        rig.server.connections().forEach(c -> c.close(CloseCode.PROTOCOL_VIOLATION, "", rig.now));
        ada.hearsPackets = true;
        while (ada.endpoint.connection() != null) {
            rig.pass(Duration.ofMillis(1));
        }
        assertThat(ada.endpoint.held()).containsEntry("tickets", 0);

        rig.pass(Duration.ofSeconds(40));
        assertThat(rig.server.activeSessions()).isEqualTo(1);
    }

    @Test
    void what_cannot_be_a_password_is_refused_in_words() {
        TestClient ada = rig.client("ada", "");
        rig.settle();
        assertThat(ada.of(ClientEvent.Closed.class))
                .singleElement()
                .satisfies(closed -> assertThat(closed.refusal()).isEqualTo(Refusal.WRONG_PASSWORD));
    }

    @Test
    void ticket_is_held_while_it_may_serve_and_forgotten_when_its_user_signs_out() {
        TestClient ada = rig.client("ada", "sesame");
        assertThat(ada.endpoint.held()).containsEntry("tickets", 0);
        rig.settle();
        assertThat(ada.endpoint.held()).containsEntry("tickets", 1);

        ada.hears = false;
        rig.restart();
        rig.pass(Duration.ofMinutes(5)); // it has lost the server, and cannot find it
        assertThat(ada.endpoint.held()).containsEntry("tickets", 1);
        ada.hears = true;
        rig.pass(Duration.ofMinutes(1));
        assertThat(rig.server.counters().resumptions()).isEqualTo(1);
        assertThat(ada.of(ClientEvent.Work.class)).as("passwords salted").hasSize(1);
        assertThat(ada.endpoint.held()).containsEntry("tickets", 1);

        ada.endpoint.signOut(rig.now);
        rig.settle();
        assertThat(ada.of(ClientEvent.Closed.class)).hasSize(1);
        assertThat(ada.endpoint.held()).containsEntry("tickets", 0);
    }

    @Test
    void who_guesses_is_known_by_the_address_that_was_proven() {
        for (int i = 0; i < 3; i++) {
            TestClient guesser = rig.client("ada", "guess " + i);
            guesser.holdWork = true;
            rig.settle();
            InetSocketAddress home = guesser.from;
            // Moves, as it were, to somebody else's address; from there comes the guess.
            guesser.from = EndpointRig.address(9, 9);
            Objects.requireNonNull(guesser.endpoint.connection()).ping(rig.now);
            rig.settle();
            SlowWork work = guesser.heldWork.remove();
            work.run();
            guesser.endpoint.handleWork(work, rig.now);
            rig.settle();
            guesser.from = home;
        }
        TestClient again = rig.client("ada", "sesame");
        rig.settle();
        assertThat(again.of(ClientEvent.Closed.class))
                .singleElement()
                .satisfies(closed -> assertThat(closed.refusal()).isEqualTo(Refusal.LOGIN_THROTTLED));
    }
}
