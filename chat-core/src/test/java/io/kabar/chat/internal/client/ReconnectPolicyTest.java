package io.kabar.chat.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.CloseReason;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.login.ClientSettings;
import io.kabar.chat.internal.server.RawClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** How long a client waits before it comes back, where chance always takes the longest wait. */
class ReconnectPolicyTest {

    private static final RandomGenerator LONGEST = new RandomGenerator() {
        @Override
        public long nextLong() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    };

    private final ReconnectPolicy policy = new ReconnectPolicy(
            new ArrayDeque<>(),
            LONGEST,
            new ClientSettings(
                    RawClient.address(1, 2120),
                    null,
                    UserName.of("ada"),
                    null,
                    new byte[32],
                    1,
                    1,
                    1,
                    Duration.ofMinutes(3).toNanos(),
                    1,
                    true));
    private long now = -5;

    /** Signs in, and loses the connection after that time; tells how many milliseconds are waited then. */
    private long waitAfter(Duration lasted) {
        policy.signedIn(now);
        now += lasted.toNanos();
        policy.lost(CloseReason.PROTOCOL_VIOLATION, 0, now);
        long wait = policy.resumeAt() - now;
        now = policy.resumeAt();
        return Duration.ofNanos(wait + 1).toMillis();
    }

    @Test
    void connections_that_end_as_soon_as_they_are_signed_in_are_made_ever_more_seldom() {
        assertThat(waitAfter(Duration.ofMillis(1))).isEqualTo(500);
        assertThat(waitAfter(Duration.ofMillis(1))).isEqualTo(1_000);
        for (int i = 0; i < 10; i++) {
            policy.signedIn(now);
            policy.lost(CloseReason.PROTOCOL_VIOLATION, 0, now);
        }
        assertThat(waitAfter(Duration.ofMillis(1))).isEqualTo(30_000);
    }

    @Test
    void connection_that_has_lasted_makes_good_for_those_before() {
        for (int i = 0; i < 10; i++) {
            policy.lost(CloseReason.RESET, 0, now);
        }
        assertThat(waitAfter(Duration.ofSeconds(31))).isEqualTo(500);
        assertThat(waitAfter(Duration.ofSeconds(31))).isEqualTo(500);
    }
}
