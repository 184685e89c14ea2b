package io.kabar.chat.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** RFC 9001 appendix A.1 to A.4 (AES-128), and AES-256 by the GCM specification's test cases 13 and 14. */
class PacketProtectionVectorTest {
    private static final byte[] INITIAL_SECRET =
            Hkdf.extract(Hex.bytes("38762cf7f55934b34d179ae6a4c80cadccbb7f0a"), Hex.bytes("8394c8f03e515708"));
    private static final byte[] CLIENT = quicLabel(INITIAL_SECRET, "client in", 32);
    private static final byte[] SERVER = quicLabel(INITIAL_SECRET, "server in", 32);

    @Test
    void a1_keys() {
        assertThat(Hex.text(CLIENT)).isEqualTo("c00cf151ca5be075ed0ebfb5c80323c42d6b7db67881289af4008f1f6c357aea");
        assertThat(Hex.text(quicLabel(CLIENT, "quic key", 16))).isEqualTo("1f369613dd76d5467730efcbe3b1a22d");
        assertThat(Hex.text(quicLabel(CLIENT, "quic iv", 12))).isEqualTo("fa044b2f42a3fd3b46fb255c");
        assertThat(Hex.text(quicLabel(CLIENT, "quic hp", 16))).isEqualTo("9f50449e04a0e810283a1e9933adedd2");
    }

    @Test
    void a2_client_initial() {
        byte[] header = Hex.bytes("c300000001088394c8f03e5157080000449e00000002");
        byte[] crypto = Hex.bytes("060040f1010000ed0303ebf8fa56f12939b9584a3896472ec40bb863cfd3e868"
                + "04fe3a47f06a2b69484c00000413011302010000c000000010000e00000b6578"
                + "616d706c652e636f6dff01000100000a00080006001d00170018001000070005"
                + "04616c706e000500050100000000003300260024001d00209370b2c9caa47fba"
                + "baf4559fedba753de171fa71f50f1ce15d43e994ec74d748002b000302030400"
                + "0d0010000e0403050306030203080408050806002d00020101001c0002400100"
                + "3900320408ffffffffffffffff05048000ffff07048000ffff08011001048000"
                + "75300901100f088394c8f03e51570806048000ffff");
        byte[] packet = Arrays.copyOf(header, 1200);
        System.arraycopy(crypto, 0, packet, header.length, crypto.length);

        assertThat(cipher(CLIENT).seal(2, packet, 0, header.length, 1162)).isEqualTo(1178);

        assertThat(Hex.text(Arrays.copyOfRange(packet, 22, 38))).isEqualTo("d1b1c98dd7689fb8ec11d242b123dc9b");
        assertThat(Hex.text(Arrays.copyOfRange(packet, 1184, 1200))).isEqualTo("e221af44860018ab0856972e194cd934");
        assertThat(mask(CLIENT, packet, 22)).isEqualTo("437b9aec36");

        assertThat(cipher(CLIENT).open(2, packet, 0, header.length, 1178)).isEqualTo(1162);
        assertThat(Arrays.copyOfRange(packet, header.length, header.length + crypto.length))
                .isEqualTo(crypto);
    }

    @Test
    void a3_server_initial() {
        byte[] header = Hex.bytes("c1000000010008f067a5502a4262b50040750001");
        byte[] payload = Hex.bytes("02000000000600405a020000560303eefce7f7b37ba1d1632e96677825ddf739"
                + "88cfc79825df566dc5430b9a045a1200130100002e00330024001d00209d3c94"
                + "0d89690b84d08a60993c144eca684d1081287c834d5311bcf32bb9da1a002b00020304");
        byte[] packet = Arrays.copyOf(header, header.length + payload.length + 16);
        System.arraycopy(payload, 0, packet, header.length, payload.length);

        cipher(SERVER).seal(1, packet, 0, header.length, payload.length);

        assertThat(Hex.text(Arrays.copyOfRange(packet, header.length, packet.length)))
                .isEqualTo("5a482cd0991cd25b0aac406a5816b6394100f37a1c69797554780bb38cc5a99f"
                        + "5ede4cf73c3ec2493a1839b3dbcba3f6ea46c5b7684df3548e7ddeb9c3bf9c73"
                        + "cc3f3bded74b562bfb19fb84022f8ef4cdd93795d77d06edbb7aaf2f58891850"
                        + "abbdca3d20398c276456cbc42158407dd074ee");
        assertThat(mask(SERVER, packet, header.length + 2)).isEqualTo("2ec0d8356a");
    }

    @Test
    void a4_retry_integrity_tag() {
        byte[] pseudoPacket = Hex.bytes("088394c8f03e515708ff000000010008f067a5502a4262b5746f6b656e");
        byte[] packet = Arrays.copyOf(pseudoPacket, pseudoPacket.length + 16);
        PacketCipher cipher =
                new PacketCipher(Hex.bytes("be0c690b9f66575a1d766b54e368c84e"), Hex.bytes("461599d35d632bf2239825bb"));

        cipher.seal(0, packet, 0, pseudoPacket.length, 0);

        assertThat(Hex.text(Arrays.copyOfRange(packet, pseudoPacket.length, packet.length)))
                .isEqualTo("04a265ba2eff4d829058fb3f0f2496ba");
    }

    @Test
    void aes_256() {
        byte[] tagOnly = new byte[16];
        new PacketCipher(new byte[32], new byte[12]).seal(0, tagOnly, 0, 0, 0);
        assertThat(Hex.text(tagOnly)).isEqualTo("530f8afbc74536b9a963b4f1c4cb738b");

        byte[] block = new byte[32];
        new PacketCipher(new byte[32], new byte[12]).seal(0, block, 0, 0, 16);
        assertThat(Hex.text(block)).isEqualTo("cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");
    }

    private static PacketCipher cipher(byte[] secret) {
        return new PacketCipher(quicLabel(secret, "quic key", 16), quicLabel(secret, "quic iv", 12));
    }

    private static String mask(byte[] secret, byte[] packet, int sampleOffset) {
        byte[] mask = new byte[5];
        new HeaderProtection(quicLabel(secret, "quic hp", 16)).mask(packet, sampleOffset, mask);
        return Hex.text(mask);
    }

    /** HKDF-Expand-Label of TLS 1.3, which QUIC uses and Kabar does not (RFC 8446 section 7.1). */
    private static byte[] quicLabel(byte[] secret, String label, int length) {
        byte[] full = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
        byte[] info = ByteBuffer.allocate(4 + full.length)
                .putShort((short) length)
                .put((byte) full.length)
                .put(full)
                .put((byte) 0)
                .array();
        return Hkdf.expand(secret, info, length);
    }
}
