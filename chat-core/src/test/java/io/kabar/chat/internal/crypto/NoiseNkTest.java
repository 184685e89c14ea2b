package io.kabar.chat.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NoiseNkTest {
    private static final byte[] PROLOGUE = {1, 2, 3};
    private static final byte[] PAYLOAD = {4, 5, 6, 7};
    private static final byte[] NOTHING = {};

    private final SplittableRandom random = new SplittableRandom(2120);
    private final X25519.KeyPair server = X25519.generate(random);
    private final NoiseNk initiator = NoiseNk.initiator(PROLOGUE, server.publicKey(), X25519.generate(random));
    private final NoiseNk responder = responder(PROLOGUE);

    @Test
    void both_ends_get_the_same_keys_one_for_each_direction() throws CryptoException {
        responder.readMessage1(initiator.writeMessage1(NOTHING));
        initiator.readMessage2(responder.writeMessage2(NOTHING));

        NoiseNk.Split one = initiator.split();
        NoiseNk.Split other = responder.split();
        assertThat(one.initiatorToResponder())
                .isEqualTo(other.initiatorToResponder())
                .hasSize(32)
                .isNotEqualTo(one.responderToInitiator());
        assertThat(one.responderToInitiator()).isEqualTo(other.responderToInitiator());
        assertThat(initiator.handshakeHash()).isEqualTo(responder.handshakeHash());
    }

    @Test
    void whatever_ends_a_handshake_leaves_nothing_that_was_derived() throws CryptoException {
        responder.readMessage1(initiator.writeMessage1(NOTHING));
        byte[] chained = responder.symmetric().chainingKey();
        byte[] agreed = responder.symmetric().key();
        byte[] reply = responder.writeMessage2(NOTHING);
        assertThat(chained).as("replaced by the next").containsOnly(0);
        assertThat(agreed).containsOnly(0);

        byte[] before = initiator.symmetric().chainingKey();
        assertThatExceptionOfType(CryptoException.class).isThrownBy(() -> initiator.readMessage2(flipped(reply, 300)));
        initiator.readMessage2(reply);
        assertThat(before).as("replaced by that of the reply").containsOnly(0);
        assertWiped(initiator, initiator::split);
        assertWiped(responder, responder::wipe);

        NoiseNk failed = responder(PROLOGUE);
        assertThatExceptionOfType(CryptoException.class)
                .isThrownBy(() -> failed.readMessage1(flipped(anotherInitiator().writeMessage1(NOTHING), 300)));
        assertThat(failed.symmetric().chainingKey()).containsOnly(0);
    }

    private NoiseNk anotherInitiator() {
        return NoiseNk.initiator(PROLOGUE, server.publicKey(), X25519.generate(random));
    }

    private static void assertWiped(NoiseNk noise, Runnable end) {
        byte[] chained = noise.symmetric().chainingKey();
        byte[] key = noise.symmetric().key();
        end.run();
        assertThat(chained).containsOnly(0);
        assertThat(key).containsOnly(0);
    }

    @Test
    void split_secrets_are_wiped_in_place() throws CryptoException {
        responder.readMessage1(initiator.writeMessage1(NOTHING));
        initiator.readMessage2(responder.writeMessage2(NOTHING));
        NoiseNk.Split split = initiator.split();
        split.wipe();
        assertThat(split.initiatorToResponder()).containsOnly(0);
        assertThat(split.responderToInitiator()).containsOnly(0);
    }

    @Test
    void message_1_with_any_bit_flipped_is_refused() {
        byte[] message = initiator.writeMessage1(PAYLOAD);

        for (int bit = 0; bit < 8 * message.length; bit++) {
            byte[] wrong = flipped(message, bit);
            NoiseNk fresh = responder(PROLOGUE);
            assertThatExceptionOfType(CryptoException.class)
                    .as("bit %d", bit)
                    .isThrownBy(() -> fresh.readMessage1(wrong));
        }
    }

    @Test
    void message_2_with_a_flipped_bit_is_refused() throws CryptoException {
        responder.readMessage1(initiator.writeMessage1(PAYLOAD));
        byte[] wrong = flipped(responder.writeMessage2(PAYLOAD), 300);

        assertThatExceptionOfType(CryptoException.class).isThrownBy(() -> initiator.readMessage2(wrong));
    }

    @Test
    void messages_too_short_or_too_long_are_refused() {
        for (int length : new int[] {0, 31, 32, 47, 65536}) {
            assertThatExceptionOfType(CryptoException.class)
                    .as("%d bytes", length)
                    .isThrownBy(() -> responder(PROLOGUE).readMessage1(new byte[length]));
        }
    }

    @Test
    void another_prologue_is_refused() {
        byte[] message = initiator.writeMessage1(NOTHING);

        assertThatExceptionOfType(CryptoException.class)
                .isThrownBy(() -> responder(new byte[] {1, 2, 4}).readMessage1(message));
    }

    @Test
    void another_server_key_is_refused() {
        byte[] message = initiator.writeMessage1(NOTHING);
        NoiseNk impostor = NoiseNk.responder(PROLOGUE, X25519.generate(random), X25519.generate(random));

        assertThatExceptionOfType(CryptoException.class).isThrownBy(() -> impostor.readMessage1(message));
    }

    @Test
    void ephemeral_key_of_small_order_is_refused() {
        assertThatExceptionOfType(CryptoException.class)
                .isThrownBy(() -> responder.readMessage1(new byte[48]))
                .withMessageContaining("small order");
    }

    @Test
    void nothing_works_after_a_failed_read() {
        byte[] message = initiator.writeMessage1(NOTHING);
        assertThatExceptionOfType(CryptoException.class)
                .isThrownBy(() -> responder.readMessage1(flipped(message, 383)));

        assertThatIllegalStateException().isThrownBy(() -> responder.readMessage1(message));
        assertThatIllegalStateException().isThrownBy(() -> responder.writeMessage2(NOTHING));
        assertThatIllegalStateException().isThrownBy(responder::handshakeHash);
        assertThatIllegalStateException().isThrownBy(responder::split);
    }

    @Test
    void what_is_no_message_2_changes_nothing() throws CryptoException {
        responder.readMessage1(initiator.writeMessage1(PAYLOAD));
        byte[] message = responder.writeMessage2(PAYLOAD);
        for (byte[] other :
                new byte[][] {new byte[0], new byte[message.length], flipped(message, 0), flipped(message, 300)}) {
            assertThatExceptionOfType(CryptoException.class).isThrownBy(() -> initiator.readMessage2(other));
        }

        assertThat(initiator.readMessage2(message)).isEqualTo(PAYLOAD);
        assertThat(initiator.handshakeHash()).isEqualTo(responder.handshakeHash());
        assertThat(initiator.split().initiatorToResponder())
                .isEqualTo(responder.split().initiatorToResponder());
    }

    @Test
    void calls_out_of_order_are_refused() throws CryptoException {
        assertThatIllegalStateException().isThrownBy(() -> initiator.readMessage2(new byte[48]));
        assertThatIllegalStateException().isThrownBy(() -> initiator.readMessage1(new byte[48]));
        assertThatIllegalStateException().isThrownBy(() -> responder.writeMessage1(NOTHING));
        assertThatIllegalStateException().isThrownBy(() -> responder.writeMessage2(NOTHING));
        assertThatIllegalStateException().isThrownBy(initiator::split);

        byte[] message1 = initiator.writeMessage1(NOTHING); // a refused call leaves a good handshake good
        assertThatIllegalStateException().isThrownBy(() -> initiator.writeMessage1(NOTHING));
        responder.readMessage1(message1);
        assertThatIllegalStateException().isThrownBy(responder::handshakeHash);
        initiator.readMessage2(responder.writeMessage2(NOTHING));
        initiator.split();
        assertThatIllegalStateException().isThrownBy(initiator::split);
    }

    @Test
    void unusable_server_key_is_misuse() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NoiseNk.initiator(PROLOGUE, new byte[31], X25519.generate(random)));
        NoiseNk smallOrder = NoiseNk.initiator(PROLOGUE, new byte[32], X25519.generate(random));
        assertThatIllegalArgumentException().isThrownBy(() -> smallOrder.writeMessage1(NOTHING));
    }

    @Test
    void longest_payload_fits_and_one_byte_more_does_not() throws CryptoException {
        byte[] longest = new byte[NoiseNk.MAX_MESSAGE - NoiseNk.MESSAGE_OVERHEAD];

        assertThat(responder.readMessage1(initiator.writeMessage1(longest))).isEqualTo(longest);
        assertThatIllegalArgumentException().isThrownBy(() -> responder.writeMessage2(new byte[longest.length + 1]));
    }

    @Test
    void text_of_the_secrets_shows_none() {
        assertThat(new NoiseNk.Split(new byte[32], new byte[32])).hasToString("NoiseNk.Split");
    }

    /** Noise section 5.2: a name as long as a hash is the hash. */
    @Test
    void name_of_a_protocol_is_at_most_as_long_as_a_hash() {
        String longest = "Noise_NK_25519_AESGCM_SHA256_etc";
        assertThat(new NoiseSymmetricState(longest).hash()).isEqualTo(longest.getBytes(StandardCharsets.US_ASCII));
        assertThatIllegalArgumentException().isThrownBy(() -> new NoiseSymmetricState(longest + "."));
    }

    private NoiseNk responder(byte[] prologue) {
        return NoiseNk.responder(prologue, server, X25519.generate(new SplittableRandom(1)));
    }

    private static byte[] flipped(byte[] message, int bit) {
        byte[] copy = Arrays.copyOf(message, message.length);
        copy[bit / 8] ^= (byte) (1 << bit % 8);
        return copy;
    }
}
