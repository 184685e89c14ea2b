package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.InvitationTerms;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.server.core.LoginPolicy;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.rules.OrderRules;
import io.kabar.chat.rules.RoomRole;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A server to which only those come who are invited: whoever is not closes the door on nobody. */
class UninvitedTest {

    private static final LoginPolicy INVITED =
            new LoginPolicy(LoginPolicy.Newcomers.INVITED, false, null, new byte[32]);

    private final EndpointRig rig = new EndpointRig(identity ->
            EndpointRig.settings(INVITED).apply(identity).withOrder(OrderRules.STANDARD.withNewcomers(8, 5)));

    private static InetSocketAddress at(String address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(address), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] invitation() {
        rig.server
                .hostAccounts()
                .invite(42, new InvitationTerms(Optional.empty(), RoomRole.GUEST, 10, Duration.ofDays(1)), rig.now);
        rig.settle();
        return rig.told.stream()
                .filter(event -> event instanceof ServerEvent.HostAnswer answer && answer.callId() == 42)
                .map(event -> (byte[]) Objects.requireNonNull(((ServerEvent.HostAnswer) event).value()))
                .findFirst()
                .orElseThrow();
    }

    private void isLetIn(TestClient guest) {
        rig.settle();
        assertThat(guest.of(ClientEvent.SignedIn.class)).hasSize(1);
    }

    private void isNotInvited(TestClient stranger) {
        rig.pass(Duration.ofSeconds(1));
        assertThat(stranger.of(ClientEvent.Closed.class))
                .extracting(ClientEvent.Closed::refusal)
                .containsExactly(Refusal.NOT_INVITED);
    }

    @Test
    void crowd_of_people_without_an_invitation_is_no_flood_of_newcomers() {
        byte[] secret = invitation();
        for (int i = 0; i < 12; i++) {
            isNotInvited(rig.client("bot" + i, null, at("203.0." + i + ".1", 5000 + i)));
        }
        isLetIn(rig.invited("guest", secret, at("203.0.200.1", 6000)));
        assertThat(rig.log(RoomName.STAFF)).isEmpty();
    }

    @Test
    void somebody_without_an_invitation_takes_no_names_of_those_behind_the_same_address() {
        byte[] secret = invitation();
        for (int i = 0; i < 40; i++) {
            isNotInvited(rig.client("bot" + i, null, at("203.0.113.1", 5000 + i)));
        }
        isLetIn(rig.invited("guest", secret, at("203.0.113.1", 6000)));
    }
}
