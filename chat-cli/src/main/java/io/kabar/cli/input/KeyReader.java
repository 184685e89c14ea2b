package io.kabar.cli.input;

import io.kabar.chat.internal.text.Parts;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Takes apart what a terminal sends: characters, keys by the grammar of ECMA-48 section 5.4, pasted text in brackets. A
 * sequence that is known to nobody is swallowed as a whole. Confined to the thread that reads.
 */
public final class KeyReader {

    /** Where characters come from, UTF-16 units. */
    @FunctionalInterface
    public interface Source {

        /**
         * The next character.
         *
         * @param millis how long to wait for it; 0 for ever
         * @return -1 at the end, -2 if none came in time
         */
        int read(long millis) throws IOException;
    }

    private static final int ESCAPE = 0x1B;
    private static final int DELETE = 0x7F;

    /** A key's sequence comes in one piece; this long after an escape a person has pressed that key alone. */
    private static final long ESCAPE_ALONE_MILLIS = 50;

    /** A piece of a sequence that is torn apart on the way. */
    private static final long TORN_MILLIS = 500;

    /** No key says more; what goes on longer is no key. */
    private static final int LONGEST_SEQUENCE = 64;

    /** Characters of a text that is pasted; what is longer can be in no message, and its end is left out. */
    private static final int LONGEST_PASTE = 1 << 20;

    private static final String END_OF_PASTE = "\u001b[201~";

    /** What a key of modifiers is called, by its number less one: 1 Shift, 2 Alt, 4 Ctrl (xterm's "PC-Style"). */
    private static final int SHIFT = 1;

    private static final int ALT = 2;
    private static final int CTRL = 4;

    private final Source source;

    public KeyReader(Source source) {
        this.source = source;
    }

    /** The next key; empty at the end. Blocks. */
    public Optional<Key> next() throws IOException {
        while (true) {
            int unit = source.read(0);
            if (unit == -1) {
                return Optional.empty();
            }
            if (unit < 0) {
                continue;
            }
            Optional<Key> key = unit == ESCAPE ? escaped("") : Optional.of(plain(unit, ""));
            if (key.isPresent()) {
                return key;
            }
        }
    }

    private Key plain(int unit, String modifiers) throws IOException {
        String name = switch (unit) {
            case '\t' -> "tab";
            case '\r' -> "enter";
            case '\b', DELETE -> "backspace";
            case 0 -> "ctrl+space";
            default -> "";
        };
        if (!name.isEmpty()) {
            return new Key.Named(modifiers + name);
        }
        if (unit < ' ') {
            return new Key.Named(modifiers + "ctrl+" + (char) (unit + '`'));
        }
        String text = String.valueOf((char) unit);
        if (Character.isHighSurrogate((char) unit)) {
            int low = source.read(TORN_MILLIS);
            text = low < 0 ? "\uFFFD" : text + (char) low;
        }
        return modifiers.isEmpty() ? new Key.Text(text) : new Key.Named(modifiers + text.toLowerCase(Locale.ROOT));
    }

    /** Behind an escape. */
    private Optional<Key> escaped(String modifiers) throws IOException {
        int unit = source.read(ESCAPE_ALONE_MILLIS);
        if (unit < 0) {
            return Optional.of(new Key.Named("esc"));
        }
        return switch (unit) {
            case '[' -> control(modifiers);
            case 'O' -> Optional.of(shifted(source.read(TORN_MILLIS), "", modifiers));
            case ESCAPE -> modifiers.isEmpty() ? escaped("alt+") : Optional.of(new Key.Named("esc"));
            case ']', 'P', '_', '^', 'X' -> string();
            default -> Optional.of(plain(unit, "alt+"));
        };
    }

    /** What a terminal answers, up to its terminator; nobody has asked. */
    private Optional<Key> string() throws IOException {
        int before = 0;
        for (int i = 0; i < LONGEST_PASTE; i++) {
            int unit = source.read(TORN_MILLIS);
            if (unit < 0 || unit == '\u0007' || (before == ESCAPE && unit == '\\')) {
                return Optional.empty();
            }
            before = unit;
        }
        return Optional.empty();
    }

    private Optional<Key> control(String modifiers) throws IOException {
        StringBuilder parameters = new StringBuilder();
        while (parameters.length() < LONGEST_SEQUENCE) {
            int unit = source.read(TORN_MILLIS);
            if (unit < 0) {
                // Alt and the bracket, which begins a sequence only when something follows.
                return parameters.isEmpty() ? Optional.of(new Key.Named("alt+[")) : Optional.empty();
            }
            if (unit >= '@' && unit <= '~' && !(unit == '[' && parameters.isEmpty())) {
                return known((char) unit, parameters.toString(), modifiers);
            }
            parameters.append((char) unit);
        }
        return Optional.empty();
    }

    private Optional<Key> known(char last, String parameters, String modifiers) throws IOException {
        if (last == '~' && parameters.equals("200")) {
            return Optional.of(new Key.Pasted(pasted()));
        }
        if (parameters.startsWith("<") && (last == 'M' || last == 'm')) {
            return wheel(parameters);
        }
        if (last == 'I' || last == 'O') {
            return Optional.of(new Key.Named(last == 'I' ? "focus" : "blur"));
        }
        if (parameters.startsWith("[")) { // the console of Linux: F1 to F5
            return Optional.of(new Key.Named("f" + (last - '@')));
        }
        return Optional.of(shifted(last, parameters, modifiers));
    }

    private static Key shifted(int last, String parameters, String modifiers) {
        List<String> numbers = Parts.of(parameters, ';');
        String name = last == '~' ? numbered(numbers.get(0)) : lettered(last);
        if (name.isEmpty()) {
            return new Key.Named("unknown");
        }
        int held = numbers.size() > 1 ? number(numbers.get(1)) - 1 : 0;
        return new Key.Named(((held & CTRL) > 0 ? "ctrl+" : "")
                + ((held & ALT) > 0 || !modifiers.isEmpty() ? "alt+" : "")
                + ((held & SHIFT) > 0 ? "shift+" : "")
                + name);
    }

    private static String lettered(int last) {
        return switch (last) {
            case 'A' -> "up";
            case 'B' -> "down";
            case 'C' -> "right";
            case 'D' -> "left";
            case 'F' -> "end";
            case 'H' -> "home";
            case 'P', 'Q', 'R', 'S' -> "f" + (last - 'O');
            case 'Z' -> "shift+tab";
            case 'M' -> "enter"; // of the numbers' block
            default -> "";
        };
    }

    /** VT220's editing and function keys, and what grew from them. */
    private static String numbered(String number) {
        int key = number(number);
        return switch (key) {
            case 1, 7 -> "home";
            case 2 -> "insert";
            case 3 -> "delete";
            case 4, 8 -> "end";
            case 5 -> "pageup";
            case 6 -> "pagedown";
            default ->
                key >= 11 && key <= 15
                        ? "f" + (key - 10)
                        : key >= 17 && key <= 21 ? "f" + (key - 11) : key == 23 || key == 24 ? "f" + (key - 12) : "";
        };
    }

    private static int number(String digits) {
        int value = 0;
        for (int i = 0; i < digits.length() && value < 1000; i++) {
            char digit = digits.charAt(i);
            if (digit < '0' || digit > '9') {
                return 0;
            }
            value = 10 * value + digit - '0';
        }
        return value;
    }

    private static Optional<Key> wheel(String parameters) {
        int button = number(Parts.of(parameters.substring(1), ';').get(0));
        return switch (button) {
            case 64 -> Optional.of(new Key.Named("wheel-up"));
            case 65 -> Optional.of(new Key.Named("wheel-down"));
            default -> Optional.empty();
        };
    }

    private String pasted() throws IOException {
        StringBuilder text = new StringBuilder();
        int matched = 0;
        while (matched < END_OF_PASTE.length()) {
            int unit = source.read(0);
            if (unit == -1) {
                break;
            }
            if (unit < 0) {
                continue;
            }
            if (unit == END_OF_PASTE.charAt(matched)) {
                matched++;
                continue;
            }
            append(text, END_OF_PASTE.substring(0, matched));
            matched = unit == ESCAPE ? 1 : 0;
            if (matched == 0) {
                append(text, String.valueOf((char) unit));
            }
        }
        return text.toString().replace("\r\n", "\n").replace('\r', '\n');
    }

    private static void append(StringBuilder text, String more) {
        if (text.length() < LONGEST_PASTE) {
            text.append(more);
        }
    }
}
