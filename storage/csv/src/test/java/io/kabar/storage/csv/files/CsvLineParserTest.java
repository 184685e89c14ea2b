package io.kabar.storage.csv.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvLineParserTest {

    @Test
    void records_of_any_length_follow_each_other() throws Exception {
        CsvLineParser parser = new CsvLineParser();
        for (int length = 0; length < 40_000; length += 997) {
            StringBuilder line = new StringBuilder();
            String text = "é".repeat(length) + "\n\"";
            CsvLine.append(line, "1", text, "\r");

            assertThat(parser.parse(line.toString())).containsExactly("1", text, "\r");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,\"open\r\n", "1,\"a\"b\r\n"})
    void what_is_no_record_is_damage(String line) throws Exception {
        CsvLineParser parser = new CsvLineParser();

        assertThatThrownBy(() -> parser.parse(line)).isInstanceOf(DamagedException.class);
    }

    @Test
    void two_records_in_one_are_found_at_the_next() throws Exception {
        CsvLineParser parser = new CsvLineParser();
        parser.parse("1\r2\r\n");

        assertThatThrownBy(() -> parser.parse("3\r\n")).isInstanceOf(DamagedException.class);
    }
}
