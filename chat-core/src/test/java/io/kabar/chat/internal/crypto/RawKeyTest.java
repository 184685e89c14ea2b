package io.kabar.chat.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class RawKeyTest {
    private final byte[] bytes = Hex.bytes("07".repeat(16));
    private final RawKey key = new RawKey(bytes, "AES");

    @Test
    void hands_out_copies_until_it_is_destroyed_in_its_owners_array() {
        assertThat(key.getAlgorithm()).isEqualTo("AES");
        assertThat(key.getFormat()).isEqualTo("RAW");
        assertThat(key.getEncoded()).isEqualTo(bytes).isNotSameAs(bytes);
        assertThat(key.isDestroyed()).isFalse();

        key.destroy();
        key.destroy();
        assertThat(key.isDestroyed()).isTrue();
        assertThat(bytes).containsOnly(0);
        assertThatIllegalStateException().isThrownBy(key::getEncoded);
    }

    @Test
    void neither_text_nor_a_stream_of_objects_shows_it() {
        assertThat(key).hasToString("RawKey[AES]");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(key));
    }
}
