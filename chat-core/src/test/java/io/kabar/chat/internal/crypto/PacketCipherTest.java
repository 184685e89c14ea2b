package io.kabar.chat.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketCipherTest {
    private static final int OFFSET = 3;
    private static final int HEADER = 13;

    private final byte[] key = bytes(32, 1);
    private final byte[] iv = bytes(12, 2);
    private final PacketCipher sealer = new PacketCipher(key, iv);
    private final PacketCipher opener = new PacketCipher(key, iv);

    /** Both ends of what a datagram can hold, and sizes around the blocks in which a cipher works. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 100, 1200, 16384, 65000})
    void seals_and_opens_in_place_and_leaves_the_rest_of_the_array_alone(int length) {
        byte[] plain = bytes(OFFSET + HEADER + length + 16 + 5, 3);
        byte[] packet = plain.clone();

        assertThat(sealer.seal(77, packet, OFFSET, HEADER, length)).isEqualTo(length + 16);
        assertThat(Arrays.copyOf(packet, OFFSET + HEADER)).isEqualTo(Arrays.copyOf(plain, OFFSET + HEADER));
        assertThat(Arrays.copyOfRange(packet, packet.length - 5, packet.length))
                .isEqualTo(Arrays.copyOfRange(plain, plain.length - 5, plain.length));
        if (length > 8) {
            assertThat(payload(packet, length)).isNotEqualTo(payload(plain, length));
        }

        byte[] forged = packet.clone();
        forged[OFFSET + HEADER + length + 15] ^= 1;
        byte[] untouched = forged.clone();
        assertThat(opener.open(77, forged, OFFSET, HEADER, length + 16)).isEqualTo(-1);
        assertThat(forged).as("a forged packet stays as it is").isEqualTo(untouched);

        assertThat(opener.open(77, packet, OFFSET, HEADER, length + 16)).isEqualTo(length);
        assertThat(payload(packet, length)).isEqualTo(payload(plain, length));
    }

    @Test
    void packet_with_any_bit_flipped_does_not_open_and_the_true_one_still_does() {
        byte[] packet = bytes(HEADER + 20 + 16, 4);
        byte[] plain = packet.clone();
        sealer.seal(5, packet, 0, HEADER, 20);

        for (int bit = 0; bit < 8 * packet.length; bit++) {
            byte[] forged = packet.clone();
            forged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(opener.open(5, forged, 0, HEADER, 36)).as("bit %d", bit).isEqualTo(-1);

            byte[] genuine = packet.clone();
            assertThat(opener.open(5, genuine, 0, HEADER, 36))
                    .as("after bit %d", bit)
                    .isEqualTo(20);
            assertThat(Arrays.copyOf(genuine, HEADER + 20)).isEqualTo(Arrays.copyOf(plain, HEADER + 20));
        }
    }

    @Test
    void packets_open_in_any_order_under_their_own_number_only() {
        long[] numbers = {0, 1, 2, 0xff, 0x100, 1L << 31, 1L << 32, 1L << 40, (1L << 62) - 1};
        byte[][] packets = new byte[numbers.length][];
        for (int i = 0; i < numbers.length; i++) {
            packets[i] = bytes(HEADER + 4 + 16, i);
            sealer.seal(numbers[i], packets[i], 0, HEADER, 4);
        }

        for (int i = numbers.length - 1; i >= 0; i--) {
            assertThat(opener.open(numbers[i] + 1, packets[i].clone(), 0, HEADER, 20))
                    .isEqualTo(-1);
            assertThat(opener.open(numbers[i], packets[i], 0, HEADER, 20)).isEqualTo(4);
        }
    }

    @Test
    void packet_number_is_sealed_once() {
        byte[] packet = new byte[64];
        sealer.seal(10, packet, 0, HEADER, 8);
        byte[] before = packet.clone();

        assertThatIllegalStateException()
                .isThrownBy(() -> sealer.seal(10, packet, 0, HEADER, 8))
                .withMessage("packet number 10 after 10");
        assertThatIllegalStateException().isThrownBy(() -> sealer.seal(9, packet, 0, HEADER, 8));
        assertThatIllegalStateException().isThrownBy(() -> sealer.seal(-1, packet, 0, HEADER, 8));
        assertThat(packet).isEqualTo(before);
        assertThat(sealer.seal(11, packet, 0, HEADER, 8)).isEqualTo(24);
    }

    @Test
    void lengths_from_a_peer_never_throw_within_the_array() {
        byte[] packet = new byte[64];

        for (int sealedLength = 0; sealedLength <= 51; sealedLength++) {
            assertThat(opener.open(0, packet, 0, HEADER, sealedLength)).isEqualTo(-1);
        }
        assertThat(opener.open(-1, packet, 0, HEADER, 20)).isEqualTo(-1);
    }

    @Test
    void no_room_for_the_tag_is_misuse_and_costs_no_number() {
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> sealer.seal(0, new byte[HEADER + 8 + 15], 0, HEADER, 8));

        assertThat(sealer.seal(0, new byte[HEADER + 8 + 16], 0, HEADER, 8)).isEqualTo(24);
        assertThatIllegalArgumentException().isThrownBy(() -> new PacketCipher(new byte[24], iv));
        assertThatIllegalArgumentException().isThrownBy(() -> new PacketCipher(key, new byte[8]));
    }

    @Test
    void wiping_overwrites_the_arrays_that_were_handed_over() {
        sealer.wipe();

        assertThat(key).containsOnly(0);
        assertThat(iv).containsOnly(0);
    }

    private static byte[] payload(byte[] packet, int length) {
        return Arrays.copyOfRange(packet, OFFSET + HEADER, OFFSET + HEADER + length);
    }

    private static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }
}
