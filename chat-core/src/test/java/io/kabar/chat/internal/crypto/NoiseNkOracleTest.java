package io.kabar.chat.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.southernstorm.noise.protocol.CipherState;
import com.southernstorm.noise.protocol.CipherStatePair;
import com.southernstorm.noise.protocol.HandshakeState;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our Noise and noise-java's shake hands, 50 seeds in each role, and must say the same bytes. */
class NoiseNkOracleTest {
    private static final int HANDSHAKES = 50;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void both_say_the_same_bytes_and_end_with_the_same_keys(boolean oursInitiates) throws Exception {
        for (long seed = 1; seed <= HANDSHAKES; seed++) {
            try {
                shakeHands(new SplittableRandom(seed), oursInitiates);
            } catch (Exception | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static void shakeHands(SplittableRandom random, boolean oursInitiates) throws Exception {
        byte[] prologue = bytes(random, 64);
        byte[] payload1 = bytes(random, 400);
        byte[] payload2 = bytes(random, 400);
        X25519.KeyPair server = X25519.generate(random);
        X25519.KeyPair clientEphemeral = X25519.generate(random);
        X25519.KeyPair serverEphemeral = X25519.generate(random);

        NoiseNk ours = oursInitiates
                ? NoiseNk.initiator(prologue, server.publicKey(), clientEphemeral)
                : NoiseNk.responder(prologue, server, serverEphemeral);
        HandshakeState theirs = oursInitiates
                ? theirs(HandshakeState.RESPONDER, prologue, serverEphemeral)
                : theirs(HandshakeState.INITIATOR, prologue, clientEphemeral);
        if (oursInitiates) {
            theirs.getLocalKeyPair().setPrivateKey(server.privateKey(), 0);
        } else {
            theirs.getRemotePublicKey().setPublicKey(server.publicKey(), 0);
        }
        theirs.start();

        if (oursInitiates) {
            assertThat(read(theirs, ours.writeMessage1(payload1))).isEqualTo(payload1);
            assertThat(ours.readMessage2(write(theirs, payload2))).isEqualTo(payload2);
        } else {
            assertThat(ours.readMessage1(write(theirs, payload1))).isEqualTo(payload1);
            assertThat(read(theirs, ours.writeMessage2(payload2))).isEqualTo(payload2);
        }

        assertThat(ours.handshakeHash()).isEqualTo(theirs.getHandshakeHash());
        CipherStatePair pair = theirs.split();
        NoiseNk.Split split = ours.split();
        assertSameKey(split.initiatorToResponder(), oursInitiates ? pair.getReceiver() : pair.getSender(), random);
        assertSameKey(split.responderToInitiator(), oursInitiates ? pair.getSender() : pair.getReceiver(), random);
    }

    private static HandshakeState theirs(int role, byte[] prologue, X25519.KeyPair ephemeral)
            throws GeneralSecurityException {
        HandshakeState state = new HandshakeState(NoiseNk.PROTOCOL_NAME, role);
        state.setPrologue(prologue, 0, prologue.length);
        state.getFixedEphemeralKey().setPrivateKey(ephemeral.privateKey(), 0);
        return state;
    }

    /** What they seal under a far packet number, we open under the same. */
    private static void assertSameKey(byte[] key, CipherState theirs, SplittableRandom random)
            throws GeneralSecurityException {
        byte[] header = bytes(random, 32);
        byte[] payload = bytes(random, 300);
        long number = random.nextLong(1L << 40);
        byte[] packet = Arrays.copyOf(header, header.length + payload.length + PacketCipher.TAG_LENGTH);

        theirs.setNonce(number);
        theirs.encryptWithAd(header, payload, 0, packet, header.length, payload.length);

        int length = new PacketCipher(key, new byte[12])
                .open(number, packet, 0, header.length, packet.length - header.length);
        assertThat(length).isEqualTo(payload.length);
        assertThat(Arrays.copyOfRange(packet, header.length, header.length + length))
                .isEqualTo(payload);
    }

    private static byte[] write(HandshakeState theirs, byte[] payload) throws GeneralSecurityException {
        byte[] message = new byte[payload.length + NoiseNk.MESSAGE_OVERHEAD];
        assertThat(theirs.writeMessage(message, 0, payload, 0, payload.length)).isEqualTo(message.length);
        return message;
    }

    private static byte[] read(HandshakeState theirs, byte[] message) throws GeneralSecurityException {
        byte[] payload = new byte[message.length];
        int length = theirs.readMessage(message, 0, message.length, payload, 0);
        return Arrays.copyOf(payload, length);
    }

    private static byte[] bytes(SplittableRandom random, int maxLength) {
        byte[] bytes = new byte[random.nextInt(maxLength + 1)];
        random.nextBytes(bytes);
        return bytes;
    }
}
