package io.kabar.chat.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketKeysTest {
    private static final byte[] SECRET = Hex.bytes("a1".repeat(32));

    @Test
    void keys_come_from_the_secret_by_their_labels() {
        PacketKeys keys = PacketKeys.of(SECRET.clone(), PacketKeys.AES_256);

        assertThat(keys.key()).isEqualTo(firstBlock("kabar key", 32));
        assertThat(keys.iv()).isEqualTo(firstBlock("kabar iv", 12));
        assertThat(keys.headerProtectionKey()).isEqualTo(firstBlock("kabar hp", 32));
        assertThat(PacketKeys.of(SECRET.clone(), PacketKeys.AES_128).key()).hasSize(16);
    }

    @Test
    void update_steps_the_secret_on_and_keeps_header_protection() {
        PacketKeys first = PacketKeys.of(SECRET.clone(), PacketKeys.AES_128);
        PacketKeys second = first.next();

        assertThat(second.secret()).isEqualTo(firstBlock("kabar ku", 32));
        assertThat(second.key()).hasSize(16).isNotEqualTo(first.key());
        assertThat(second.iv()).isNotEqualTo(first.iv());
        assertThat(second.headerProtectionKey()).isEqualTo(first.headerProtectionKey());
        assertThat(second.next().key()).isNotEqualTo(second.key()).isNotEqualTo(first.key());
    }

    @Test
    void keys_whose_secret_is_wiped_leave_their_ciphers_and_the_next_keys_working() {
        PacketKeys first = PacketKeys.of(SECRET.clone(), PacketKeys.AES_256);
        PacketKeys second = first.next();
        PacketCipher sealer = first.cipher();
        PacketCipher opener = first.cipher();
        HeaderProtection protection = second.headerProtection();

        first.wipeSecret();

        assertThat(first.secret()).containsOnly(0);
        byte[] packet = new byte[40];
        sealer.seal(0, packet, 0, 4, 20);
        assertThat(opener.open(0, packet, 0, 4, 36)).isEqualTo(20);
        byte[] mask = new byte[5];
        byte[] expected = new byte[5];
        protection.mask(packet, 0, mask);
        new HeaderProtection(firstBlock("kabar hp", 32)).mask(packet, 0, expected);
        assertThat(mask).isEqualTo(expected);
    }

    @Test
    void wiped_keys_are_zeros_in_every_array_and_their_ciphers_refuse_to_work() {
        PacketKeys keys = PacketKeys.of(SECRET.clone(), PacketKeys.AES_256);
        PacketCipher sealer = keys.cipher();
        PacketCipher opener = keys.cipher();
        HeaderProtection protection = keys.headerProtection();
        byte[] packet = new byte[40];
        sealer.seal(0, packet, 0, 4, 20);

        for (int again = 0; again < 2; again++) {
            keys.wipe();
            sealer.wipe();
            opener.wipe();
            protection.wipe();
        }

        assertThat(List.of(keys.secret(), keys.key(), keys.iv(), keys.headerProtectionKey()))
                .allSatisfy(array -> assertThat(array).containsOnly(0));
        assertThatIllegalStateException().isThrownBy(() -> sealer.seal(1, packet, 0, 4, 20));
        assertThatIllegalStateException().isThrownBy(() -> opener.open(0, packet, 0, 4, 36));
        assertThatIllegalStateException().isThrownBy(() -> protection.mask(packet, 0, new byte[5]));
    }

    @Test
    void keys_that_no_cipher_was_made_of_are_wiped_but_for_the_one_they_share() {
        PacketKeys keys = PacketKeys.of(SECRET.clone(), PacketKeys.AES_256);
        keys.wipe();

        assertThat(List.of(keys.secret(), keys.key(), keys.iv()))
                .allSatisfy(array -> assertThat(array).containsOnly(0));
        assertThat(keys.headerProtectionKey()).isEqualTo(firstBlock("kabar hp", 32));
    }

    @Test
    void lengths_are_checked_and_text_shows_no_key() {
        assertThatIllegalArgumentException().isThrownBy(() -> PacketKeys.of(SECRET, 24));
        assertThatIllegalArgumentException().isThrownBy(() -> PacketKeys.of(new byte[16], 16));
        assertThat(PacketKeys.of(SECRET, PacketKeys.AES_256)).hasToString("PacketKeys[AES-256]");
    }

    /** RFC 5869 by hand: T(1) = HMAC(secret, label || 0x01). */
    private static byte[] firstBlock(String label, int length) {
        return Arrays.copyOf(Jca.hmac(SECRET, label.getBytes(StandardCharsets.US_ASCII), new byte[] {1}), length);
    }
}
