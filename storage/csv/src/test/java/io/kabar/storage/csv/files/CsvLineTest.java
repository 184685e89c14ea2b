package io.kabar.storage.csv.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
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

        assertThat(line.replace("\"", "")).startsWith("1,'" + text.charAt(0));
        assertThat(CsvLine.parse(line)).containsExactly("1", text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a;=1+2",
                "a\n=1",
                "a\r\n@x",
                "a;+1;-2",
                "a;\t=1",
                ";=1",
                ";'=1",
                ";''",
                ";'",
                "\n'",
                "'\n'\n",
                "\uFF1D1",
                "a;b",
                "it's; 'so'",
                "- one\n- two",
                ";;==",
                "';'"
            })
    void nor_does_one_that_separates_cells_by_semicolons_run_anything(String text) throws Exception {
        String line = line("1", text);

        assertThat(CsvLine.parse(line)).containsExactly("1", text);
        // However it cuts the line, and whatever it thinks of quotes.
        assertThat(line.split("[;,\\t\\r\\n]+\"*"))
                .noneMatch(cell -> cell.matches("[=+@\\-\uFF1D\uFF0B\uFF0D\uFF20].*"));
    }

    @Test
    void random_texts_of_dangerous_characters_come_back() throws Exception {
        Random random = new Random(7);
        String characters = "=+-@';\t\r\n\",a ";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(8); length > 0; length--) {
                text.append(characters.charAt(random.nextInt(characters.length())));
            }
            assertThat(CsvLine.parse(line("1", text.toString()))).containsExactly("1", text.toString());
        }
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
