package io.kabar.chat.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigitsTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 9, 10, 2_147_483_647, 2_147_483_648L, 9_223_372_036_854_775_806L, Long.MAX_VALUE})
    void what_is_written_is_read(long number) {
        assertThat(Digits.parseLong(Digits.padded(number, 1))).isEqualTo(number);
        assertThat(Digits.parseLong(Digits.padded(number, 30))).isEqualTo(number);
        if (number <= Integer.MAX_VALUE) {
            assertThat(Digits.parseInt(Long.toString(number))).isEqualTo((int) number);
        } else {
            assertThatThrownBy(() -> Digits.parseInt(Long.toString(number))).isInstanceOf(NumberFormatException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-1", "+1", " 1", "1 ", "1x", "0x1", "1_0", "9223372036854775808", "99999999999999999999"})
    void anything_else_is_no_number(String text) {
        assertThatThrownBy(() -> Digits.parseLong(text)).isInstanceOf(NumberFormatException.class);
    }

    @Test
    void digits_of_other_scripts_are_none() {
        for (int c = 0x80; c <= Character.MAX_CODE_POINT; c++) {
            if (Character.isDigit(c)) {
                String text = "1" + Character.toString(c);
                assertThatThrownBy(() -> Digits.parseLong(text)).isInstanceOf(NumberFormatException.class);
            }
        }
    }

    @Test
    void it_is_padded_in_ascii_under_every_locale() {
        Locale before = Locale.getDefault();
        try {
            for (Locale locale : Locale.getAvailableLocales()) {
                Locale.setDefault(locale);
                assertThat(Digits.padded(42, 12)).isEqualTo("000000000042");
            }
        } finally {
            Locale.setDefault(before);
        }
    }
}
