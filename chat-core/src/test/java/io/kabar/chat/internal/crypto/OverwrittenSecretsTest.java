package io.kabar.chat.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.security.Key;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is derived on the way to a result is zeros in memory as soon as the result is there. */
class OverwrittenSecretsTest {
    private static final byte[] SALT = Hex.bytes("5a".repeat(16));
    private static final byte[] NONCE = Hex.bytes("c1".repeat(Scram.NONCE_LENGTH));
    private static final byte[] CHANNEL = Hex.bytes("0c".repeat(32));
    private static final int ITERATIONS = Scram.MIN_ITERATIONS;
    private static final byte[] SALTED = Scram.saltedPassword("correct horse".toCharArray(), SALT, ITERATIONS);
    private static final byte[] NOTHING = {};

    private final SplittableRandom random = new SplittableRandom(1);
    private final Watcher watcher = Watcher.start();

    @AfterEach
    void stop() {
        watcher.close();
    }

    @Test
    void blocks_of_expanded_keys() {
        byte[] keys = Hkdf.expand(SALTED, "label", 90);

        assertThat(watcher.derived).hasSize(3);
        Watcher.assertOverwritten(watcher.derived);
        assertThat(keys).isNotEqualTo(new byte[90]);
    }

    @Test
    void password_that_was_salted() {
        ScramVerifier.derive("correct horse".toCharArray(), SALT, ITERATIONS);

        assertThat(watcher.passwords)
                .hasSize(1)
                .allSatisfy(spec -> assertThatIllegalStateException().isThrownBy(spec::getPassword));
    }

    @Test
    void all_of_a_password_that_a_verifier_does_not_keep() {
        ScramVerifier verifier = ScramVerifier.derive("correct horse".toCharArray(), SALT, ITERATIONS);

        assertThat(watcher.derived).hasSize(3);
        Watcher.assertOverwritten(watcher.derived, verifier.serverKey());
    }

    @Test
    void keys_behind_a_proof_and_the_signature_that_would_show_them() {
        byte[] proof = Scram.clientProof(SALTED, CHANNEL);

        assertThat(watcher.derived).hasSize(2);
        Watcher.assertOverwritten(watcher.derived, proof);
        Watcher.assertOverwritten(watcher.digests);
    }

    @Test
    void client_key_that_a_checked_proof_has_shown_the_server() {
        ScramVerifier verifier = ScramVerifier.of(SALTED, SALT, ITERATIONS);
        byte[] proof = Scram.clientProof(SALTED, CHANNEL);
        watcher.digested.clear();

        assertThat(Scram.verifyClientProof(verifier, CHANNEL, proof)).isTrue();
        assertThat(watcher.digested).hasSize(1);
        Watcher.assertOverwritten(watcher.digested);
    }

    @Test
    void what_a_server_would_have_to_prove_once_it_has_or_never_will() throws CryptoException {
        ScramVerifier verifier = ScramVerifier.of(SALTED, SALT, ITERATIONS);
        for (boolean proves : new boolean[] {true, false}) {
            watcher.derived.clear();
            ScramClient client = new ScramClient("ada", NONCE, CHANNEL);
            byte[] proof = client.proof(NONCE, SALT, ITERATIONS, SALTED);
            List<byte[]> ofClient = List.copyOf(watcher.derived);
            byte[] signature = new ScramServer("ada", NONCE, NONCE, CHANNEL, verifier).verify(proof);
            byte[] expected = ofClient.get(1);
            assertThat(expected).isEqualTo(signature);
            Watcher.assertOverwritten(ofClient, expected, proof);

            if (proves) {
                client.verifyServer(signature);
            } else {
                client.wipe();
                assertThatIllegalStateException().isThrownBy(() -> client.verifyServer(signature));
            }
            Watcher.assertOverwritten(ofClient, proof);
        }
    }

    @Test
    void content_and_key_of_a_ticket() {
        TicketKey tickets = new TicketKey(SALTED);
        ResumeTicket ticket = new ResumeTicket(new byte[16], 7, Hex.bytes("07".repeat(32)));

        byte[] sealed = tickets.seal(ticket, NOTHING);
        Watcher.assertOverwritten(watcher.ciphered, sealed);
        Objects.requireNonNull(tickets.open(sealed, NOTHING));
        Watcher.assertOverwritten(watcher.ciphered, sealed);
        Watcher.assertOverwritten(watcher.derived);
        assertThat(watcher.cipherKeys).hasSize(2).allSatisfy(OverwrittenSecretsTest::isDestroyed);
    }

    private static void isDestroyed(Key key) {
        assertThat(((RawKey) key).isDestroyed()).isTrue();
        assertThatIllegalStateException().isThrownBy(key::getEncoded);
    }

    @Test
    void mask_of_the_last_packet_whose_number_was_hidden() {
        HeaderProtection protection = new HeaderProtection(SALTED.clone());
        byte[] packet = new byte[20];
        protection.mask(packet, 4, new byte[5]);
        byte[] block = watcher.ciphered.get(1);
        assertThat(block).isNotSameAs(packet).isNotEqualTo(new byte[16]);

        protection.wipe();
        assertThat(block).containsOnly(0);
    }

    @Test
    void random_bytes_of_which_a_private_key_was_made_and_the_key_when_it_is_let_go_of() {
        byte[][] seed = new byte[1][];
        RandomGenerator seen = new RandomGenerator() {
            @Override
            public long nextLong() {
                return random.nextLong();
            }

            @Override
            public void nextBytes(byte[] bytes) {
                seed[0] = bytes;
                random.nextBytes(bytes);
            }
        };
        X25519.KeyPair pair = X25519.generate(seen);
        assertThat(seed[0]).containsOnly(0);

        assertThat(pair.privateKey()).isNotEqualTo(new byte[32]);
        pair.wipe();
        assertThat(pair.privateKey()).containsOnly(0);
        assertThat(pair.publicKey()).isNotEqualTo(new byte[32]);
    }

    @Test
    void shared_secret_that_was_mixed_into_a_handshake() {
        byte[] shared = SALTED.clone();
        new NoiseSymmetricState(NoiseNk.PROTOCOL_NAME).mixKey(shared);

        assertThat(shared).containsOnly(0);
    }

    @Test
    void all_that_a_handshake_has_derived_but_the_two_secrets_it_is_for() throws CryptoException {
        X25519.KeyPair server = X25519.generate(random);
        NoiseNk initiator = NoiseNk.initiator(NOTHING, server.publicKey(), X25519.generate(random));
        NoiseNk responder = NoiseNk.responder(NOTHING, server, X25519.generate(random));
        responder.readMessage1(initiator.writeMessage1(NOTHING));
        List<byte[]> kept = List.of(
                initiator.symmetric().chainingKey(), initiator.symmetric().key());
        byte[] reply = responder.writeMessage2(NOTHING);
        byte[] forged = reply.clone();
        forged[40] ^= 1;
        watcher.derived.clear();
        assertThatExceptionOfType(CryptoException.class).isThrownBy(() -> initiator.readMessage2(forged));
        Watcher.assertOverwritten(watcher.derived);
        assertThat(kept).allSatisfy(array -> assertThat(array).isNotEqualTo(new byte[32]));

        initiator.readMessage2(reply);
        assertThat(kept).allSatisfy(array -> assertThat(array).containsOnly(0));
        NoiseNk.Split ofInitiator = initiator.split();
        Watcher.assertOverwritten(
                watcher.derived, ofInitiator.initiatorToResponder(), ofInitiator.responderToInitiator());
        watcher.derived.clear();
        NoiseNk.Split ofResponder = responder.split();
        Watcher.assertOverwritten(
                watcher.derived, ofResponder.initiatorToResponder(), ofResponder.responderToInitiator());
    }
}
