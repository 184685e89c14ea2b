package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Refusal;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.crypto.ScramVerifier;
import io.kabar.chat.internal.endpoint.SlowWork;
import io.kabar.chat.internal.server.login.LoginPolicy;
import io.kabar.chat.internal.wire.CloseCode;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SigningInTest {

    private final EndpointRig bench = new EndpointRig(
            new LoginPolicy(false, ScramVerifier.derive("sesame".toCharArray(), new byte[16], 10_000), new byte[32]));

    @Test
    void a_password_that_took_longer_than_the_login_serves_the_next_one() {
        TestClient slow = bench.client("slow", "sesame");
        slow.holdWork = true;
        bench.settle();
        bench.pass(Duration.ofMillis(10_050)); // the server has lost patience
        while (slow.endpoint.connection() != null) {
            bench.pass(Duration.ofMillis(10));
        }
        SlowWork work = slow.heldWork.remove();
        work.run();
        slow.endpoint.handleWork(work, bench.now); // nobody asks for it at the moment

        bench.pass(Duration.ofSeconds(2));

        assertThat(slow.of(ClientEvent.SignedIn.class)).hasSize(1);
    }

    @Test
    void a_password_whose_work_has_failed_is_salted_anew_for_the_next_login() {
        TestClient unlucky = bench.client("unlucky", "sesame");
        unlucky.holdWork = true;
        bench.settle();
        SlowWork failed = unlucky.heldWork.remove();
        unlucky.holdWork = false;
        unlucky.endpoint.handleWork(failed, bench.now); // given back, and never run to its end
        bench.settle();
        assertThat(unlucky.of(ClientEvent.SignedIn.class)).isEmpty();

        bench.pass(Duration.ofSeconds(30));

        assertThat(unlucky.of(ClientEvent.SignedIn.class)).hasSize(1);
    }

    /** A server that agrees on keys and says no more, as one whose account store hangs and that has no deadline. */
    @Test
    void sign_in_anew_that_is_not_answered_is_given_up_and_begun_again() {
        TestClient ada = bench.client("ada", "sesame");
        bench.settle();
        bench.restart();
        ada.endpoint.away(true, bench.now);
        while (ada.endpoint.connection() != null) {
            bench.pass(Duration.ofMillis(10));
        }
        ada.hearsPackets = false;
        bench.pass(Duration.ofSeconds(10));
        Connection unanswered = Objects.requireNonNull(ada.endpoint.connection());
        bench.pass(Duration.ofSeconds(30));
        assertThat(ada.endpoint.connection()).isNotNull().isNotSameAs(unanswered);

        ada.hearsPackets = true;
        bench.pass(Duration.ofSeconds(20));
        assertThat(bench.server.activeSessions()).isEqualTo(1);
        assertThat(ada.of(ClientEvent.Found.class)).hasSize(1);
    }

    /**
     * As one does that knows no tickets: if it were shown again and again, nobody would ever come back to such a
     * server.
     */
    @Test
    void ticket_at_which_a_server_ends_the_connection_is_not_shown_again() {
        TestClient ada = bench.client("ada", "sesame");
        bench.settle();
        assertThat(ada.endpoint.held()).containsEntry("tickets", 1);
        bench.restart();
        ada.endpoint.away(true, bench.now);
        while (ada.endpoint.connection() != null) {
            bench.pass(Duration.ofMillis(10));
        }
        ada.hearsPackets = false;
        bench.pass(Duration.ofSeconds(5));
        bench.server.connections().forEach(c -> c.close(CloseCode.PROTOCOL_VIOLATION, "", bench.now));
        ada.hearsPackets = true;
        while (ada.endpoint.connection() != null) {
            bench.pass(Duration.ofMillis(1));
        }
        assertThat(ada.endpoint.held()).containsEntry("tickets", 0);

        bench.pass(Duration.ofSeconds(40));
        assertThat(bench.server.activeSessions()).isEqualTo(1);
    }

    @Test
    void what_cannot_be_a_password_is_refused_in_words() {
        TestClient ada = bench.client("ada", "");
        bench.settle();
        assertThat(ada.of(ClientEvent.Closed.class))
                .singleElement()
                .satisfies(closed -> assertThat(closed.refusal()).isEqualTo(Refusal.WRONG_PASSWORD));
    }

    @Test
    void ticket_is_held_while_it_may_serve_and_forgotten_when_its_user_signs_out() {
        TestClient ada = bench.client("ada", "sesame");
        assertThat(ada.endpoint.held()).containsEntry("tickets", 0);
        bench.settle();
        assertThat(ada.endpoint.held()).containsEntry("tickets", 1);

        ada.hears = false;
        bench.restart();
        bench.pass(Duration.ofMinutes(5)); // it has lost the server, and cannot find it
        assertThat(ada.endpoint.held()).containsEntry("tickets", 1);
        ada.hears = true;
        bench.pass(Duration.ofMinutes(1));
        assertThat(bench.server.counters().resumptions()).isEqualTo(1);
        assertThat(ada.of(ClientEvent.Work.class)).as("passwords salted").hasSize(1);
        assertThat(ada.endpoint.held()).containsEntry("tickets", 1);

        ada.endpoint.signOut(bench.now);
        bench.settle();
        assertThat(ada.of(ClientEvent.Closed.class)).hasSize(1);
        assertThat(ada.endpoint.held()).containsEntry("tickets", 0);
    }

    @Test
    void who_guesses_is_known_by_the_address_that_was_proven() {
        for (int i = 0; i < 3; i++) {
            TestClient guesser = bench.client("ada", "guess " + i);
            guesser.holdWork = true;
            bench.settle();
            InetSocketAddress home = guesser.from;
            // Moves, as it were, to somebody else's address; from there comes the guess.
            guesser.from = EndpointRig.address(9, 9);
            Objects.requireNonNull(guesser.endpoint.connection()).ping(bench.now);
            bench.settle();
            SlowWork work = guesser.heldWork.remove();
            work.run();
            guesser.endpoint.handleWork(work, bench.now);
            bench.settle();
            guesser.from = home;
        }
        TestClient again = bench.client("ada", "sesame");
        bench.settle();
        assertThat(again.of(ClientEvent.Closed.class))
                .singleElement()
                .satisfies(closed -> assertThat(closed.refusal()).isEqualTo(Refusal.LOGIN_THROTTLED));
    }
}
