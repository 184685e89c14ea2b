package io.kabar.chat.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({"1s, 1", "90s, 90", "10m, 600", "2h, 7200", "7d, 604800", "4w, 2419200", "36500d, 3153600000"})
    void a_number_and_its_unit(String word, long seconds) {
        assertThat(Durations.parse(word)).contains(Duration.ofSeconds(seconds));
        assertThat(Durations.isMeant(word)).isTrue();
    }

    @Test
    void forever_is_no_duration_but_meant_as_one() {
        assertThat(Durations.parse("forever")).isEmpty();
        assertThat(Durations.parse("FOREVER")).isEmpty();
        assertThat(Durations.isMeant("Forever")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "10x", "1.5h", "0m", "36501d", "99999999999999999999w", "10m5", "10 m", "1hh", "٣m"})
    void anything_else_is_answered_with_examples(String word) {
        assertThatThrownBy(() -> Durations.parse(word))
                .hasMessage("How long is a number with its unit, as 90s, 10m, 2h, 7d or 4w, or forever.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m", "spam", "soon", "-1h", "#3"})
    void words_of_a_reason_are_not_meant_as_durations(String word) {
        assertThat(Durations.isMeant(word)).isFalse();
        assertThatThrownBy(() -> Durations.parse(word)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void said_in_the_largest_unit_that_is_exact() {
        assertThat(Durations.words(Optional.of(Duration.ofSeconds(90)))).isEqualTo("for 90 seconds");
        assertThat(Durations.words(Optional.of(Duration.ofMinutes(60)))).isEqualTo("for 1 hour");
        assertThat(Durations.words(Optional.empty())).isEqualTo("for good");
    }
}
