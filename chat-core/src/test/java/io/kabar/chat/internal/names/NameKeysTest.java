package io.kabar.chat.internal.names;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.crypto.NameClaim;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * Keys and judgements of names, over all of Unicode: each character alone, and in pairs with those that make trouble.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NameKeysTest {

    /**
     * Everything, in a minute and a half: {@code -Dnames.all=true}. Else, of the many that are one like the other,
     * some.
     */
    private static final boolean ALL = Boolean.getBoolean("names.all");

    /** Over what is made of all {@link #TEXTS}; the same on each Java. */
    private static final String DIGEST = ALL
            ? "a80082c842dd880e2f23b32f3ef0c85824871e50420a1235876f39d221eeff9e"
            : "0d702e97dc47cd55553ad953199829298de4ea97ecc6f0a66a668cefa0a9b45b";

    /**
     * A dot, marks that reorder, compose or decompose, halves of rn and vv, an i of two kinds, a final sigma, a joiner.
     */
    private static final List<String> NEIGHBOURS = ALL
            ? List.of("a", "I", "r", "n", "v", "\u0307", "\u0301", "\u0323", "\u0345", "\u03a3", "\u0131", "\u200d")
            : List.of("I", "n", "\u0307", "\u0345");

    /**
     * Each character that Unicode 13 knows; each that has a key of other characters, and each mark, before and behind
     * those.
     */
    private static final List<String> TEXTS = new ArrayList<>();

    static {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            NameTable.Kind kind = NameTable.kind(c);
            String text = Character.toString(c);
            boolean hangul = c >= 0xac00 && c <= 0xd7a3;
            boolean changes = !NameTable.key(text).equals(text);
            boolean oneOfMany = hangul || (c >= 0x3400 && !changes);
            if (kind == NameTable.Kind.UNKNOWN || (oneOfMany && !ALL && c % 64 != 0)) {
                continue;
            }
            TEXTS.add(text);
            boolean moves = (changes && !hangul) || kind == NameTable.Kind.STACKED || kind == NameTable.Kind.MARK;
            for (String neighbour : moves ? NEIGHBOURS : List.<String>of()) {
                TEXTS.add(text + neighbour);
                TEXTS.add(neighbour + text);
            }
        }
        // Later than Unicode 13, each an example of something that Java 17 and 25 do otherwise.
        TEXTS.addAll(
                List.of("\u1c89", "a\ua7dc", "\u0897\u0301a", "\ud83a\udc00", "\ud801\udd7a", "\ue000", "a\u0378b"));
    }

    private static void texts(Consumer<String> each) {
        TEXTS.forEach(each);
    }

    private static boolean isKnown(String text) {
        return text.codePoints().allMatch(c -> NameTable.kind(c) != NameTable.Kind.UNKNOWN);
    }

    private static List<String> failing(UnaryOperator<String> check) {
        List<String> failures = new ArrayList<>();
        texts(text -> {
            String failure = failures.size() < 20 ? check.apply(text) : "";
            if (!failure.isEmpty()) {
                failures.add(text.codePoints().mapToObj(Integer::toHexString).toList() + " " + failure);
            }
        });
        return failures;
    }

    @Test
    void key_of_a_key_is_that_key() {
        assertThat(failing(text -> {
                    String key = NameTable.key(text);
                    return key.equals(NameTable.key(key)) ? "" : key + " " + NameTable.key(key);
                }))
                .isEmpty();
    }

    @Test
    void all_normal_forms_and_cases_of_a_text_have_one_key() {
        assertThat(failing(text -> {
                    String key = NameTable.key(text);
                    String composed = Normalizer.normalize(text, Normalizer.Form.NFKC);
                    if (!isKnown(text) || !isKnown(composed)) {
                        return "";
                    }
                    for (Normalizer.Form form : Normalizer.Form.values()) {
                        if (!NameTable.key(Normalizer.normalize(text, form)).equals(key)) {
                            return form.name();
                        }
                    }
                    for (String cased : List.of(
                            composed.toUpperCase(Locale.ROOT),
                            composed.toLowerCase(Locale.ROOT),
                            title(composed),
                            NameTable.lower(text))) {
                        // A capital has no iota below it: there it is a letter, and marks come to stand behind it.
                        boolean iota = text.length() > 1 && nfkd(text).contains("\u0345");
                        if (!iota && isKnown(cased) && !NameTable.key(cased).equals(key)) {
                            return "cased " + cased + " " + key + " " + NameTable.key(cased);
                        }
                    }
                    return "";
                }))
                .isEmpty();
    }

    private static String nfkd(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD);
    }

    private static String title(String text) {
        StringBuilder title = new StringBuilder();
        text.codePoints().forEach(c -> title.appendCodePoint(Character.toTitleCase(c)));
        return title.toString();
    }

    @Test
    void a_name_that_is_let_in_is_the_same_when_it_is_read_again() {
        assertThat(failing(text -> {
                    Optional<UserName> user = user(text);
                    if (user.isPresent()) {
                        String printed = user.get().toString();
                        if (!UserName.parse(printed).equals(user.get()) || !new UserName(printed).equals(user.get())) {
                            return "user " + printed;
                        }
                        if (user.get().key().isEmpty()) {
                            return "no key";
                        }
                    }
                    Optional<RoomName> room = room(text);
                    if (room.isPresent()) {
                        String printed = room.get().toString();
                        if (!RoomName.parse(printed).equals(room.get())) {
                            return "room " + printed + " " + RoomName.parse(printed);
                        }
                    }
                    return "";
                }))
                .isEmpty();
    }

    /** As parse does, but without the price of an exception for each that is refused. */
    private static Optional<UserName> user(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFKC);
        return isKnown(text) && composed.length() < 20 && NameRules.isGoodForUser(composed)
                ? Optional.of(UserName.parse(text))
                : Optional.empty();
    }

    private static Optional<RoomName> room(String text) {
        String composed = isKnown(text) ? NameTable.lower(text) : "";
        return !composed.isEmpty()
                        && composed.length() < 20
                        && composed.chars().noneMatch(c -> c == '#' || c == '/' || c == '@')
                        && NameRules.isGoodForRoom(composed)
                ? Optional.of(RoomName.parse(text))
                : Optional.empty();
    }

    @Test
    void every_java_makes_the_same_of_every_text() throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        texts(text -> {
            String made = NameTable.key(text)
                    + '|'
                    + String.join("|", NameTable.looks(text))
                    + '|'
                    + NameTable.lower(text)
                    + '|'
                    + user(text).map(UserName::text).orElse("")
                    + '|'
                    + room(text).map(RoomName::text).orElse("");
            digest.update(made.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
        });
        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(DIGEST);
    }

    @Test
    void the_table_is_what_the_generator_makes_of_unicode() throws java.io.IOException {
        String table = java.nio.file.Files.readString(NameTableGenerator.TABLE, StandardCharsets.US_ASCII);
        assertThat(new NameTableGenerator().table().equals(table))
                .as("names.table is what NameTableGenerator makes; run it, and count its version on")
                .isTrue();
        assertThat(NameTable.version()).isEqualTo(NameTableGenerator.VERSION);
    }

    @Test
    void the_table_knows_what_unicode_13_assigns_and_nothing_else() {
        TreeMap<NameTable.Kind, Integer> counts = new TreeMap<>();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            counts.merge(NameTable.kind(c), 1, Integer::sum);
        }
        int known = 0x110000 - counts.getOrDefault(NameTable.Kind.UNKNOWN, 0);
        assertThat(known).as("143,859 characters and 65 controls of Unicode 13").isEqualTo(143_859 + 65);
    }

    /**
     * A device proves with it that a name is its own, for ever: whichever Java runs, and whatever its tables of letters
     * have learnt since. Of what may be in a name, and of no more: nobody can have another one.
     */
    @Test
    void the_form_of_a_name_in_claims_is_the_same_in_every_java() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        int letters = 0;
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            String text = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? "" : Character.toString(c);
            if (!text.isEmpty() && NameRules.isGoodForUser(text)) {
                letters++;
                for (String name : new String[] {text, "a" + text, text + "a", "A" + text + "\u03a3"}) {
                    digest.update(NameClaim.form(name).getBytes(StandardCharsets.UTF_8));
                    digest.update((byte) 0);
                }
            }
        }
        assertThat(letters + " " + HexFormat.of().formatHex(digest.digest(), 0, 8))
                .isEqualTo("111721 b5051edbcab86e3b");
    }
}
