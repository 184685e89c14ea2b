package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.spi.Account;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What becomes of those who are signed in when an operator changes accounts. */
class AccountChangedTest {

    private static final UserName ADA = UserName.of("ada");

    private final EndpointRig rig = new EndpointRig();

    @Test
    void whoever_is_signed_in_by_a_removed_account_is_out_and_stays_out() {
        TestClient ada = rig.client("ada");
        TestClient bob = rig.client("bob");
        rig.settle();
        rig.accounts.put(ADA.key(), TestAccounts.account(ADA, null, "ff".repeat(32), Account.MEMBER));

        rig.server.handleAccountChanged(ADA, rig.now);
        rig.pass(Duration.ofMinutes(1));

        assertThat(ada.of(ClientEvent.Closed.class)).hasSize(1);
        assertThat(bob.of(ClientEvent.Closed.class)).isEmpty();
        assertThat(rig.server.activeSessions()).isEqualTo(1);
    }

    @Test
    void whoever_still_may_comes_back_by_themselves() {
        TestClient ada = rig.client("ada");
        rig.settle();

        rig.server.handleAccountChanged(ADA, rig.now);
        rig.pass(Duration.ofMinutes(1));

        assertThat(ada.of(ClientEvent.Closed.class)).isEmpty();
        assertThat(rig.server.counters().logins()).isEqualTo(2);
        assertThat(rig.server.activeSessions()).isEqualTo(1);
    }
}
