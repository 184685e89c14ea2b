package io.kabar.chat.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EditedTextTest {

    @TempDir
    Path folder;

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
    void of_a_file_no_more_is_read_than_it_can_have() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "\uFEFFopen sesame\r\n");

        assertThat(EditedText.read(file, 16).firstLine()).isEqualTo("open sesame");
        assertThatThrownBy(() -> EditedText.read(file, 15))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("it is longer than 15 bytes");
        assertThatThrownBy(() -> EditedText.read(folder, 16)).isInstanceOf(IOException.class);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_file_without_an_end_is_no_trap() {
        assertThatThrownBy(() -> EditedText.read(Path.of("/dev/zero"), 4096)).hasMessageContaining("longer than 4096");
    }

    @Test
    void a_single_value_has_no_invisible_end() {
        assertThat(EditedText.of(bytes("\uFEFFopen sesame \t\r\n")).firstLine()).isEqualTo("open sesame");
        assertThat(EditedText.of(bytes("")).firstLine()).isEmpty();
        assertThat(EditedText.of(bytes("\uFEFF")).lines()).isEmpty();
        assertThat(EditedText.of(bytes("secret")).toString()).doesNotContain("secret");
    }
}
