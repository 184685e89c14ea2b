package io.kabar.chat.internal.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.crypto.ScramVerifier;
import io.kabar.chat.internal.session.LoginPolicy;
import io.kabar.chat.internal.wire.ClientMessage;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // what can go wrong here goes wrong for ever
class SigningInTest {

    private static final LoginPolicy PASSWORD =
            new LoginPolicy(false, ScramVerifier.derive("sesame".toCharArray(), new byte[16], 4096), new byte[32]);

    @Test
    void a_client_that_does_not_sign_in_is_shown_out_and_nobody_else_notices() {
        Bench bench = new Bench(PASSWORD);
        TestClient slow = bench.client("slow", "sesame");
        slow.holdWork = true; // it has proven its address, and then computes for ever
        bench.settle();
        assertThat(bench.server.handshaking()).isOne();

        bench.pass(Duration.ofMillis(10_000));
        bench.pass(Duration.ofSeconds(3));

        assertThat(bench.server.nextTimeout()).isGreaterThan(bench.now);
        TestClient ada = bench.client("ada", "sesame");
        bench.settle();
        assertThat(ada.of(ClientEvent.SignedIn.class)).hasSize(1);
    }

    @Test
    void a_violation_right_before_the_deadline_does_not_stop_the_clock() {
        Bench bench = new Bench(PASSWORD);
        TestClient rude = bench.client("rude", "sesame");
        rude.holdWork = true;
        bench.settle();
        bench.pass(Duration.ofMillis(9_900));

        rude.smuggle(new ClientMessage.ListRooms(1));
        bench.pass(Duration.ofSeconds(3));

        assertThat(bench.server.nextTimeout()).isGreaterThan(bench.now);
        assertThat(bench.server.counters().logins()).isZero();
    }
}
