package io.kabar.chat.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The public vector of {@code Noise_NK_25519_AESGCM_SHA256}: values from {@code tests/vectors/cacophony.txt} of
 * mcginty/snow, where they came from the vectors of the cacophony project.
 */
class NoiseNkVectorTest {
    private static final byte[] PROLOGUE = Hex.bytes("4a6f686e2047616c74");
    private static final byte[] RESPONDER_STATIC =
            Hex.bytes("31e0303fd6418d2f8c0e78b91f22e8caed0fbe48656dcf4767e4834f701b8f62");

    /** Called {@code handshake_hash} there, but it is the hash as it stands after message 1. */
    private static final byte[] HASH_AFTER_MESSAGE_1 =
            Hex.bytes("c565c8cf52dab7ade3e41672cc9ae63eedf22529829801df9af3425f7ad3007d");

    private static final byte[] PAYLOAD_1 = Hex.bytes("4c756477696720766f6e204d69736573");
    private static final byte[] MESSAGE_1 = Hex.bytes("ca35def5ae56cec33dc2036731ab14896bc4c75dbb07a61f879f8e3afa4c7944"
            + "75ab4d66d222457dd414bc5f296bc7b4078cc7d72af5192628b68bca7d28844b");
    private static final byte[] PAYLOAD_2 = Hex.bytes("4d757272617920526f746862617264");
    private static final byte[] MESSAGE_2 = Hex.bytes("95ebc60d2b1fa672c1f46a8aa265ef51bfe38e7ccb39ec5be34069f144808843"
            + "03c7d89310502baa8299520ba451624c3c0492e2698f8d457c32400b91fd8a");

    private NoiseNk initiator;
    private NoiseNk responder;

    @BeforeEach
    void handshake() throws CryptoException {
        initiator = NoiseNk.initiator(
                PROLOGUE,
                RESPONDER_STATIC,
                X25519.keyPair(Hex.bytes("893e28b9dc6ca8d611ab664754b8ceb7bac5117349a4439a6b0569da977c464a")));
        responder = NoiseNk.responder(
                PROLOGUE,
                X25519.keyPair(Hex.bytes("4a3acbfdb163dec651dfa3194dece676d437029c62a408b4c5ea9114246e4893")),
                X25519.keyPair(Hex.bytes("bbdb4cdbd309f1a1f2e1456967fe288cadd6f712d65dc7b7793d5e63da6b375b")));

        assertThat(initiator.writeMessage1(PAYLOAD_1)).isEqualTo(MESSAGE_1);
        assertThat(responder.readMessage1(MESSAGE_1)).isEqualTo(PAYLOAD_1);
        assertThat(responder.writeMessage2(PAYLOAD_2)).isEqualTo(MESSAGE_2);
        assertThat(initiator.readMessage2(MESSAGE_2)).isEqualTo(PAYLOAD_2);
    }

    /** The hash is a chain of SHA-256 over what everybody can see, so it can be made again by hand. */
    @Test
    void handshake_hash_covers_both_messages() {
        byte[] name = Arrays.copyOf(NoiseNk.PROTOCOL_NAME.getBytes(StandardCharsets.US_ASCII), 32);
        byte[] start = Jca.sha256(Jca.sha256(name, PROLOGUE), RESPONDER_STATIC);
        byte[] afterMessage1 = mix(start, MESSAGE_1);
        byte[] afterMessage2 = mix(afterMessage1, MESSAGE_2);

        assertThat(afterMessage1).isEqualTo(HASH_AFTER_MESSAGE_1);
        assertThat(initiator.handshakeHash()).isEqualTo(afterMessage2);
        assertThat(responder.handshakeHash()).isEqualTo(afterMessage2);
    }

    @Test
    void transport_messages_of_both_directions() {
        NoiseNk.Split keys = initiator.split();

        PacketCipher toResponder = new PacketCipher(keys.initiatorToResponder(), new byte[12]);
        assertThat(seal(toResponder, 0, "462e20412e20486179656b"))
                .isEqualTo("304f70c37c93573099228016d54cb15213af94eb598d1b17df1153");
        assertThat(seal(toResponder, 1, "4a65616e2d426170746973746520536179"))
                .isEqualTo("2e8f3e51888360b2b2d83a64dde9943c7dd3c5e84ac7c4b4e2d5cfc025b6c854d3");

        PacketCipher toInitiator = new PacketCipher(keys.responderToInitiator(), new byte[12]);
        assertThat(seal(toInitiator, 0, "4361726c204d656e676572"))
                .isEqualTo("a1bf6c954529f29b31d8ae9f67d2c18dbd332aa1a0918690c6d80b");
        assertThat(seal(toInitiator, 1, "457567656e2042f6686d20766f6e2042617765726b"))
                .isEqualTo("8498bf41212a8b87c9eeb408274c75b3558fd0530865b5a7932d4b3af812d85b3df27e6f33");
    }

    private static byte[] mix(byte[] hash, byte[] message) {
        byte[] ephemeral = Arrays.copyOf(message, 32);
        byte[] sealed = Arrays.copyOfRange(message, 32, message.length);
        return Jca.sha256(Jca.sha256(hash, ephemeral), sealed);
    }

    /** A Noise transport message is a packet without header whose iv is zero (Noise section 12.4). */
    private static String seal(PacketCipher cipher, long number, String payload) {
        byte[] plain = Hex.bytes(payload);
        byte[] packet = Arrays.copyOf(plain, plain.length + PacketCipher.TAG_LENGTH);
        cipher.seal(number, packet, 0, 0, plain.length);
        return Hex.text(packet);
    }
}
