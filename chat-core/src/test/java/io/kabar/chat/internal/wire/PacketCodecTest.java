package io.kabar.chat.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
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

    /** RFC 9000 section 6.1, and 8.1: an answer is for a datagram that is as long as a first one has to be. */
    @Test
    void first_words_of_an_unknown_version_count_only_if_they_fill_a_datagram() throws Exception {
        for (Packet first :
                List.of(new Packet.Hello(99, CID, bytes(32)), new Packet.Init(99, CID, bytes(64), bytes(300)))) {
            PacketCodec.encode(first, out);

            assertThat(PacketCodec.decode(out, 0, 1200))
                    .isInstanceOfSatisfying(
                            Packet.Hello.class,
                            hello -> assertThat(hello.version()).isEqualTo(99));
            assertMalformed(1199);
        }
    }

    @Test
    void server_does_not_answer_in_a_version_that_nobody_asked_for() {
        for (Packet answer :
                List.of(new Packet.Retry(99, CID, bytes(32), bytes(70)), new Packet.Reply(99, CID, bytes(100)))) {
            assertMalformed(PacketCodec.encode(answer, out));
        }
    }

    @Test
    void padding_is_zeros_whatever_the_array_held() throws Exception {
        for (Packet first : List.of(
                new Packet.Hello(Packet.VERSION_2, CID, bytes(32)),
                new Packet.Init(Packet.VERSION_2, CID, bytes(64), bytes(300)))) {
            Arrays.fill(out, (byte) 0xee);
            int length = PacketCodec.encode(first, out);
            assertThat(PacketCodec.decode(out, 0, length))
                    .usingRecursiveComparison()
                    .isEqualTo(first);

            out[length - 1] = 1;
            assertMalformed(length);
        }
    }

    @Test
    void longest_token_has_a_length_of_one_byte() throws Exception {
        Packet.Retry retry = new Packet.Retry(Packet.VERSION_2, CID, bytes(32), bytes(WireLimits.TOKEN));
        assertThat(PacketCodec.decode(out, 0, PacketCodec.encode(retry, out)))
                .usingRecursiveComparison()
                .isEqualTo(retry);

        Packet.Retry longer = new Packet.Retry(Packet.VERSION_2, CID, bytes(32), bytes(WireLimits.TOKEN + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> PacketCodec.encode(longer, out));
    }

    @Test
    void version_negotiation_names_so_many_versions_and_nothing_else() throws Exception {
        Packet most = new Packet.VersionNegotiation(CID, Collections.nCopies(WireLimits.VERSIONS, 7));
        int length = PacketCodec.encode(most, out);
        assertThat(PacketCodec.decode(out, 0, length)).isEqualTo(most);
        assertMalformed(length - 1);
        assertMalformed(length + 1);
        out[4] = 2; // Its own version is 0.
        assertMalformed(length);

        assertMalformed(PacketCodec.encode(
                new Packet.VersionNegotiation(CID, Collections.nCopies(WireLimits.VERSIONS + 1, 7)), out));
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
        assertThat(PacketCodec.destinationCid(out, 0)).isEqualTo(CID);
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

    /** RFC 9000 section 10.3: nobody on the way can tell it from a packet, neither by its bits nor by its length. */
    @Test
    void stateless_reset_looks_like_noise_but_for_its_first_bits() {
        int differing = 0;
        Set<Integer> lengths = new HashSet<>();
        Random random = new Random(4);
        byte[] earlier = new byte[20];
        for (int i = 0; i < 100; i++) {
            lengths.add(PacketCodec.statelessReset(out, 1200, new byte[16], random));
            for (int bit = 2; bit < 8 * 5; bit++) {
                differing += (out[bit / 8] ^ earlier[bit / 8]) >> (7 - bit % 8) & 1;
            }
            System.arraycopy(out, 0, earlier, 0, earlier.length);
        }
        assertThat(differing).as("of 3 800, about half").isBetween(1700, 2100);
        assertThat(lengths).hasSizeGreaterThan(20).allMatch(length -> length >= 21 && length <= 64);
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
