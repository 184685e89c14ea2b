package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.CloseReason;
import io.kabar.chat.Refusal;
import io.kabar.chat.internal.crypto.Scram;
import io.kabar.chat.internal.crypto.ScramClient;
import io.kabar.chat.internal.crypto.ScramVerifier;
import io.kabar.chat.internal.crypto.ServerIdentity;
import io.kabar.chat.internal.endpoint.TypingSignal;
import io.kabar.chat.internal.server.core.LoginPolicy;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.ServerMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every message in every state of a sign-in, as docs/protocol.md section 13 has them in its table: the server's side.
 */
class ServerSignInTest {
    private static final byte[] SALT = new byte[16];
    private static final byte[] SALTED = Scram.saltedPassword("sesame".toCharArray(), SALT, Scram.LEAST_ACCEPTED);
    private static final LoginPolicy POLICY =
            new LoginPolicy(false, ScramVerifier.of(SALTED, SALT, Scram.LEAST_ACCEPTED), new byte[32]);
    private static final byte[] NONCE = new byte[Scram.NONCE_LENGTH];

    /** What the server knows of a client that is not signed in. */
    enum Step {
        NOTHING_SAID,
        WAITING_FOR_ACCOUNT,
        CHALLENGED,
        REGISTERING,
        REFUSED,
        SIGNED_IN
    }

    private static final int NEIGHBOURS = 8;

    private final Random random = new Random(5);

    private RawClient client() throws Exception {
        ServerEndpoint server = new ServerEndpoint(
                RawClient.settings(ServerIdentity.generate(random), POLICY), random, () -> Instant.EPOCH);
        return new RawClient(server, random, new HashMap<>());
    }

    private RawClient at(Step step) throws Exception {
        RawClient client = client();
        if (step == Step.NOTHING_SAID) {
            client.ping();
            return client;
        }
        client.holdAccounts = step == Step.WAITING_FOR_ACCOUNT;
        client.holdRegistrations = step == Step.REGISTERING;
        client.say(0, new ClientMessage.Login(RawClient.METHODS, "ada", NONCE, 7));
        if (step == Step.REGISTERING || step == Step.SIGNED_IN) {
            client.say(0, rightProof(client));
        } else if (step == Step.REFUSED) {
            client.say(0, new ClientMessage.LoginProof(new byte[32], new byte[32]));
        }
        return client;
    }

    private static ClientMessage.LoginProof rightProof(RawClient client) throws Exception {
        return rightProof(client, "ada");
    }

    private static ClientMessage.LoginProof rightProof(RawClient client, String name) throws Exception {
        ServerMessage.Challenge asked = (ServerMessage.Challenge) client.heard.get(0);
        ScramClient scram = new ScramClient(name, NONCE, client.handshakeHash);
        return new ClientMessage.LoginProof(
                scram.proof(asked.nonce(), asked.salt(), asked.iterations(), SALTED), new byte[32]);
    }

    /** Whoever shares an address with a guesser, and has no ticket, was kept out as long as the guesser went on. */
    @Test
    void the_device_that_owns_a_name_waits_for_nobodys_wrong_passwords_but_its_own() throws Exception {
        RawClient first = at(Step.SIGNED_IN);
        RawClient registering = first;
        for (int i = 0; i < NEIGHBOURS; i++) {
            registering = registering.next(Duration.ZERO);
            registering.say(0, new ClientMessage.Login(RawClient.METHODS, "bob" + i, NONCE, 7));
            registering.say(0, rightProof(registering, "bob" + i));
        }
        ServerEndpoint restarted = new ServerEndpoint(
                RawClient.settings(ServerIdentity.generate(random), POLICY), random, () -> Instant.EPOCH);
        RawClient client = new RawClient(restarted, random, first.accounts);
        for (int i = 0; i < 30; i++) {
            client = client.next(Duration.ZERO);
            client.say(0, new ClientMessage.Login(RawClient.METHODS, i % 2 == 0 ? "ada" : "name" + i, NONCE, 7));
            client.say(0, new ClientMessage.LoginProof(new byte[32], SALTED));
        }
        assertThat(outcome(client, 1)).isEqualTo("LOGIN_THROTTLED");
        RawClient stranger = client.next(Duration.ZERO);
        stranger.say(0, new ClientMessage.Login(RawClient.METHODS, "eve", NONCE, 7));
        stranger.say(0, rightProof(stranger));
        assertThat(outcome(stranger, 1)).isEqualTo("LOGIN_THROTTLED");

        RawClient ada = stranger.next(Duration.ZERO);
        ada.say(0, new ClientMessage.Login(RawClient.METHODS, "ada", NONCE, 7));
        ada.say(0, rightProof(ada));
        assertThat(ada.server.activeSessions()).isEqualTo(1);

        // Neighbours who own names, and keep what those who are known share used up.
        RawClient neighbour = ada;
        for (int i = 0; i < 3 * NEIGHBOURS; i++) {
            neighbour = neighbour.next(Duration.ZERO);
            neighbour.say(0, new ClientMessage.Login(RawClient.METHODS, "bob" + i % NEIGHBOURS, NONCE, 7));
            neighbour.say(0, new ClientMessage.LoginProof(new byte[32], new byte[32]));
        }
        assertThat(outcome(neighbour, 1)).isEqualTo("LOGIN_THROTTLED");
        ada = neighbour.next(Duration.ZERO);
        ada.say(0, new ClientMessage.Login(RawClient.METHODS, "ada", NONCE, 9));
        ada.say(0, rightProof(ada));
        assertThat(ada.heard).hasAtLeastOneElementOfType(ServerMessage.Welcome.class);

        for (int i = 0; i < 4; i++) {
            ada = ada.next(Duration.ZERO);
            ada.say(0, new ClientMessage.Login(RawClient.METHODS, "ada", NONCE, 8));
            ada.say(0, new ClientMessage.LoginProof(new byte[32], new byte[32]));
            assertThat(outcome(ada, 1)).isEqualTo(i < 1 ? "WRONG_PASSWORD" : "LOGIN_THROTTLED");
        }
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void each_message_does_what_the_table_says_and_nobody_is_signed_in_by_it(Step step) throws Exception {
        for (ClientMessage message : GoldenExamples.clientMessages()) {
            RawClient client = at(step);
            int heard = client.heard.size();
            client.say(step == Step.SIGNED_IN && isOfARoom(message) ? 1 : 0, message);
            String cell = message.getClass().getSimpleName() + " when " + step;
            assertThat(outcome(client, heard)).as(cell).isEqualTo(expected(step, message));
            client.releaseAccounts();
            client.releaseRegistrations();
            if (step != Step.SIGNED_IN) {
                assertThat(client.server.activeSessions()).as(cell).isZero();
            }
        }
    }

    private static String expected(Step step, ClientMessage message) {
        return switch (step) {
            case NOTHING_SAID ->
                message instanceof ClientMessage.Login || message instanceof ClientMessage.Resume
                        ? "Challenge"
                        : isStep(message) ? "BAD_REQUEST" : "PROTOCOL_VIOLATION";
            case CHALLENGED ->
                message instanceof ClientMessage.LoginProof
                        ? "WRONG_PASSWORD"
                        : isStep(message) ? "BAD_REQUEST" : "PROTOCOL_VIOLATION";
            case WAITING_FOR_ACCOUNT, REGISTERING -> isStep(message) ? "BAD_REQUEST" : "PROTOCOL_VIOLATION";
            case REFUSED -> "nothing";
            case SIGNED_IN -> isStep(message) ? "PROTOCOL_VIOLATION" : "served";
        };
    }

    private static boolean isOfARoom(ClientMessage message) {
        return message instanceof ClientMessage.Join
                || message instanceof ClientMessage.Leave
                || message instanceof ClientMessage.Say;
    }

    private static boolean isStep(ClientMessage message) {
        return message instanceof ClientMessage.Login
                || message instanceof ClientMessage.Resume
                || message instanceof ClientMessage.LoginProof;
    }

    private static String outcome(RawClient client, int heardBefore) {
        List<ServerMessage> news = client.heard.subList(heardBefore, client.heard.size());
        Long code = client.closedWith;
        if (code != null && code == CloseReason.PROTOCOL_VIOLATION.code()) {
            return "PROTOCOL_VIOLATION";
        }
        for (ServerMessage message : news) {
            if (message instanceof ServerMessage.Refused refused
                    && refused.subject() instanceof ServerMessage.Subject.Login) {
                return Refusal.of(refused.code()).orElseThrow().name();
            }
            if (message instanceof ServerMessage.Challenge) {
                return "Challenge";
            }
        }
        return client.server.activeSessions() == 1 ? "served" : "nothing";
    }

    @Test
    void signal_before_the_login_is_no_signal() throws Exception {
        for (Step step : new Step[] {Step.NOTHING_SAID, Step.CHALLENGED}) {
            RawClient client = at(step);
            client.signal(1, TypingSignal.own());
            assertThat(client.closedWith).isEqualTo((long) CloseReason.PROTOCOL_VIOLATION.code());
        }
        RawClient signedIn = at(Step.SIGNED_IN);
        signedIn.signal(1, TypingSignal.own());
        assertThat(signedIn.closedWith).isNull();
    }

    /** Whatever is said, in whatever order: without a proof nobody is in. */
    @Test
    void no_sequence_of_messages_signs_anybody_in_who_cannot_prove_the_password() throws Exception {
        List<ClientMessage> examples = GoldenExamples.clientMessages().stream()
                .filter(ServerSignInTest::isStep)
                .toList();
        for (int round = 0; round < 300; round++) {
            RawClient client = client();
            client.holdAccounts = random.nextBoolean();
            client.holdRegistrations = random.nextBoolean();
            for (int i = 0; i < 5; i++) {
                client.say(0, examples.get(random.nextInt(examples.size())));
                if (random.nextInt(4) == 0) {
                    client.releaseAccounts();
                }
                assertThat(client.server.activeSessions()).isZero();
                assertThat(client.heard).noneMatch(message -> message instanceof ServerMessage.Welcome);
            }
        }
    }

    @Test
    void who_proves_the_password_is_in_and_who_proves_it_to_another_connection_is_not() throws Exception {
        assertThat(at(Step.SIGNED_IN).server.activeSessions()).isEqualTo(1);
        RawClient one = at(Step.CHALLENGED);
        RawClient other = at(Step.CHALLENGED);
        other.say(0, rightProof(one));
        assertThat(outcome(other, 1)).isEqualTo("WRONG_PASSWORD");
        assertThat(refusal(other)).isEqualTo(Refusal.WRONG_PASSWORD);
    }

    private static @Nullable Refusal refusal(RawClient client) {
        return client.heard.get(client.heard.size() - 1) instanceof ServerMessage.Refused refused
                ? Refusal.of(refused.code()).orElseThrow()
                : null;
    }
}
