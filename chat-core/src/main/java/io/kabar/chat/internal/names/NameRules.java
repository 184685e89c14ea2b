package io.kabar.chat.internal.names;

import io.kabar.chat.internal.text.Parts;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules for names: the bounds, which every name keeps and which never change, and what the door asks of a new name
 * (Unicode TR 39 sections 3 and 5, as far as names of people in all living scripts let it).
 */
public final class NameRules {

    public static final String ONLY_LETTERS = "A name may hold letters, digits, '_', '-' and '.' only: %s.";

    /** Unicode TR 39 section 5.4: "Forbid sequences of more than 4 nonspacing marks". */
    private static final int STACK = 4;

    /** Alphabets written together in ordinary words (Unicode TR 39 section 5.2, "highly restrictive"). */
    private static final List<Set<String>> TOGETHER = List.of(
            Set.of("Latn", "Hani", "Hira", "Kana"), Set.of("Latn", "Hani", "Bopo"), Set.of("Latn", "Hani", "Hang"));

    private NameRules() {}

    // Bounds: what can be a name at all

    public static void requireBounds(String what, String text, int maxCodePoints, int maxBytes) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(what + " must not be empty.");
        }
        if (text.length() > maxBytes
                || text.codePointCount(0, text.length()) > maxCodePoints
                || text.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
            throw new IllegalArgumentException(
                    what + " may be at most " + maxCodePoints + " characters (" + maxBytes + " bytes) long.");
        }
        int stray = firstNot(text, c -> !isDangerous(c));
        if (stray >= 0) {
            throw new IllegalArgumentException(what + " must not hold control characters: " + describe(stray) + ".");
        }
    }

    /** Half a character, or one that changes how what stands around it is shown. The list is closed, as bounds are. */
    private static boolean isDangerous(int c) {
        return c < ' '
                || (c >= 0x7f && c <= 0x9f)
                || (c >= 0xd800 && c <= 0xdfff)
                || c == 0x2028
                || c == 0x2029
                || (c >= 0x202a && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069);
    }

    public static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || Parts.isDigit(c) || c == '_' || c == '-' || c == '.';
    }

    /** The first code point that is not as asked; -1 if all are. */
    public static int firstNot(String text, IntPredicate asked) {
        return text.codePoints().filter(c -> !asked.test(c)).findFirst().orElse(-1);
    }

    // The door: what a new name may be

    /** What is wrong, with the character it is wrong with; put into words only where somebody reads them. */
    private record Fault(String sentence, int codePoint) {

        String words(String what) {
            return String.format(Locale.ROOT, sentence, what, describe(codePoint));
        }
    }

    public static Optional<String> objectionToUser(String text) {
        Fault fault = userFault(text);
        return fault == null ? Optional.empty() : Optional.of(fault.words("A name"));
    }

    public static Optional<String> objectionToRoom(String text) {
        Fault fault = roomFault(text);
        return fault == null ? Optional.empty() : Optional.of(fault.words("A room name"));
    }

    public static boolean isGoodForUser(String text) {
        return userFault(text) == null;
    }

    public static boolean isGoodForRoom(String text) {
        return roomFault(text) == null;
    }

    private static @Nullable Fault userFault(String text) {
        Fault fault = fault(text, NameRules::isPlain, "%s may hold letters, digits, '_', '-' and '.' only: %s.");
        boolean spokenFor = fault == null && SpokenFor.KEYS.contains(NameTable.key(text));
        return spokenFor ? new Fault("%s must not be one of the words by which programs speak of people.", 0) : fault;
    }

    private static @Nullable Fault roomFault(String text) {
        return fault(
                text,
                c -> c > ' ' && c < 0x7f,
                "%s may hold letters, digits and the signs on every keyboard only: %s.");
    }

    private static @Nullable Fault fault(String text, IntPredicate signs, String otherSigns) {
        boolean speaks = false;
        NameTable.@Nullable Kind before = null;
        for (int c : text.codePoints().toArray()) {
            NameTable.Kind kind = NameTable.kind(c);
            switch (kind) {
                case LETTER, DIGIT -> speaks = true;
                case MARK, STACKED -> {
                    if (before == null || before == NameTable.Kind.SIGN) {
                        return new Fault("%s must not have a mark without a letter before it: %s.", c);
                    }
                }
                case SIGN -> {
                    if (!signs.test(c)) {
                        return new Fault(otherSigns, c);
                    }
                }
                case UNUSUAL -> {
                    return new Fault("%s must not hold letters that hardly anybody writes: %s.", c);
                }
                case INVISIBLE -> {
                    return new Fault("%s must not hold what cannot be seen: %s.", c);
                }
                case UNKNOWN -> {
                    return new Fault("%s must not hold characters that older computers do not know: %s.", c);
                }
            }
            before = kind;
        }
        if (!Normalizer.isNormalized(text, Normalizer.Form.NFKC)) {
            return new Fault("%s is written in Unicode form NFKC.", 0);
        }
        if (!speaks) {
            return new Fault("%s needs at least one letter or digit.", 0);
        }
        Fault stack = stackFault(text);
        return stack == null ? scriptFault(text) : stack;
    }

    /**
     * Marks upon marks are drawn over the lines around them; one twice, or a dot upon a dot, cannot be told from once.
     */
    private static @Nullable Fault stackFault(String text) {
        int height = 0;
        int base = -1;
        Set<Integer> stack = new HashSet<>();
        for (int c :
                Normalizer.normalize(text, Normalizer.Form.NFD).codePoints().toArray()) {
            if (NameTable.kind(c) != NameTable.Kind.STACKED) {
                height = 0;
                base = c;
                stack.clear();
                continue;
            }
            boolean hidden = c == 0x307 && (base == 'i' || base == 'j' || base == 0x456 || base == 0x458);
            if (++height > STACK || !stack.add(c) || hidden) {
                return new Fault("%s must not pile up marks: %s.", c);
            }
        }
        return null;
    }

    private static @Nullable Fault scriptFault(String text) {
        // For each character the scripts it is used in; the text is of one script if they have one in common.
        Set<String> common = null;
        Map<String, Integer> firstOf = new HashMap<>();
        boolean together = false;
        for (int c : text.codePoints().toArray()) {
            List<String> scripts = NameTable.scripts(c);
            if (scripts.isEmpty()) {
                continue;
            }
            scripts.forEach(script -> firstOf.putIfAbsent(script, c));
            if (common == null) {
                common = new HashSet<>(scripts);
            } else {
                common.retainAll(scripts);
            }
        }
        for (Set<String> family : TOGETHER) {
            together |= text.codePoints()
                    .mapToObj(NameTable::scripts)
                    .allMatch(scripts -> scripts.isEmpty() || scripts.stream().anyMatch(family::contains));
        }
        if (common == null || !common.isEmpty() || together) {
            return null;
        }
        int odd = text.codePoints()
                .filter(c ->
                        !NameTable.scripts(c).isEmpty() && !NameTable.scripts(c).contains("Latn"))
                .findFirst()
                .orElse(text.codePointAt(0));
        return new Fault("%s must not mix alphabets: %s is of another one than the rest.", odd);
    }

    /** A character as one finds it in a table, and as it looks if it looks like anything. */
    public static String describe(int c) {
        String name = Character.getName(c); // to be read only: it decides nothing
        boolean shown = NameTable.kind(c) != NameTable.Kind.INVISIBLE
                && NameTable.kind(c) != NameTable.Kind.UNKNOWN
                && NameTable.kind(c) != NameTable.Kind.STACKED;
        return String.format(Locale.ROOT, "U+%04X", c)
                + (shown ? " " + Character.toString(c) : "")
                + (name == null ? "" : " (" + name + ")");
    }

    /** By which programs speak of people: whoever bore one would be taken for more than they are. */
    private static final class SpokenFor {
        static final Set<String> KEYS = Stream.of(
                        "you", "me", "server", "system", "kabar", "all", "everybody", "everyone", "nobody", "somebody")
                .map(NameTable::key)
                .collect(Collectors.toUnmodifiableSet());
    }
}
