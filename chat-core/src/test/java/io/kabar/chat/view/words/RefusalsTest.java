package io.kabar.chat.view.words;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatException;
import io.kabar.chat.Refusal;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalsTest {

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void every_refusal_is_a_sentence(Refusal refusal) {
        assertThat(Refusals.sentence(ChatException.of(refusal)))
                .matches("[A-Z].*\\.")
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource({"1, 1 s", "1000, 1 s", "1001, 2 s", "0, 1 s", "119000, 119 s", "120000, 2 min", "241000, 5 min"})
    void a_wait_is_rounded_up(long millis, String words) {
        assertThat(Refusals.words(Duration.ofMillis(millis))).isEqualTo(words);
    }

    @Test
    void a_limit_tells_when_to_try_again() {
        assertThat(Refusals.sentence(ChatException.of(Refusal.RATE_LIMITED, "", Duration.ofMillis(1500))))
                .isEqualTo("Too many messages in a short time. Try again in 2 s.");
    }

    @Test
    void the_servers_own_words_are_used_and_made_safe() {
        assertThat(Refusals.sentence(ChatException.of(Refusal.NOT_ALLOWED, "Only\u001b staff may.", null)))
                .isEqualTo("Only␛ staff may.");
    }

    @Test
    void futures_wrappings_are_taken_off() {
        Throwable wrapped = new CompletionException(new CompletionException(ChatException.of(Refusal.BUSY)));
        assertThat(Refusals.sentence(wrapped)).isEqualTo("The server is busy.");
    }

    @Test
    void anything_else_has_words_too() {
        assertThat(Refusals.sentence(new IllegalStateException()))
                .isEqualTo("Something went wrong inside Kabar (IllegalStateException).");
    }
}
