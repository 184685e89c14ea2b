package io.kabar.storage.csv.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30 days, 100000 events | kept for 30 days, of a busy room at least the newest 100,000 events",
                "100_000 events or 30 days | kept for 30 days, of a busy room at least the newest 100,000 events",
                "1 day | kept for a day",
                "500 EVENTS | kept for at least the newest 500 events",
                "Forever | kept forever",
                "none | not kept: what is shown is in memory only, until the server stops"
            })
    void what_a_person_writes_is_told_to_those_who_join(String text, String sentence) {
        assertThat(Retention.parse(text).sentence()).isEqualTo(sentence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "always",
                "30",
                "0 days",
                "-1 days",
                "30 days, 10 days",
                "30 days,",
                "99999999999999999999 events",
                "36501 days",
                "30 weeks",
                "none, 3 days"
            })
    void anything_else_is_refused_with_an_example(String text) {
        assertThatThrownBy(() -> Retention.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("30 days, 100000 events");
    }

    @Test
    void segments_are_small_enough_that_little_more_is_kept_than_was_asked_for() {
        assertThat(Retention.parse("1000 events").segmentEvents(10_000)).isEqualTo(100);
        assertThat(Retention.parse("1 event").segmentEvents(10_000)).isEqualTo(1);
        assertThat(Retention.STANDARD.segmentEvents(10_000)).isEqualTo(10_000);
        assertThat(Retention.STANDARD.segmentSpan()).hasDays(3);
        assertThat(Retention.parse("2 days").segmentSpan()).hasDays(1);
    }

    @Test
    void its_words_are_read_as_itself() {
        for (String words : new String[] {"forever", "none", "1 days", "30 days, 100000 events", "7 events"}) {
            Retention retention = Retention.parse(words);
            assertThat(Retention.parse(retention.text())).isEqualTo(retention);
        }
    }
}
