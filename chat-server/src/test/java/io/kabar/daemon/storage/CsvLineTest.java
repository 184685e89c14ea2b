package io.kabar.daemon.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvLineTest {

    private static String line(String... cells) {
        StringBuilder out = new StringBuilder();
        CsvLine.append(out, cells);
        return out.toString();
    }

    @Test
    void every_character_comes_back_wherever_it_stands() throws Exception {
        for (int c = 0; c <= 0x10FFFF; c += c < 0x3000 || (c > 0xFFE0 && c < 0x10000) ? 1 : 61) {
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                continue;
            }
            String text = Character.toString(c);
            assertThat(CsvLine.parse(line(text, "a" + text + "b", "a" + text)))
                    .as("U+%04X", c)
                    .containsExactly(text, "a" + text + "b", "a" + text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+2", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", "'"})
    void a_spreadsheet_sees_text_where_a_formula_would_begin(String text) throws Exception {
        String line = line("1", text);

        assertThat(line.replace("\"", "")).startsWith("1,'" + text);
        assertThat(CsvLine.parse(line)).containsExactly("1", text);
    }

    @Test
    void quotes_commas_and_lines_are_written_as_rfc_4180_says() {
        assertThat(line("1", "say \"hi\", and\nbye")).isEqualTo("1,\"say \"\"hi\"\", and\nbye\"\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,\"open", "1,\"a\"b\r\n", "1\r\n2\r\n", ""})
    void what_is_not_one_record_is_damage(String text) {
        assertThatThrownBy(() -> CsvLine.parse(text)).isInstanceOf(DamagedException.class);
    }

    @Test
    void empty_cells_stay_empty() throws Exception {
        assertThat(CsvLine.parse(line("", "", ""))).isEqualTo(List.of("", "", ""));
    }
}
