package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.InvitationTerms;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomRole;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who comes by a link into a room enters it at once, however long the stores take: ada has the room. */
class InvitedInTest {

    private static final RoomName ROOM = RoomName.of("garden");

    private final EndpointRig rig = new EndpointRig();
    private byte[] secret = {};

    @BeforeEach
    void roomIsForThoseWhoAreInvited() {
        rig.timePasses = true;
        rig.account("ada", "member");
        TestClient ada = rig.client("ada");
        rig.settle();
        ada.join(ROOM, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        ada.change(ROOM, RoomChange.mode(RoomMode.INVITE_ONLY, 1));
        rig.pass(Duration.ofSeconds(1));
        InvitationTerms terms = new InvitationTerms(Optional.of(ROOM), RoomRole.MEMBER, 2, Duration.ofHours(1));
        rig.server.hostAccounts().invite(42, terms, rig.now);
        rig.settle();
        secret = rig.told.stream()
                .filter(event -> event instanceof ServerEvent.HostAnswer answer && answer.callId() == 42)
                .map(event -> (byte[]) Objects.requireNonNull(((ServerEvent.HostAnswer) event).value()))
                .findFirst()
                .orElseThrow();
    }

    private void entersAtOnce(TestClient guest) {
        rig.settle();
        guest.join(ROOM, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(guest.of(ClientEvent.Failed.class)).isEmpty();
        assertThat(guest.of(ClientEvent.Entered.class)).hasSize(1);
    }

    @Test
    void somebody_new_enters_before_the_account_store_has_found_them_again() {
        rig.holdLookups = true;
        entersAtOnce(rig.invited("zoe", secret));
        rig.releaseLookups();
        assertThat(rig.fold(ROOM).rules().role(rig.accountOf("zoe"))).isEqualTo(RoomRole.MEMBER);
    }

    @Test
    void somebody_known_is_signed_in_when_the_use_of_the_link_is_stored() {
        rig.account("zoe", "member");
        rig.holdRecords = true;
        TestClient zoe = rig.invited("zoe", secret);
        rig.pass(Duration.ofSeconds(1));
        long early = zoe.join(ROOM, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        rig.releaseRecords();
        rig.pass(Duration.ofSeconds(1));
        assertThat(zoe.of(ClientEvent.Failed.class)).as("join " + early).isEmpty();
        assertThat(zoe.of(ClientEvent.Entered.class)).hasSize(1);
        assertThat(rig.fold(ROOM).rules().role(rig.accountOf("zoe"))).isEqualTo(RoomRole.MEMBER);
    }

    @Test
    void somebody_known_is_signed_in_without_the_link_if_its_use_cannot_be_stored() {
        rig.account("zoe", "member");
        rig.failRecords = kind -> true;
        TestClient zoe = rig.invited("zoe", secret);
        rig.pass(Duration.ofSeconds(1));
        assertThat(zoe.of(ClientEvent.SignedIn.class)).hasSize(1);
        assertThat(rig.fold(ROOM).rules().role(rig.accountOf("zoe"))).isEqualTo(RoomRole.GUEST);
    }
}
