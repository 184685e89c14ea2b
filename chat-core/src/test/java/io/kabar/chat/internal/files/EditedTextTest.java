package io.kabar.chat.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EditedTextTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "één\nzwei",
                "één\r\nzwei",
                "één\rzwei",
                "één\nzwei\n",
                "\uFEFFéén\r\nzwei\r\n",
                "\uFEFFéén\rzwei\r"
            })
    void every_editor_writes_the_same_lines(String saved) {
        assertThat(EditedText.of(bytes(saved)).lines()).containsExactly("één", "zwei");
        assertThat(EditedText.of(bytes(saved)).text()).startsWith("één").isEqualTo(saved.replace("\uFEFF", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "ISO-8859-1", "windows-1252"})
    void another_encoding_is_refused_with_what_to_do(String charset) {
        byte[] saved = "first\nén\n".getBytes(Charset.forName(charset));

        assertThatThrownBy(() -> EditedText.of(saved))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void what_cannot_be_read_is_told_with_its_line() {
        byte[] saved = bytes("one\r\ntwo\rthree\nf?ur");
        for (int wrong : new int[] {0xff, 0x80, 0xc3, 0}) {
            byte[] damaged = saved.clone();
            damaged[damaged.length - 3] = (byte) wrong;
            assertThatThrownBy(() -> EditedText.of(damaged)).hasMessageStartingWith("line 4 ");
        }
    }

    @Test
    void a_single_value_has_no_invisible_end() {
        assertThat(EditedText.of(bytes("\uFEFFopen sesame \t\r\n")).firstLine()).isEqualTo("open sesame");
        assertThat(EditedText.of(bytes("")).firstLine()).isEmpty();
        assertThat(EditedText.of(bytes("\uFEFF")).lines()).isEmpty();
        assertThat(EditedText.of(bytes("secret")).toString()).doesNotContain("secret");
    }
}
