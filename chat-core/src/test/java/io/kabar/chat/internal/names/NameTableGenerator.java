package io.kabar.chat.internal.names;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacter.IdentifierType;
import com.ibm.icu.lang.UCharacterCategory;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import com.ibm.icu.util.VersionInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Makes {@code names.table}, which {@link NameTable} reads, from the Unicode data of ICU4J: what is assigned since
 * Unicode 13 at the latest, and of it who may stand in a name, in which scripts, how it is folded, and what it looks
 * like. Run it from the folder of chat-core after changing a rule here or the version of ICU4J, and count
 * {@link #VERSION} on.
 */
final class NameTableGenerator {

    /** Counted on whenever the table gives a name another key: a server then gives out its keys anew. */
    static final int VERSION = 1;

    static final Path TABLE = Path.of("src/main/resources/io/kabar/chat/internal/names/names.table");

    /** What the oldest Java that Kabar runs on knows. A character assigned later has no agreed normal form there. */
    private static final VersionInfo REPERTOIRE = VersionInfo.getInstance(13);

    /** Unicode TR 39, table 1: what these types hold is in daily use, by few people or in few words perhaps. */
    private static final Set<IdentifierType> IN_USE = EnumSet.of(
            IdentifierType.RECOMMENDED,
            IdentifierType.INCLUSION,
            IdentifierType.LIMITED_USE,
            IdentifierType.UNCOMMON_USE);

    /** Only makes the line longer: the Arabic tatweel and the lajanyalan of N'Ko. */
    private static final Set<Integer> STRETCHERS = Set.of(0x640, 0x7fa);

    /** What Kabar 0.1 made equal and Unicode's confusables do not, or otherwise: no later table is weaker. */
    private static final Map<Integer, String> SINCE_THE_FIRST = Arrays.stream(
                    "к=k м=m т=t в=b н=h г=r α=a ν=v ρ=p υ=u ι=i κ=k τ=t χ=x γ=y η=n ε=e ł=l ø=o 0=o 1=l |=l"
                            .split(" "))
            .collect(Collectors.toUnmodifiableMap(pair -> pair.codePointAt(0), pair -> pair.substring(2)));

    private final Normalizer2 nfkd = Normalizer2.getNFKDInstance();
    private final SpoofChecker confusables = new SpoofChecker.Builder().build();
    private final Map<Integer, String> looks = new HashMap<>();

    public static void main(String[] arguments) throws IOException {
        Files.createDirectories(TABLE.getParent());
        Files.writeString(TABLE, new NameTableGenerator().table(), StandardCharsets.US_ASCII);
    }

    String table() {
        knowLooks();
        StringBuilder out = new StringBuilder("names " + VERSION + " unicode " + REPERTOIRE.getMajor() + " icu "
                + VersionInfo.ICU_VERSION.getMajor() + "." + VersionInfo.ICU_VERSION.getMinor() + "\n");
        kinds(out);
        out.append("lower\n");
        forEachAssigned(c -> {
            int lower = UCharacter.toLowerCase(c);
            if (lower != c && isAssigned(lower)) {
                line(out, c, hex(lower));
            }
        });
        out.append("look\n");
        forEachAssigned(c -> mapping(out, c, this::shown));
        out.append("key\n");
        forEachAssigned(c -> mapping(out, c, this::key));
        return out.toString();
    }

    // Who may stand in a name

    private void kinds(StringBuilder out) {
        out.append("kinds\n");
        int from = 0;
        String kind = "";
        for (int c = 0; c <= UCharacter.MAX_CODE_POINT + 1; c++) {
            String next = c > UCharacter.MAX_CODE_POINT || !isAssigned(c) ? "" : kind(c);
            if (!next.equals(kind)) {
                if (!kind.isEmpty()) {
                    line(out, from, hex(c - 1) + " " + kind);
                }
                from = c;
                kind = next;
            }
        }
    }

    private String kind(int c) {
        if (UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT)) {
            return "invisible";
        }
        return switch (UCharacter.getType(c)) {
            case UCharacterCategory.UPPERCASE_LETTER,
                    UCharacterCategory.LOWERCASE_LETTER,
                    UCharacterCategory.TITLECASE_LETTER,
                    UCharacterCategory.MODIFIER_LETTER,
                    UCharacterCategory.OTHER_LETTER -> usual("letter", c);
            case UCharacterCategory.DECIMAL_DIGIT_NUMBER, UCharacterCategory.LETTER_NUMBER -> usual("digit", c);
            case UCharacterCategory.COMBINING_SPACING_MARK -> usual("mark", c);
            case UCharacterCategory.NON_SPACING_MARK, UCharacterCategory.ENCLOSING_MARK -> usual("stacked", c);
            case UCharacterCategory.CONTROL,
                    UCharacterCategory.FORMAT,
                    UCharacterCategory.SPACE_SEPARATOR,
                    UCharacterCategory.LINE_SEPARATOR,
                    UCharacterCategory.PARAGRAPH_SEPARATOR -> "invisible";
            default -> "sign";
        };
    }

    private String usual(String kind, int c) {
        return inUse(c) ? kind + " " + scripts(c) : "unusual";
    }

    private boolean inUse(int c) {
        EnumSet<IdentifierType> types = EnumSet.noneOf(IdentifierType.class);
        UCharacter.getIdentifierTypes(c, types);
        return !types.isEmpty() && IN_USE.containsAll(types) && !STRETCHERS.contains(c);
    }

    /** Script extensions; {@code *} for what every script may use. */
    private static String scripts(int c) {
        BitSet found = new BitSet();
        UScript.getScriptExtensions(c, found);
        if (found.get(UScript.COMMON) || found.get(UScript.INHERITED)) {
            return "*";
        }
        return found.stream().mapToObj(UScript::getShortName).sorted().collect(Collectors.joining("+"));
    }

    // What it looks like

    /** Of characters that look alike, one of the repertoire stands for all. */
    private void knowLooks() {
        Map<String, String> spoken = new TreeMap<>();
        Map<Integer, String> raw = new TreeMap<>();
        Map<Integer, String> prototypes = prototypes();
        forEachAssigned(c -> {
            String prototype = prototype(c, prototypes);
            raw.put(c, prototype);
            if (!prototype.codePoints().allMatch(NameTableGenerator::isAssigned)) {
                spoken.putIfAbsent(prototype, UCharacter.toString(c));
            }
        });
        raw.forEach((c, prototype) -> {
            String look = spoken.getOrDefault(prototype, prototype);
            if (!look.equals(UCharacter.toString(c))) {
                looks.put(c, look);
            }
        });
    }

    /** Asked for in lines of one character each: the checker's own cost is that of a call. */
    @SuppressWarnings("deprecation") // the type is an argument of old, and ignored
    private Map<Integer, String> prototypes() {
        StringBuilder all = new StringBuilder();
        forEachAssigned(c -> all.appendCodePoint(c == '\n' ? ' ' : c).append('\n'));
        String[] lines = confusables.getSkeleton(0, all.toString()).split("\n", -1);
        Map<Integer, String> found = new HashMap<>();
        forEachAssigned(c -> found.put(c, lines[found.size()]));
        if (lines.length != found.size() + 1) {
            throw new IllegalStateException("a prototype has lines");
        }
        return found;
    }

    private static String prototype(int c, Map<Integer, String> prototypes) {
        // The prototype of m is rn, but of two letters one is the plainer key: NameTable replaces rn.
        if (c < 0x80 && c != '0' && c != '1' && c != '|') {
            return c == 'I' ? "l" : UCharacter.toString(c);
        }
        return STRETCHERS.contains(c) ? "" : prototypes.getOrDefault(c, "");
    }

    private String look(int c) {
        return looks.getOrDefault(c, UCharacter.toString(c));
    }

    /** As it is drawn. A capital i stays one: that it looks like l is for {@link NameTable#looks} to say. */
    private String shown(int c) {
        return stable(c, this::shownOnce);
    }

    private String shownOnce(int c) {
        if (isIgnorable(c)) {
            return "";
        }
        return UCharacter.getType(c) == UCharacterCategory.UPPERCASE_LETTER && "l".equals(look(c)) ? "I" : look(c);
    }

    /**
     * Folded, then as it is drawn: its own drawing if that is plain, else that of its capital letter, as for в and B.
     */
    private String key(int c) {
        return stable(c, this::keyOnce);
    }

    private String keyOnce(int c) {
        if (isIgnorable(c)) {
            return "";
        }
        String folded = UCharacter.foldCase(UCharacter.toString(c), true);
        if (!folded.equals(UCharacter.toString(c))) {
            return folded;
        }
        if (SINCE_THE_FIRST.containsKey(c)) {
            return SINCE_THE_FIRST.get(c);
        }
        String own = look(c);
        if (c < 0x80 || isPlain(own)) {
            return own;
        }
        int capital = UCharacter.toUpperCase(c);
        String drawn = capital == c || !isAssigned(capital) ? "" : look(capital);
        boolean capitalI = "l".equals(drawn);
        return isPlain(drawn) && !capitalI ? drawn.toLowerCase(Locale.ROOT) : own;
    }

    private static boolean isPlain(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c < 0x80);
    }

    private static boolean isIgnorable(int c) {
        return UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT) || STRETCHERS.contains(c);
    }

    /**
     * Applies {@code step} until it changes nothing any more; of what goes round in a circle the first stands for all.
     */
    private String stable(int c, IntFunction<String> step) {
        String now = nfkd.normalize(UCharacter.toString(c));
        List<String> seen = new ArrayList<>();
        while (!seen.contains(now)) {
            seen.add(now);
            now = nfkd.normalize(now.codePoints().mapToObj(step).collect(Collectors.joining()));
        }
        return Collections.min(seen.subList(seen.indexOf(now), seen.size()));
    }

    // The text of the table

    private void mapping(StringBuilder out, int c, IntFunction<String> mapped) {
        String self = UCharacter.toString(c);
        // Only what remains of a text in its normal form is looked up.
        String to = nfkd.isNormalized(self) ? mapped.apply(c) : self;
        if (!to.equals(self)) {
            line(out, c, to.codePoints().mapToObj(NameTableGenerator::hex).collect(Collectors.joining(" ")));
        }
    }

    private static void line(StringBuilder out, int c, String rest) {
        out.append(hex(c)).append(rest.isEmpty() ? "" : " ").append(rest).append('\n');
    }

    private static String hex(int c) {
        return Integer.toHexString(c);
    }

    private static void forEachAssigned(IntConsumer each) {
        for (int c = 0; c <= UCharacter.MAX_CODE_POINT; c++) {
            if (isAssigned(c)) {
                each.accept(c);
            }
        }
    }

    static boolean isAssigned(int c) {
        int type = UCharacter.getType(c);
        return UCharacter.isDefined(c)
                && type != UCharacterCategory.SURROGATE
                && type != UCharacterCategory.PRIVATE_USE
                && UCharacter.getAge(c).compareTo(REPERTOIRE) <= 0;
    }
}
