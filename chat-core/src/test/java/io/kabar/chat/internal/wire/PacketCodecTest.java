package io.kabar.chat.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PacketCodecTest {
    private static final long CID = 0x0123_4567_89ab_cdefL;

    private final byte[] out = new byte[WireLimits.DATAGRAM];

    @Test
    void hello_fills_a_datagram_and_comes_back() throws Exception {
        Packet.Hello hello = new Packet.Hello(Packet.VERSION_2, CID, bytes(32));
        int length = PacketCodec.encode(hello, out);

        assertThat(length).isEqualTo(1200);
        assertThat(Arrays.copyOf(out, 5)).containsExactly(0xc0, 0x4b, 0x41, 0x42, 0x02);
        assertThat(PacketCodec.decode(out, 0, length))
                .usingRecursiveComparison()
                .isEqualTo(hello);
    }

    @Test
    void init_fills_a_datagram_and_comes_back() throws Exception {
        Packet.Init init = new Packet.Init(Packet.VERSION_2, CID, bytes(64), bytes(300));
        int length = PacketCodec.encode(init, out);

        assertThat(length).isEqualTo(1200);
        assertThat(PacketCodec.decode(out, 0, length))
                .usingRecursiveComparison()
                .isEqualTo(init);
    }

    @Test
    void what_the_server_says_comes_back() throws Exception {
        List<Packet> packets = List.of(
                new Packet.Retry(Packet.VERSION_2, CID, bytes(32), bytes(70)),
                new Packet.Reply(Packet.VERSION_2, CID, bytes(100)),
                new Packet.VersionNegotiation(CID, List.of(Packet.VERSION_2, 7)));
        for (Packet packet : packets) {
            int length = PacketCodec.encode(packet, out);
            assertThat(PacketCodec.decode(out, 0, length))
                    .usingRecursiveComparison()
                    .isEqualTo(packet);
        }
    }

    @Test
    void first_words_that_do_not_fill_a_datagram_are_malformed() {
        PacketCodec.encode(new Packet.Hello(Packet.VERSION_2, CID, bytes(32)), out);

        assertMalformed(1199);
    }

    @Test
    void unknown_version_is_told_by_its_id_only() throws Exception {
        PacketCodec.encode(new Packet.Hello(99, CID, bytes(32)), out);

        assertThat(PacketCodec.decode(out, 0, 1200)).isInstanceOfSatisfying(Packet.Hello.class, hello -> {
            assertThat(hello.version()).isEqualTo(99);
            assertThat(hello.clientCid()).isEqualTo(CID);
        });
    }

    @Test
    void truncated_and_trailing_bytes_are_malformed() {
        int length = PacketCodec.encode(new Packet.Reply(Packet.VERSION_2, CID, bytes(100)), out);

        for (int shorter = 0; shorter < length; shorter++) {
            assertMalformed(shorter);
        }
        assertMalformed(length + 1);
    }

    @Test
    void protected_packet_names_its_connection() throws Exception {
        PacketCodec.writeShortHeader(out, 0, 0x47, CID);

        assertThat(PacketCodec.decode(out, 0, 40)).isEqualTo(new Packet.Protected(CID));
        assertThat(PacketCodec.isProtected(out[0])).isTrue();
        assertThat(PacketCodec.isProtected((byte) 0xc0)).isFalse();
        assertThat(PacketCodec.isProtected((byte) 0x07)).isFalse();
    }

    @Test
    void stateless_reset_is_shorter_than_its_trigger_and_ends_in_the_token() {
        byte[] token = bytes(16);
        Random random = new Random(3);
        for (int trigger = 0; trigger <= 1200; trigger++) {
            int length = PacketCodec.statelessReset(out, trigger, token, random);
            if (trigger <= PacketCodec.SMALLEST_RESET) {
                assertThat(length).isZero();
                continue;
            }
            assertThat(length).isBetween(21, trigger - 1);
            assertThat(PacketCodec.isProtected(out[0])).isTrue();
            assertThat(Arrays.copyOfRange(out, length - 16, length)).isEqualTo(token);
        }
    }

    private void assertMalformed(int length) {
        assertThatExceptionOfType(MalformedPacketException.class).isThrownBy(() -> PacketCodec.decode(out, 0, length));
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
