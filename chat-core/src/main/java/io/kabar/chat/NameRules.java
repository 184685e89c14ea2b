package io.kabar.chat;

import java.lang.Character.UnicodeScript;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What user and room names have in common: length, one script, and the skeleton that makes look-alikes equal. */
final class NameRules {

    /** Scripts that are written together in ordinary words (Unicode TR 39, "highly restrictive"). */
    private static final Set<UnicodeScript> EAST_ASIAN = Set.of(
            UnicodeScript.LATIN,
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.HANGUL,
            UnicodeScript.BOPOMOFO);

    /**
     * Letters of other scripts, and pairs within Latin, that look like a Latin letter in most fonts after case folding
     * (a subset of Unicode's confusables.txt that whole-script spoofs of short names are made of).
     */
    private static final Map<Integer, String> LOOK_ALIKES =
            "а=a е=e о=o р=p с=c х=x у=y і=i ј=j ѕ=s һ=h ԁ=d ԛ=q ԝ=w к=k м=m т=t в=b н=h г=r "
                    .concat("ο=o α=a ν=v ρ=p υ=u ι=i κ=k τ=t χ=x γ=y η=n ε=e ı=i ł=l ø=o 0=o 1=l |=l")
                    .lines()
                    .flatMap(line -> java.util.Arrays.stream(line.split(" ")))
                    .map(pair -> pair.split("="))
                    .collect(Collectors.toUnmodifiableMap(pair -> pair[0].codePointAt(0), pair -> pair[1]));

    private NameRules() {}

    static void requireLength(String what, String text, int maxCodePoints, int maxBytes) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(what + " must not be empty.");
        }
        if (text.codePointCount(0, text.length()) > maxCodePoints
                || text.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
            throw new IllegalArgumentException(
                    what + " may be at most " + maxCodePoints + " characters (" + maxBytes + " bytes) long.");
        }
    }

    static void requireOneScript(String text) {
        Set<UnicodeScript> scripts = text.codePoints()
                .mapToObj(UnicodeScript::of)
                .filter(script -> script != UnicodeScript.COMMON && script != UnicodeScript.INHERITED)
                .collect(Collectors.toUnmodifiableSet());
        if (scripts.size() > 1 && !EAST_ASIAN.containsAll(scripts)) {
            throw new IllegalArgumentException("A name must not mix alphabets that look alike.");
        }
    }

    static String skeleton(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
        StringBuilder skeleton = new StringBuilder(folded.length());
        folded.codePoints().forEach(c -> {
            String latin = LOOK_ALIKES.get(c);
            if (latin == null) {
                skeleton.appendCodePoint(c);
            } else {
                skeleton.append(latin);
            }
        });
        return skeleton.toString().replace("rn", "m").replace("vv", "w");
    }
}
