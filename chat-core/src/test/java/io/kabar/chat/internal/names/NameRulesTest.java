package io.kabar.chat.internal.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.spi.NameIndex;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the door lets in, for users and rooms, and what it says to the rest. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NameRulesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Zoë",
                "Nguyễn",
                "Łukasz",
                "Đặng",
                "ʻIolani",
                "Σωκράτης",
                "Γιώργος",
                "Вася",
                "Ґанна",
                "Ёлка",
                "محمد",
                "علی",
                "דָּוִד",
                "שרה",
                "ชัยวัฒน์",
                "नरेन्द्र",
                "தமிழ்",
                "বাংলা",
                "ಕನ್ನಡ",
                "മലയാളം",
                "ខ្មែរ",
                "မြန်မာ",
                "བསྒྲུབས",
                "김철수",
                "山田太郎",
                "さくら",
                "サトー",
                "陳大文",
                "ᏣᎳᎩ",
                "ኢትዮጵያ",
                "Հայկ",
                "გიორგი",
                "ߒߞߏ",
                "ⵣⵉⵔⵉ",
                "ܡܪܝܐ",
                "山田bob",
                "a.b-c_1"
            })
    void names_of_people_are_let_in(String name) {
        assertThatNoException().isThrownBy(() -> UserName.parse(name));
        assertThatNoException().isThrownBy(() -> RoomName.parse(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bob\u200b",
                "bob\u200d",
                "b\u200cob",
                "\u3164",
                "\uffa0",
                "\u115fbob",
                "bob\ufe0f",
                "bob\u034f",
                "bob\u00ad",
                "bob\u180e",
                "bob\u2060",
                "\u2800",
                "\u0301bob",
                "-\u0301bob",
                "bo\u0301\u0301b",
                "bo\u0301\u0302\u0303\u0304\u0305b",
                "i\u0307b",
                "b\u043eb",
                "\u0430da",
                "b\u03bfb",
                "\u0251da",
                "\u1d00da",
                "b\ua7ba",
                "\u16a0\u16b1",
                "山田\u0430",
                "\ud83d\ude00",
                "bob\ud83d\ude00",
                "\u0378",
                "\ue000",
                "\ua7c0b",
                "...",
                "-",
                "bob\u0338",
                "bob\u20dd",
                "محـمد"
            })
    void names_that_imitate_or_hide_are_refused_for_users_and_for_rooms(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> UserName.parse(name));
        assertThatIllegalArgumentException().isThrownBy(() -> RoomName.parse(name));
    }

    @Test
    void the_sentence_says_what_is_wrong_with_which_character() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UserName.parse("bob\u200b"))
                .withMessage("A name must not hold what cannot be seen: U+200B (ZERO WIDTH SPACE).");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoomName.parse("l\u043ebby"))
                .withMessage(
                        "A room name must not mix alphabets: U+043E \u043e (CYRILLIC SMALL LETTER O) is of another one "
                                + "than the rest.");
    }

    @Test
    void words_by_which_programs_speak_of_people_are_no_names() {
        for (String word : Set.of("you", "Y0U", "Server", "SYSTEM", "kabar", "all")) {
            assertThat(UserName.of(word).objection()).as(word).isPresent();
        }
    }

    @Test
    void a_name_that_was_judged_elsewhere_is_taken_as_it_is() {
        // Assigned in Unicode 15 and 16, and one that a newer table may not let in: no table of this side is asked.
        for (String text : Set.of("\ud804\udf00x", "\ua7dcda", "b\u043eb", "bob\u200b", "Bob")) {
            assertThat(new UserName(text).text()).isEqualTo(text);
            assertThat(new RoomName(text).text()).isEqualTo(text);
        }
        for (String text : Set.of("", "a b", "a\nb", "a@b", "\ud800", "a\u202eb", "a\u0085", "x".repeat(33))) {
            assertThatIllegalArgumentException().isThrownBy(() -> new UserName(text));
        }
        for (String text : Set.of("", "a b", "a\nb", "a@b", "@", "@a@b", "\ud800", "a/b", "x".repeat(65))) {
            assertThatIllegalArgumentException().isThrownBy(() -> new RoomName(text));
        }
        for (String text : Set.of("@3+3", "@4+3", "@0+1", "@03+4", "@3+", "@+4", "@3+4+5", "@3+\u0664")) {
            assertThatIllegalArgumentException().isThrownBy(() -> new RoomName(text));
        }
    }

    @Test
    void an_index_never_takes_one_name_for_two_people() {
        NameIndex<Integer> index = new NameIndex<>();
        assertThat(index.add(UserName.of("bob"), 1)).isTrue();
        for (String other : Set.of("Bob", "B0B", "\u0432\u043e\u0432", "BOB", "b0b")) {
            assertThat(index.add(UserName.of(other), 2)).as(other).isFalse();
            assertThat(index.find(UserName.of(other))).as(other).contains(1);
        }
        assertThat(index.add(UserName.of("paypal"), 3)).isTrue();
        assertThat(index.add(UserName.of("paypaI"), 4)).isFalse();
        assertThat(index.add(UserName.of("Neil"), 5)).isTrue();
        assertThat(index.add(UserName.of("Nell"), 6)).isTrue();
    }

    @Test
    void of_two_old_names_with_one_key_the_older_keeps_it_and_the_other_is_found_by_its_spelling() {
        NameIndex<Integer> index = new NameIndex<>();
        assertThat(index.restore(new UserName("bob"), 1)).isTrue();
        assertThat(index.restore(new UserName("B0B"), 2)).isFalse();
        assertThat(index.find(UserName.of("bob"))).contains(1);
        assertThat(index.find(UserName.of("Bob"))).contains(1);
        assertThat(index.find(UserName.of("b0b"))).contains(1);
        assertThat(index.find(UserName.of("B0B"))).contains(2);
        assertThat(index.exactOnly()).containsExactly(new UserName("B0B"));
    }
}
