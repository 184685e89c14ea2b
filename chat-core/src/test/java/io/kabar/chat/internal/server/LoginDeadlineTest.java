package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.CloseReason;
import io.kabar.chat.internal.wire.message.ClientMessage;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever does not sign in is sent away, and costs nobody else anything. */
class LoginDeadlineTest {

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // it once turned for ever
    void client_that_never_signs_in_is_told_and_forgotten() throws Exception {
        RawClient client = new RawClient();
        client.ping();
        client.pass(RawClient.HANDSHAKE_DEADLINE);

        assertThat(client.closedWith).isEqualTo((long) CloseReason.LOGIN_TIMEOUT.code());
        assertThat(client.server.nextTimeout()).isGreaterThan(client.now);
        client.pass(Duration.ofSeconds(10));
        assertThat(client.server.handshaking()).isZero();
    }

    @Test
    void client_that_is_not_signed_in_has_the_control_lane_only() throws Exception {
        RawClient client = new RawClient();
        client.say(64, new ClientMessage.Login(RawClient.METHODS, "ada", new byte[18], 1));

        assertThat(client.closedWith).isEqualTo((long) CloseReason.PROTOCOL_VIOLATION.code());
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // it once turned for ever
    void client_that_stops_half_way_is_told_and_forgotten() throws Exception {
        RawClient client = new RawClient();
        client.say(0, new ClientMessage.Login(RawClient.METHODS, "ada", new byte[18], 1));
        client.pass(RawClient.HANDSHAKE_DEADLINE);

        assertThat(client.closedWith).isEqualTo((long) CloseReason.LOGIN_TIMEOUT.code());
        client.pass(Duration.ofSeconds(10));
        assertThat(client.server.handshaking()).isZero();
    }
}
