package io.kabar.chat.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** {@link ScramClient} against {@link ScramServer}. */
class ScramExchangeTest {
    private static final int ITERATIONS = 4096;
    private static final byte[] SALT = Hex.bytes("5a".repeat(16));
    private static final byte[] CLIENT_NONCE = Hex.bytes("c1".repeat(18));
    private static final byte[] SERVER_NONCE = Hex.bytes("5e".repeat(18));
    private static final byte[] CHANNEL = Hex.bytes("0c".repeat(32));
    private static final byte[] OTHER_CHANNEL = Hex.bytes("0d".repeat(32));
    private static final byte[] SALTED = Scram.saltedPassword("correct horse".toCharArray(), SALT, ITERATIONS);
    private static final byte[] WRONG = Scram.saltedPassword("battery staple".toCharArray(), SALT, ITERATIONS);
    private static final ScramVerifier VERIFIER = ScramVerifier.of(SALTED, SALT, ITERATIONS);

    private final ScramClient client = new ScramClient("ada", CLIENT_NONCE, CHANNEL);

    @Test
    void right_password_convinces_both_sides() throws CryptoException {
        byte[] signature = server(CHANNEL, VERIFIER).verify(proof(SALTED));

        assertThatCode(() -> client.verifyServer(signature)).doesNotThrowAnyException();
    }

    @Test
    void wrong_password_is_refused() throws CryptoException {
        byte[] proof = proof(WRONG);

        assertRefused(server(CHANNEL, VERIFIER), proof);
    }

    @Test
    void proof_is_worth_nothing_in_another_channel_for_another_name_or_nonce() throws CryptoException {
        byte[] proof = proof(SALTED);
        byte[] otherNonce = Hex.bytes("5f".repeat(18));

        assertRefused(server(OTHER_CHANNEL, VERIFIER), proof);
        assertRefused(new ScramServer("eve", CLIENT_NONCE, SERVER_NONCE, CHANNEL, VERIFIER), proof);
        assertRefused(new ScramServer("ada", CLIENT_NONCE, otherNonce, CHANNEL, VERIFIER), proof);
        assertRefused(new ScramServer("ada", otherNonce, SERVER_NONCE, CHANNEL, VERIFIER), proof);
    }

    @Test
    void decoy_lets_nobody_in() throws CryptoException {
        ScramVerifier decoy = ScramVerifier.decoy(new byte[32], "ada", ITERATIONS);
        byte[] salted = Scram.saltedPassword("correct horse".toCharArray(), decoy.salt(), ITERATIONS);
        byte[] proof = client.proof(SERVER_NONCE, decoy.salt(), ITERATIONS, salted);

        assertRefused(server(CHANNEL, decoy), proof);
    }

    @Test
    void server_gets_one_try() throws CryptoException {
        byte[] proof = proof(SALTED);
        ScramServer server = server(CHANNEL, VERIFIER);
        assertRefused(server, new byte[32]);

        assertThatIllegalStateException().isThrownBy(() -> server.verify(proof));
    }

    @Test
    void server_that_does_not_know_the_account_is_found_out() throws CryptoException {
        byte[] right = server(CHANNEL, VERIFIER).verify(proof(SALTED));

        for (byte[] signature : new byte[][] {new byte[32], new byte[0], Arrays.copyOf(right, 31)}) {
            proof(SALTED);
            assertThatExceptionOfType(CryptoException.class).isThrownBy(() -> client.verifyServer(signature));
        }
        assertThatIllegalStateException().as("one try too").isThrownBy(() -> client.verifyServer(right));
    }

    @Test
    void client_refuses_cheap_and_endless_iterations_before_the_work() {
        assertChallengeRefused(client, 4095);
        assertChallengeRefused(client, 0);
        assertChallengeRefused(client, -1);
        assertChallengeRefused(client, 10_000_001);
        assertThatCode(() -> client.checkChallenge(SERVER_NONCE, SALT, 4096)).doesNotThrowAnyException();
        assertThatCode(() -> client.checkChallenge(SERVER_NONCE, SALT, 10_000_000))
                .doesNotThrowAnyException();
    }

    @Test
    void client_can_ask_for_more_iterations_but_not_for_less() {
        assertChallengeRefused(new ScramClient("ada", CLIENT_NONCE, CHANNEL, 600_000), 599_999);
        assertChallengeRefused(new ScramClient("ada", CLIENT_NONCE, CHANNEL, 1), 4095);
    }

    @Test
    void client_refuses_challenges_without_nonce_or_salt() {
        assertThatExceptionOfType(CryptoException.class)
                .isThrownBy(() -> client.checkChallenge(new byte[17], SALT, ITERATIONS));
        assertThatExceptionOfType(CryptoException.class)
                .isThrownBy(() -> client.proof(SERVER_NONCE, new byte[0], ITERATIONS, SALTED));
    }

    @Test
    void misuse_is_told() {
        assertThatIllegalStateException().isThrownBy(() -> client.verifyServer(new byte[32]));
        assertThatIllegalArgumentException().isThrownBy(() -> new ScramClient("ada", new byte[17], CHANNEL));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ScramServer("ada", CLIENT_NONCE, new byte[17], CHANNEL, VERIFIER));
    }

    private byte[] proof(byte[] saltedPassword) throws CryptoException {
        byte[] proof = client.proof(SERVER_NONCE, SALT, ITERATIONS, saltedPassword);
        assertThat(proof).hasSize(Scram.PROOF_LENGTH);
        return proof;
    }

    private static ScramServer server(byte[] channel, ScramVerifier verifier) {
        return new ScramServer("ada", CLIENT_NONCE, SERVER_NONCE, channel, verifier);
    }

    private static void assertRefused(ScramServer server, byte[] proof) {
        assertThatExceptionOfType(CryptoException.class).isThrownBy(() -> server.verify(proof));
    }

    private static void assertChallengeRefused(ScramClient client, int iterations) {
        assertThatExceptionOfType(CryptoException.class)
                .as("%d iterations", iterations)
                .isThrownBy(() -> client.checkChallenge(SERVER_NONCE, SALT, iterations));
    }
}
