package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientCheck;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.client.login.SaltedPassword;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.KeyArrays;
import io.kabar.chat.internal.crypto.NoiseNk;
import io.kabar.chat.internal.crypto.Scram;
import io.kabar.chat.internal.crypto.ScramVerifier;
import io.kabar.chat.internal.endpoint.SlowWork;
import io.kabar.chat.internal.server.core.LoginPolicy;
import io.kabar.chat.internal.server.session.ServerHandshake;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Keys, handshake secrets and salted passwords are zeros in memory at each end that a sign-in or a session can have.
 */
class WipedSecretsTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final byte[] SALT = new byte[16];
    private static final LoginPolicy SESAME = new LoginPolicy(
            false,
            ScramVerifier.of(
                    Scram.saltedPassword("sesame".toCharArray(), SALT, Scram.LEAST_ACCEPTED),
                    SALT,
                    Scram.LEAST_ACCEPTED),
            new byte[32]);

    private final EndpointRig rig = new EndpointRig();

    /** The arrays of the key agreement that the server is asked for, which become the keys of its connection. */
    private NoiseNk.Split agree() {
        rig.settle();
        ServerHandshake handshake = (ServerHandshake) rig.heldWork.remove();
        assertThat(handshake.ephemeralPrivate()).isNotEqualTo(new byte[32]);
        rig.done(handshake);
        assertThat(handshake.ephemeralPrivate()).containsOnly(0);
        NoiseNk.Split keys = keys(handshake);
        assertThere(keys);
        return keys;
    }

    private static NoiseNk.Split keys(ServerHandshake handshake) {
        return Objects.requireNonNull(handshake.result()).keys();
    }

    private static void assertThere(NoiseNk.Split keys) {
        assertThat(keys.initiatorToResponder()).isNotEqualTo(new byte[32]);
        assertThat(keys.responderToInitiator()).isNotEqualTo(new byte[32]);
    }

    private static void assertWiped(NoiseNk.Split keys) {
        assertThat(keys.initiatorToResponder()).containsOnly(0);
        assertThat(keys.responderToInitiator()).containsOnly(0);
    }

    private KeyArrays ofClient(TestClient client) {
        return KeyArrays.of(Objects.requireNonNull(client.endpoint.connection()));
    }

    private KeyArrays ofServer(String name) {
        return KeyArrays.of(
                Objects.requireNonNull(rig.server.sessionOf(new UserName(name))).connection());
    }

    // The server
    // --------------------------------------------------------------------------------------------------------------

    @Test
    void session_that_signs_out_leaves_no_keys_at_either_end() {
        rig.holdWork = true;
        TestClient ada = rig.client("ada");
        NoiseNk.Split agreed = agree();
        rig.settle();
        KeyArrays client = ofClient(ada);
        KeyArrays server = ofServer("ada");
        ada.endpoint.signOut(rig.now);
        rig.pass(LONG);
        assertThat(ada.endpoint.isOver()).isTrue();
        client.assertWiped();
        server.assertWiped();
        assertWiped(agreed);
    }

    @Test
    void session_that_falls_silent_leaves_no_keys_at_either_end() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        KeyArrays client = ofClient(ada);
        KeyArrays server = ofServer("ada");
        ada.speaks = false;
        ada.hears = false;
        rig.pass(LONG);
        client.assertWiped();
        server.assertWiped();
    }

    @Test
    void handshake_whose_answer_is_never_heard_leaves_no_keys() {
        rig.holdWork = true;
        TestClient ada = rig.client("ada");
        rig.settle();
        ada.hears = false;
        NoiseNk.Split agreed = agree();
        ada.speaks = false;
        rig.pass(LONG);
        assertThat(rig.server.connections()).isEmpty();
        assertWiped(agreed);
    }

    @Test
    void handshake_that_finds_no_place_leaves_no_keys() throws Exception {
        rig.holdWork = true;
        InetAddress address = InetAddress.getByName("203.0.113.9");
        List<ServerHandshake> handshakes = new ArrayList<>();
        for (int wave = 0; wave < 2; wave++) { // of one address, each as many as may be under way
            List<TestClient> crowd = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                crowd.add(rig.client("u" + wave + i, null, new InetSocketAddress(address, 6000 + i + 100 * wave)));
            }
            rig.settle();
            crowd.forEach(client -> client.hears = false);
            for (SlowWork work : rig.heldWork) {
                rig.done(work);
                handshakes.add((ServerHandshake) work);
            }
            rig.heldWork.clear();
        }
        List<NoiseNk.Split> dropped =
                handshakes.subList((int) rig.server.connections().count(), handshakes.size()).stream()
                        .map(WipedSecretsTest::keys)
                        .toList();
        assertThat(dropped).isNotEmpty().allSatisfy(WipedSecretsTest::assertWiped);
        assertThere(keys(handshakes.get(0)));
    }

    @Test
    void server_that_ends_leaves_no_keys() {
        rig.holdWork = true;
        rig.client("ada");
        NoiseNk.Split agreed = agree();
        rig.settle();
        rig.client("bob");
        rig.settle();
        ServerHandshake waiting = (ServerHandshake) rig.heldWork.remove();
        rig.client("eve");
        rig.settle();
        ServerHandshake done = (ServerHandshake) rig.heldWork.remove();
        done.run(); // and never given back

        rig.server.stop(rig.now);
        rig.settle();
        rig.server.abandon();
        rig.server.abandon();
        waiting.run(); // a worker was about to
        assertWiped(agreed);
        assertThat(waiting.ephemeralPrivate()).containsOnly(0);
        assertWiped(keys(waiting));
        assertWiped(keys(done));
        assertThat(rig.server.connections()).allMatch(each -> each.state() == Connection.State.CLOSED);
    }

    // The client
    // --------------------------------------------------------------------------------------------------------------

    private static byte[] ephemeral(TestClient client) {
        byte[] ephemeral = ClientCheck.ephemeral(client.endpoint);
        assertThat(ephemeral).isNotEqualTo(new byte[32]);
        return ephemeral;
    }

    @Test
    void handshake_leaves_no_ephemeral_key_whether_it_succeeds_is_begun_anew_or_given_up() {
        TestClient ada = rig.client("ada");
        byte[] used = ephemeral(ada);
        rig.settle();
        assertThat(ada.of(ClientEvent.SignedIn.class)).hasSize(1);
        assertThat(used).containsOnly(0);

        TestClient bob = rig.client("bob");
        bob.speaks = false;
        byte[] first = ephemeral(bob);
        rig.pass(Duration.ofSeconds(14)); // repeated five times, then another key
        byte[] second = ephemeral(bob);
        assertThat(second).isNotSameAs(first);
        assertThat(first).containsOnly(0);
        rig.pass(LONG);
        assertThat(bob.endpoint.isOver()).isTrue();
        assertThat(second).containsOnly(0);

        TestClient eve = rig.client("eve");
        byte[] dropped = ephemeral(eve);
        eve.endpoint.abandon();
        eve.endpoint.abandon();
        assertThat(dropped).containsOnly(0);
    }

    @Test
    void sign_in_that_the_server_never_answers_leaves_no_keys() {
        TestClient ada = rig.client("ada");
        ada.hearsPackets = false;
        rig.settle();
        KeyArrays keys = ofClient(ada);
        rig.pass(LONG);
        keys.assertWiped();
    }

    @Test
    void client_that_gives_a_lying_server_up_leaves_no_keys() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        KeyArrays keys = ofClient(ada);
        ClientCheck.sink(ada.endpoint).onMessage(0, new byte[] {127});
        keys.assertWiped();
    }

    @Test
    void client_that_ends_leaves_no_keys() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        KeyArrays keys = ofClient(ada);
        ada.endpoint.abandon();
        keys.assertWiped();
        assertThat(ada.endpoint.isOver()).isTrue();
    }

    // The password
    // --------------------------------------------------------------------------------------------------------------

    private final EndpointRig closed = new EndpointRig(SESAME);

    private static SaltedPassword work(TestClient client) {
        List<ClientEvent.Work> works = client.of(ClientEvent.Work.class);
        return (SaltedPassword) works.get(works.size() - 1).work();
    }

    private static byte[] salted(TestClient client) {
        return Objects.requireNonNull(work(client).result());
    }

    @Test
    void salted_password_is_there_for_the_next_sign_in_and_zeros_after_the_last() {
        TestClient ada = closed.client("ada", "sesame");
        closed.settle();
        assertThat(ada.of(ClientEvent.SignedIn.class)).hasSize(1);
        byte[] salted = salted(ada);
        assertThat(salted).isNotEqualTo(new byte[32]);
        ada.endpoint.signOut(closed.now);
        closed.settle();
        assertThat(salted).containsOnly(0);
        assertThat(work(ada).result()).isNull();
    }

    @Test
    void salted_password_of_a_refused_sign_in_is_zeros() {
        TestClient ada = closed.client("ada", "wrong");
        ada.holdWork = true;
        closed.settle();
        SaltedPassword work = (SaltedPassword) ada.heldWork.remove();
        work.run();
        byte[] salted = Objects.requireNonNull(work.result());
        ada.endpoint.handleWork(work, closed.now);
        closed.settle();
        assertThat(ada.of(ClientEvent.Closed.class)).hasSize(1);
        assertThat(salted).containsOnly(0);
    }

    @Test
    void password_that_is_salted_after_the_end_leaves_nothing() {
        TestClient ada = closed.client("ada", "sesame");
        TestClient bob = closed.client("bob", "sesame");
        ada.holdWork = true;
        bob.holdWork = true;
        closed.settle();
        SaltedPassword done = (SaltedPassword) ada.heldWork.remove();
        done.run(); // and not given back yet
        byte[] salted = Objects.requireNonNull(done.result());
        SaltedPassword waiting = (SaltedPassword) bob.heldWork.remove();

        ada.endpoint.abandon();
        bob.endpoint.abandon();
        waiting.run(); // a worker was about to
        assertThat(salted).containsOnly(0);
        assertThat(done.result()).isNull();
        assertThat(waiting.result()).isNull();
    }
}
