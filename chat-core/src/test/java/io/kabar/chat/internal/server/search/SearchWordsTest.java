package io.kabar.chat.internal.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.text.SearchFolding;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is found, and what finding it costs at most, whatever the texts are. */
class SearchWordsTest {

    private final SearchFolding folding = new SearchFolding();

    private static boolean finds(String words, String text) {
        return SearchWords.of(words).allIn(text);
    }

    private static IntStream letters() {
        return IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(Character::isDefined)
                .filter(c -> Character.getType(c) != Character.SURROGATE)
                .filter(c -> Character.getType(c) != Character.PRIVATE_USE)
                .filter(c -> c < 0x3400 || c % 97 == 0 || !Character.isIdeographic(c))
                .filter(c -> c < 0xac00 || c > 0xd7a3 || c % 97 == 0);
    }

    @Test
    void every_word_is_found_in_any_order_and_case_and_within_others() {
        assertThat(finds("TEA green", "I like Greenish teapots")).isTrue();
        assertThat(finds("tea greens", "I like Greenish teapots")).isFalse();
        assertThat(finds("", "anything")).isTrue();
        assertThat(SearchWords.of("  ").isEmpty()).isTrue();
        assertThat(finds("a", "")).isFalse();
    }

    @Test
    void all_ways_to_write_a_letter_are_one() {
        assertThat(finds("\u00fcber", "U\u0308BER")).isTrue();
        assertThat(finds("U\u0308ber", "\u00dcBER")).isTrue();
        assertThat(finds("strasse", "STRA\u00dfE")).isTrue();
        assertThat(finds("abc", "\uff21\uff22\uff23")).isTrue();
        assertThat(finds("\u03bf\u03b4\u03bf\u03c3", "\u03bf\u03b4\u03bf\u03c3\u03ae\u03bc\u03b1\u03bd\u03c3\u03b7"))
                .as("a word that ends in sigma, within another")
                .isTrue();
        assertThat(finds("a\u0323\u0302", "a\u0302\u0323"))
                .as("marks in another order")
                .isTrue();
        assertThat(finds("\ud55c", "\u1112\u1161\u11ab")).isTrue();
    }

    @Test
    void any_letter_is_found_by_itself_in_both_cases_and_never_becomes_a_phrase() {
        assertThat(letters().filter(c -> !foldsWell(Character.toString(c))).mapToObj(Integer::toHexString))
                .isEmpty();
    }

    private boolean foldsWell(String letter) {
        String folded = folding.folded(letter);
        return !folded.isEmpty()
                && folded.length() <= SearchFolding.MAX_GROWTH * letter.length()
                && folding.folded(folded).equals(folded)
                && folding.folded(Normalizer.normalize(letter, Normalizer.Form.NFC))
                        .equals(folded);
    }

    @Test
    void a_text_of_phrases_and_marks_does_not_grow_beyond_its_bound() {
        for (String unit : new String[] {"\ufdfa", "\ufdfb", "\u0390", "\u0300", "a\u0315\u0300\u05ae", "\u1f82"}) {
            String text = unit.repeat(5000);
            assertThat(folding.folded(text).length()).isLessThanOrEqualTo(SearchFolding.MAX_GROWTH * text.length());
        }
    }

    @Test
    void a_part_of_a_text_is_found_in_it() {
        Random random = new Random(1);
        int[] all = letters().filter(Character::isLetterOrDigit).toArray();
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(20) + 1, 0, all.length).forEach(c -> text.appendCodePoint(all[c]));
            int from = text.offsetByCodePoints(0, random.nextInt(text.codePointCount(0, text.length())));
            assertThat(finds(text.substring(from), text.toString()))
                    .as("%s in %s", text.substring(from), text)
                    .isTrue();
            assertThat(finds(text.toString().toLowerCase(Locale.ROOT).strip(), text + " "))
                    .as("%s in lower case", text)
                    .isTrue();
        }
    }

    @Test
    void what_nearly_matches_everywhere_is_looked_at_as_often_as_anything_else() {
        String text = "ab".repeat(8000);
        assertThat(finds("ab".repeat(100) + "c", text)).isFalse();
        assertThat(finds("ab".repeat(100) + "c", text + "c")).isTrue();
        assertThat(finds("aabaaab", "aabaabaaab")).isTrue();
    }
}
