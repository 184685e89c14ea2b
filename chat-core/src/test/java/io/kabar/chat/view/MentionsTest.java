package io.kabar.chat.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.UserName;
import java.text.Normalizer;
import java.util.List;
import org.junit.jupiter.api.Test;

class MentionsTest {

    private static boolean mentions(String name, String text) {
        return Mentions.of(UserName.of(name), text);
    }

    @Test
    void a_name_is_a_word_of_its_own_in_any_case() {
        for (String text : List.of(
                "ada", "ADA: look", "look, ada!", "hi @ada", "(ada)", "ada.", "-ada-", "ada/kai", "ada's", "x\nada")) {
            assertThat(mentions("ada", text)).as(text).isTrue();
        }
        for (String text : List.of("", "adamant", "canada", "ada_b", "ada.b", "ad", "a da", "1ada", "a\u0301da")) {
            assertThat(mentions("ada", text)).as(text).isFalse();
        }
        assertThat(mentions("ada.", "so said ada.")).isTrue();
    }

    @Test
    void behind_an_at_the_next_word_may_follow_at_once_where_a_script_has_no_spaces() {
        assertThat(mentions("小明", "@小明请看")).isTrue();
        assertThat(mentions("ada", "@adaさん")).isTrue();
        assertThat(mentions("민수", "@민수야 안녕")).isTrue();
        assertThat(mentions("ada", "@adamant")).isFalse();
        assertThat(mentions("小明", "请小明看"))
                .as("without the @ it may be part of another word")
                .isFalse();
    }

    @Test
    void names_within_addresses_are_nobodys() {
        for (String text : List.of(
                "https://example.org/ada",
                "see http://ada/x and https://ada.example",
                "ada@example.org",
                "mail kai@ada now",
                "www.example.org/ada",
                "look: WWW.example.org/@ada.",
                "ftp://x?ada&y#ada")) {
            assertThat(mentions("ada", text)).as(text).isFalse();
        }
        assertThat(mentions("ada", "https://example.org/x ada: look")).isTrue();
    }

    /** As names are found: in any case and any normal form, by tables that are the same in every Java. */
    @Test
    void a_name_is_recognised_in_every_spelling_that_is_only_case_or_form() {
        for (String name : List.of(
                "andr\u00e9", "\u0394\u03ae\u03bc\u03bf\u03c2", "\u0421\u0430\u0448\u0430", "d\u017ead\u017e")) {
            String upper = name.toUpperCase(java.util.Locale.ROOT);
            for (String spelled : List.of(name, upper)) {
                for (Normalizer.Form form : Normalizer.Form.values()) {
                    String text = "so, " + Normalizer.normalize(spelled, form) + "?";
                    assertThat(mentions(name, text)).as("%s in %s", name, text).isTrue();
                }
            }
        }
    }

    @Test
    void the_work_grows_with_the_text_and_not_faster() {
        for (String piece :
                List.of("y.", ".", "y", "-.", "ada", "adax", "@ada", "a@", "://", ":/", "a://", "小", "\u0301")) {
            for (String end : List.of("", "x", " x")) {
                long some = visited(piece.repeat(1_000) + end);
                long more = visited(piece.repeat(8_000) + end);
                assertThat(more).as("%s ... %s", piece, end).isLessThanOrEqualTo(9 * some + 1_000);
                assertThat(more).isLessThan(20L * (piece.length() * 8_000 + 2));
            }
        }
    }

    @Test
    void letters_that_look_like_those_of_a_name_name_it_as_nobody_else_can_be_called_so() {
        assertThat(mentions("ada", "\u0430da: look")).isTrue();
        assertThat(mentions("\u0430da", "hi @ADA")).isTrue();
        assertThat(mentions("ada", "\u0431da: look")).isFalse();
        assertThat(mentions("ada", "x".repeat(100) + " \u0430dan")).isFalse();
    }

    private static long visited(String text) {
        Counted counted = new Counted(text);
        Mentions.of(UserName.of("nobody"), counted);
        return counted.visited;
    }

    /** A text that counts how often somebody looks at a character. */
    private static final class Counted implements CharSequence {
        private final String text;
        long visited;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            visited++;
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            visited += end - start;
            return text.substring(start, end);
        }
    }
}
