package io.kabar.chat.internal.client.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.CloseReason;
import io.kabar.chat.Refusal;
import io.kabar.chat.Role;
import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientCheck;
import io.kabar.chat.internal.client.ClientEndpoint;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.crypto.ResumeProof;
import io.kabar.chat.internal.crypto.Scram;
import io.kabar.chat.internal.crypto.ScramServer;
import io.kabar.chat.internal.crypto.ScramVerifier;
import io.kabar.chat.internal.crypto.ServerIdentity;
import io.kabar.chat.internal.endpoint.SlowWork;
import io.kabar.chat.internal.server.EndpointRig;
import io.kabar.chat.internal.server.GoldenExamples;
import io.kabar.chat.internal.server.TestClient;
import io.kabar.chat.internal.server.core.LoginPolicy;
import io.kabar.chat.internal.wire.Packet;
import io.kabar.chat.internal.wire.PacketCodec;
import io.kabar.chat.internal.wire.WireLimits;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.LoginMethods;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.internal.wire.message.ServerMessageCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every message in every state of a sign-in, as docs/protocol.md section 13 has them in its table: the client's side.
 */
class ClientSignInTest {
    private static final byte[] SALT = new byte[16];
    private static final byte[] SALTED = Scram.saltedPassword("sesame".toCharArray(), SALT, Scram.LEAST_ACCEPTED);
    private static final byte[] HASH = new byte[32];
    private static final ServerMessage.Ticket TICKET = new ServerMessage.Ticket(new byte[32], new byte[72], 86_400);
    private static final ServerMessage.Challenge ASKS = asks(Scram.LEAST_ACCEPTED);
    private static final ServerMessage.Challenge ASKS_NOTHING = ServerMessage.Challenge.none();

    private final Random random = new Random(11);
    private final ServerIdentity identity = ServerIdentity.generate(random);

    private static ServerMessage.Challenge asks(int rounds) {
        return new ServerMessage.Challenge(
                LoginMethods.Method.SCRAM_SHA_256, new byte[Scram.NONCE_LENGTH], SALT, rounds);
    }

    private static ServerMessage.Welcome welcome(byte[] signature) {
        return new ServerMessage.Welcome(signature, 0, "ada", Role.MEMBER, 4096, 0, 1, 64);
    }

    private static ClientSettings settings(@Nullable String password, @Nullable ServerKey key) {
        return settings(password, null, key);
    }

    private static ClientSettings settings(@Nullable String password, @Nullable String token, @Nullable ServerKey key) {
        return new ClientSettings(
                EndpointRig.SERVER,
                key,
                UserName.of("ada"),
                password,
                token,
                new byte[32],
                Duration.ofSeconds(15).toNanos(),
                Duration.ofSeconds(15).toNanos(),
                Duration.ofSeconds(4).toNanos(),
                Duration.ofMinutes(3).toNanos(),
                1000,
                true,
                Scram.LEAST_ACCEPTED);
    }

    // The table
    // ---------------------------------------------------------------------------------------------------------------

    private static @Nullable String passwordOf(ClientLogin.State state) {
        return state == ClientLogin.State.CLAIMING ? null : "sesame";
    }

    private ClientSettings settingsOf(ClientLogin.State state) {
        ServerKey known = ServerKey.of(identity.publicKey());
        return state == ClientLogin.State.SHOWING ? settings(null, "t0k3n", known) : settings(passwordOf(state), null);
    }

    /** A login that has come so far; the server's signature that would be right is that of {@link #signature}. */
    private ClientLogin at(ClientLogin.State state) throws Exception {
        ClientLogin login =
                new ClientLogin(settingsOf(state), identity.publicKey(), HASH, Scram.LEAST_ACCEPTED, new Random(1));
        switch (state) {
            case BEGUN -> login.begin(7);
            case RESUMING -> login.resume(7, TICKET);
            case SALTING -> login.challenged(ASKS);
            case PROVING -> {
                login.challenged(ASKS);
                login.prove(SALTED);
            }
            case CLAIMING -> {
                login.challenged(ASKS_NOTHING);
                login.claim();
            }
            case SHOWING -> {
                assertThat(login.begin(7).methods()).isEqualTo(LoginMethods.of(LoginMethods.Method.TOKEN));
                login.challenged(ServerMessage.Challenge.forToken());
                assertThat(login.claim().proof())
                        .asString(StandardCharsets.UTF_8)
                        .isEqualTo("t0k3n");
            }
            case WELCOMED -> {
                login.resume(7, TICKET);
                login.welcomed(welcome(ResumeProof.server(TICKET.secret(), HASH)));
            }
            case OVER -> login.refused();
        }
        assertThat(login.state()).isEqualTo(state);
        return login;
    }

    /** What an honest server would sign with, where there is something to sign. */
    private byte[] signature(ClientLogin.State state) throws Exception {
        if (state == ClientLogin.State.RESUMING) {
            return ResumeProof.server(TICKET.secret(), HASH);
        }
        byte[] nonce = new byte[Scram.NONCE_LENGTH];
        new Random(1).nextBytes(nonce);
        ScramServer server =
                new ScramServer("ada", nonce, ASKS.nonce(), HASH, ScramVerifier.of(SALTED, SALT, Scram.LEAST_ACCEPTED));
        ClientLogin login = at(ClientLogin.State.SALTING);
        return server.verify(login.prove(SALTED).proof());
    }

    @ParameterizedTest
    @EnumSource(ClientLogin.State.class)
    void challenge_is_legal_as_the_first_answer_only(ClientLogin.State state) throws Exception {
        ClientLogin login = at(state);
        if (state == ClientLogin.State.BEGUN || state == ClientLogin.State.RESUMING) {
            assertThat(login.challenged(ASKS)).isTrue();
            assertThat(login.state()).isEqualTo(ClientLogin.State.SALTING);
            assertDistrusted(at(state), free -> free.challenged(ASKS_NOTHING)); // a password was given
            assertDistrusted(at(state), cheap -> cheap.challenged(asks(Scram.LEAST_ACCEPTED - 1)));
            assertDistrusted(at(state), dear -> dear.challenged(asks(Scram.MAX_ITERATIONS + 1)));
        } else {
            assertDistrusted(login, second -> second.challenged(ASKS));
            assertDistrusted(at(state), second -> second.challenged(ASKS_NOTHING));
        }
        assertDistrusted(at(state), tokenless -> tokenless.challenged(ServerMessage.Challenge.forToken()));
    }

    @Test
    void a_token_is_for_a_server_whose_key_is_known() {
        assertThatThrownBy(() -> settings(null, "t0k3n", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key is known");
    }

    @ParameterizedTest
    @EnumSource(ClientLogin.State.class)
    void welcome_is_believed_only_with_the_proof_that_was_asked_for(ClientLogin.State state) throws Exception {
        List<byte[]> signatures = List.of(
                new byte[0], new byte[32], signature(ClientLogin.State.RESUMING), signature(ClientLogin.State.PROVING));
        for (byte[] signature : signatures) {
            boolean right = switch (state) {
                case RESUMING -> signature == signatures.get(2);
                case PROVING -> signature == signatures.get(3);
                case CLAIMING, SHOWING -> signature.length == 0;
                default -> false;
            };
            ClientLogin login = at(state);
            if (right) {
                login.welcomed(welcome(signature));
                assertThat(login.state()).isEqualTo(ClientLogin.State.WELCOMED);
            } else {
                assertDistrusted(login, welcomed -> welcomed.welcomed(welcome(signature)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ClientLogin.State.class)
    void refusal_is_legal_until_the_welcome(ClientLogin.State state) throws Exception {
        if (state == ClientLogin.State.WELCOMED || state == ClientLogin.State.OVER) {
            assertDistrusted(at(state), ClientLogin::refused);
        } else {
            ClientLogin login = at(state);
            login.refused();
            assertThat(login.state()).isEqualTo(ClientLogin.State.OVER);
        }
    }

    private interface Step {
        void apply(ClientLogin login) throws ClientLogin.Distrust;
    }

    private static void assertDistrusted(ClientLogin login, Step step) {
        assertThatExceptionOfType(ClientLogin.Distrust.class)
                .isThrownBy(() -> step.apply(login))
                .withMessageMatching("[A-Z].*\\.");
        assertThat(login.state()).isEqualTo(ClientLogin.State.OVER);
    }

    // The client as a whole
    // ---------------------------------------------------------------------------------------------------------------

    private Impostor impostor(@Nullable String password) {
        ClientEndpoint client = new ClientEndpoint(settings(password, null), random, 0);
        Impostor impostor = new Impostor(client, identity, random, 0);
        assertThat(impostor.isConnected()).isTrue();
        assertThat(impostor.heard).singleElement().isInstanceOf(ClientMessage.Login.class);
        return impostor;
    }

    private static void assertUnproven(Impostor impostor) {
        assertThat(impostor.of(ClientEvent.SignedIn.class)).isEmpty();
        assertThat(impostor.of(ClientEvent.Closed.class))
                .singleElement()
                .satisfies(closed -> assertThat(closed.refusal()).isEqualTo(Refusal.SERVER_UNPROVEN));
    }

    @Test
    void challenge_and_at_once_a_welcome_is_not_believed() {
        Impostor impostor = impostor("sesame");
        impostor.frame(
                () -> { // before the password is salted
                    ClientCheck.sink(impostor.client).onMessage(0, ServerMessageCodec.encode(ASKS));
                    ClientCheck.sink(impostor.client).onMessage(0, ServerMessageCodec.encode(welcome(new byte[0])));
                });
        assertUnproven(impostor);
        assertThat(impostor.heard).noneMatch(message -> message instanceof ClientMessage.LoginProof);
    }

    @Test
    void server_that_asks_for_no_password_is_told_none_and_no_claim() {
        Impostor impostor = impostor("sesame");
        impostor.say(ASKS_NOTHING);
        assertUnproven(impostor);
        assertThat(impostor.of(ClientEvent.Closed.class).get(0).sentence()).contains("without a password");
        assertThat(impostor.heard).hasSize(1);

        Impostor open = impostor(null);
        open.say(ASKS_NOTHING);
        open.say(welcome(new byte[0]));
        assertThat(open.of(ClientEvent.SignedIn.class)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4095, 4096, 9_999, 10_000_001})
    void server_that_asks_for_few_rounds_or_for_too_many_is_told_no_proof(int rounds) {
        Impostor impostor = impostor("sesame");
        impostor.say(asks(rounds));
        assertUnproven(impostor);
        assertThat(impostor.heard).hasSize(1);
        assertThat(impostor.of(ClientEvent.Work.class))
                .as("nothing is computed")
                .isEmpty();
    }

    @Test
    void what_is_said_before_the_welcome_and_is_no_step_of_a_login_is_not_believed() {
        for (ServerMessage message : GoldenExamples.serverMessages()) {
            if (message instanceof ServerMessage.Challenge || isLoginRefused(message)) {
                continue;
            }
            for (boolean challenged : new boolean[] {false, true}) {
                Impostor impostor = impostor("sesame");
                if (challenged) {
                    impostor.say(ASKS);
                }
                impostor.say(message);
                assertUnproven(impostor);
                assertThat(impostor.client.held().values()).as("%s", message).containsOnly(0);
            }
        }
    }

    private static boolean isLoginRefused(ServerMessage message) {
        return message instanceof ServerMessage.Refused refused
                && refused.subject() instanceof ServerMessage.Subject.Login;
    }

    @Test
    void events_gaps_and_signals_before_the_welcome_are_not_believed() {
        for (int kind = 0; kind < 3; kind++) {
            Impostor impostor = impostor("sesame");
            int which = kind;
            impostor.frame(() -> {
                switch (which) {
                    case 0 -> ClientCheck.sink(impostor.client).onEvent(1, 1, new byte[] {1});
                    case 1 -> ClientCheck.sink(impostor.client).onGap(1, 1, 5);
                    default -> ClientCheck.sink(impostor.client).onSignal(1, 1, new byte[] {1, 'b', 'o', 'b'});
                }
            });
            assertUnproven(impostor);
        }
    }

    /** Whatever an impostor says, and in whatever order, nobody is signed in who gave a password. */
    @Test
    void no_sequence_of_messages_signs_anybody_in_at_a_server_that_does_not_know_the_password() {
        List<ServerMessage> words = new ArrayList<>(GoldenExamples.serverMessages());
        words.addAll(List.of(ASKS, ASKS, ASKS, ASKS_NOTHING, welcome(new byte[0]), welcome(new byte[32])));
        for (int round = 0; round < 150; round++) {
            Impostor impostor = impostor("sesame");
            StringBuilder said = new StringBuilder();
            for (int i = 0; i < 4 && impostor.of(ClientEvent.Closed.class).isEmpty(); i++) {
                ServerMessage word = words.get(random.nextInt(words.size()));
                said.append(word.getClass().getSimpleName()).append(' ');
                impostor.say(word);
            }
            assertThat(impostor.of(ClientEvent.SignedIn.class))
                    .as(said.toString())
                    .isEmpty();
        }
    }

    @Test
    void refusals_that_only_a_client_makes_mean_nothing_from_a_server() {
        for (Refusal refusal : Refusal.values()) {
            Impostor impostor = impostor("sesame");
            impostor.say(new ServerMessage.Refused(new ServerMessage.Subject.Login(), refusal, "no"));
            Refusal told = impostor.of(ClientEvent.Closed.class).get(0).refusal();
            assertThat(told).isEqualTo(refusal.code() < 32 ? refusal : Refusal.NOT_ALLOWED);
        }
    }

    /** One who has stolen the server's key, but neither its accounts nor its tickets' secrets. */
    @Test
    void client_that_comes_back_with_a_ticket_is_not_welcomed_without_its_secret() {
        for (boolean challenge : new boolean[] {false, true}) {
            EndpointRig rig = new EndpointRig(
                    new LoginPolicy(false, ScramVerifier.of(SALTED, SALT, Scram.LEAST_ACCEPTED), new byte[32]));
            TestClient ada = rig.client("ada", "sesame");
            rig.settle();
            assertThat(ada.of(ClientEvent.SignedIn.class)).hasSize(1);
            ada.hears = false;
            ada.speaks = false;
            rig.pass(Duration.ofMinutes(4));
            ada.told.clear();

            Impostor impostor = new Impostor(ada.endpoint, rig.identity, random, rig.now);
            assertThat(impostor.heard).singleElement().isInstanceOf(ClientMessage.Resume.class);
            if (challenge) {
                impostor.say(ASKS_NOTHING);
            } else {
                impostor.say(welcome(new byte[32]));
            }
            assertThat(impostor.of(ClientEvent.Found.class)).isEmpty();
            assertUnproven(impostor);
        }
    }

    // The server's key
    // ----------------------------------------------------------------------------------------------------------

    private static final class Told implements ClientSignIn.Host {
        private @Nullable Refusal over;

        @Override
        public void agreed(ClientHandshake.Result result) {
            throw new AssertionError(result);
        }

        @Override
        public void sendControl(ClientMessage message) {
            throw new AssertionError(message);
        }

        @Override
        public void work(SlowWork work) {
            throw new AssertionError(work);
        }

        @Override
        public void welcomed(ServerMessage.Welcome welcome, ServerKey key) {
            throw new AssertionError(welcome);
        }

        @Override
        public void refused(ServerMessage.Refused refused) {
            throw new AssertionError(refused);
        }

        @Override
        public void over(CloseReason reason, Refusal refusal, String sentence) {
            over = refusal;
        }
    }

    /** A full server drops INITs, so handshakes begin anew; and somebody nearer is always the first to answer. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void key_has_changed_only_if_the_right_one_was_not_shown(boolean shown) throws Exception {
        Told told = new Told();
        ClientSignIn signIn = new ClientSignIn(settings(null, ServerKey.of(identity.publicKey())), random, told);
        byte[] strange = ServerIdentity.generate(random).publicKey();
        for (int i = 0; i < 10 && told.over == null; i++) {
            long now = Duration.ofSeconds(10L * i).toNanos();
            signIn.begin(now);
            byte[] hello = new byte[WireLimits.DATAGRAM];
            int length = signIn.pollTransmit(hello);
            Packet.Hello said = (Packet.Hello) PacketCodec.decode(hello, 0, length);
            signIn.handle(retry(said.clientCid(), strange), now);
            if (shown) {
                signIn.handle(retry(said.clientCid(), identity.publicKey()), now);
            }
        }
        assertThat(told.over).isEqualTo(shown ? null : Refusal.SERVER_KEY_CHANGED);
    }

    private static Packet.Retry retry(long clientCid, byte[] key) {
        return new Packet.Retry(Packet.VERSION_2, clientCid, key, new byte[24]);
    }
}
