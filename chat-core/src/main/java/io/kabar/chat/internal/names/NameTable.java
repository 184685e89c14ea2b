package io.kabar.chat.internal.names;

import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.Parts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What is known of the characters in names: one table for every Java this runs on, in the resource {@code names.table},
 * which the tests' {@code NameTableGenerator} makes of Unicode's data. It knows what Unicode 13 assigns. The normal
 * forms of those characters are the same in every later Java, by Unicode's stability policy; of later ones nothing is
 * looked up.
 */
public final class NameTable {

    /** What a character is to a name. */
    public enum Kind {
        LETTER,
        DIGIT,
        /** Takes room beside the letter it belongs to. */
        MARK,
        /** Is drawn over or under the letter it belongs to. */
        STACKED,
        /** Punctuation, symbols, pictures. */
        SIGN,
        /** A letter or mark of dead scripts, of phonetics, of mathematics: what imitations are made of. */
        UNUSUAL,
        /** Control and format characters, spaces, fillers, selectors, joiners. */
        INVISIBLE,
        /** Not assigned in Unicode 13, or for private use. */
        UNKNOWN
    }

    private static final NameTable TABLE = read();

    private final int version;
    private final int[] firsts;
    private final int[] lasts;
    private final Kind[] kinds;
    private final String[] scripts;
    private final Mapping lower;
    private final Mapping look;
    private final Mapping key;

    private NameTable(
            int version,
            int[] firsts,
            int[] lasts,
            Kind[] kinds,
            String[] scripts,
            Mapping lower,
            Mapping look,
            Mapping key) {
        this.version = version;
        this.firsts = firsts;
        this.lasts = lasts;
        this.kinds = kinds;
        this.scripts = scripts;
        this.lower = lower;
        this.look = look;
        this.key = key;
    }

    /** Counted on whenever a name may have another key than before. */
    public static int version() {
        return TABLE.version;
    }

    public static Kind kind(int codePoint) {
        int range = TABLE.range(codePoint);
        return range < 0 ? Kind.UNKNOWN : TABLE.kinds[range];
    }

    /** The scripts a letter, digit or mark is used in; empty if every script uses it. */
    public static List<String> scripts(int codePoint) {
        int range = TABLE.range(codePoint);
        String names = range < 0 ? "" : TABLE.scripts[range];
        return names.isEmpty() || names.equals("*") ? List.of() : Parts.of(names, '+');
    }

    /** In lower case, in form NFKC: how rooms are written. */
    public static String lower(String text) {
        return known(text, run -> {
            String composed = Normalizer.normalize(run, Normalizer.Form.NFKC);
            return Normalizer.normalize(TABLE.lower.apply(composed), Normalizer.Form.NFKC);
        });
    }

    /**
     * What a name is found by: all spellings of it, in any case and any normal form, and with letters of other
     * alphabets that look the same, have one key. The key of a key is that key.
     */
    public static String key(String text) {
        return plain(known(text, run -> TABLE.fold(TABLE.key, run)));
    }

    /**
     * As what a name may be taken: two names that share one of these look alike, in the case they are written in or in
     * lower case.
     */
    public static Set<String> looks(String text) {
        String shown = plain(known(text, run -> TABLE.fold(TABLE.look, run)));
        Set<String> looks = new LinkedHashSet<>();
        looks.add(key(text));
        looks.add(key(shown));
        looks.add(plain(shown.replace('I', 'l')));
        return looks;
    }

    private String fold(Mapping mapping, String run) {
        String mapped = mapping.apply(Normalizer.normalize(run, Normalizer.Form.NFKD));
        return Normalizer.normalize(mapped, Normalizer.Form.NFD);
    }

    /** Two letters that look like one, and the dot that an i has anyway. */
    private static String plain(String folded) {
        String plain = folded.replace("rn", "m").replace("vv", "w");
        while (plain.contains("i\u0307") || plain.contains("j\u0307")) {
            plain = plain.replace("i\u0307", "i").replace("j\u0307", "j");
        }
        return plain;
    }

    /**
     * Folds each piece of {@code text} whose characters are known. How Java normalises the others depends on its age.
     */
    private static String known(String text, UnaryOperator<String> folding) {
        if (text.codePoints().noneMatch(c -> TABLE.range(c) < 0)) {
            return folding.apply(text);
        }
        StringBuilder out = new StringBuilder(text.length());
        int from = 0;
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            int next = at + Character.charCount(c);
            if (TABLE.range(c) < 0) {
                out.append(folding.apply(text.substring(from, at))).appendCodePoint(c);
                from = next;
            }
            at = next;
        }
        return out.append(folding.apply(text.substring(from))).toString();
    }

    private int range(int codePoint) {
        int found = Arrays.binarySearch(firsts, codePoint);
        int range = found < 0 ? -found - 2 : found;
        return range >= 0 && codePoint <= lasts[range] ? range : -1;
    }

    /** What becomes of single characters; those that stay are not in it. */
    private static final class Mapping {
        private final int[] from;
        private final String[] to;

        Mapping(int[] from, String[] to) {
            this.from = from;
            this.to = to;
        }

        String apply(String text) {
            StringBuilder out = new StringBuilder(text.length() + 8);
            for (int at = 0; at < text.length(); ) {
                int c = text.codePointAt(at);
                at += Character.charCount(c);
                int found = Arrays.binarySearch(from, c);
                if (found < 0) {
                    out.appendCodePoint(c);
                } else {
                    out.append(to[found]);
                }
            }
            return out.toString();
        }
    }

    // The resource: a line that tells its version, then four parts, each with a line that names it

    private static NameTable read() {
        try (InputStream in = NameTable.class.getResourceAsStream("names.table")) {
            if (in == null) {
                throw new IllegalStateException("The table of names is not there.");
            }
            List<String> lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))
                    .lines()
                    .toList();
            int kinds = lines.indexOf("kinds");
            int lower = lines.indexOf("lower");
            int look = lines.indexOf("look");
            int key = lines.indexOf("key");
            return parse(
                    Digits.parseInt(Parts.of(lines.get(0), ' ').get(1)),
                    lines.subList(kinds + 1, lower),
                    mapping(lines.subList(lower + 1, look)),
                    mapping(lines.subList(look + 1, key)),
                    mapping(lines.subList(key + 1, lines.size())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static NameTable parse(int version, List<String> ranges, Mapping lower, Mapping look, Mapping key) {
        int size = ranges.size();
        int[] firsts = new int[size];
        int[] lasts = new int[size];
        Kind[] kinds = new Kind[size];
        String[] scripts = new String[size];
        for (int i = 0; i < size; i++) {
            List<String> words = Parts.of(ranges.get(i), ' ');
            firsts[i] = HexFormat.fromHexDigits(words.get(0));
            lasts[i] = HexFormat.fromHexDigits(words.get(1));
            kinds[i] = Kind.valueOf(words.get(2).toUpperCase(Locale.ROOT));
            scripts[i] = words.size() > 3 ? words.get(3) : "";
        }
        return new NameTable(version, firsts, lasts, kinds, scripts, lower, look, key);
    }

    private static Mapping mapping(List<String> lines) {
        int[] from = new int[lines.size()];
        String[] to = new String[lines.size()];
        List<Integer> mapped = new ArrayList<>();
        for (int i = 0; i < from.length; i++) {
            List<String> words = Parts.of(lines.get(i), ' ');
            from[i] = HexFormat.fromHexDigits(words.get(0));
            mapped.clear();
            words.subList(1, words.size()).forEach(word -> mapped.add(HexFormat.fromHexDigits(word)));
            int[] codePoints = mapped.stream().mapToInt(Integer::intValue).toArray();
            to[i] = new String(codePoints, 0, codePoints.length);
        }
        return new Mapping(from, to);
    }
}
