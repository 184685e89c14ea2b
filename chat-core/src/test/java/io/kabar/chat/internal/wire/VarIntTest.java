package io.kabar.chat.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VarIntTest {
    /** RFC 9000 appendix A.1; the last one is longer than it need be. */
    @ParameterizedTest
    @CsvSource({
        "c2197c5eff14e88c, 151288809941952652",
        "9d7f3e7d, 494878333",
        "7bbd, 15293",
        "25, 37",
        "4025, 37",
    })
    void reads_the_vectors_of_the_rfc(String hex, long value) {
        byte[] bytes = HexFormat.of().parseHex(hex);

        assertThat(VarInt.sizeFrom(bytes[0])).isEqualTo(bytes.length);
        assertThat(VarInt.read(bytes, 0)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"151288809941952652, c2197c5eff14e88c", "494878333, 9d7f3e7d", "15293, 7bbd", "37, 25"})
    void writes_the_shortest_form(long value, String hex) {
        byte[] out = new byte[VarInt.size(value)];

        assertThat(VarInt.write(out, 0, value)).isEqualTo(out.length);
        assertThat(HexFormat.of().formatHex(out)).isEqualTo(hex);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 63, 64, 16383, 16384, (1 << 30) - 1, 1 << 30, VarInt.MAX})
    void comes_back_at_every_boundary(long value) {
        byte[] out = new byte[10];
        Arrays.fill(out, (byte) 0xff);
        int end = VarInt.write(out, 1, value);

        assertThat(end - 1).isEqualTo(VarInt.size(value));
        assertThat(VarInt.read(out, 1)).isEqualTo(value);
    }

    @Test
    void refuses_what_no_varint_holds() {
        assertThatIllegalArgumentException().isThrownBy(() -> VarInt.size(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> VarInt.size(VarInt.MAX + 1));
    }
}
