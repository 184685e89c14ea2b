package io.kabar.cli.terminal;

import java.util.Map;
import java.util.Objects;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.LineReader;
import org.jline.reader.Reference;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;

/** What keys do while a line is typed, beside what they do in every line editor. */
final class Keys {

    private static final String IGNORE = "kabar-ignore";
    private static final String SUSPEND = "kabar-suspend";

    private static final String ESCAPE = "\u001b";
    private static final String CSI = ESCAPE + "[";

    /** Shift is 2, Alt 3 ... all of them 16: xterm's control sequences, "PC-Style Function Keys". */
    private static final int LAST_MODIFIER = 16;

    /** Function and editing keys of VT220 and what grew from it. */
    private static final int LAST_NUMBERED = 34;

    private Keys() {}

    /**
     * Binds the keys of a reader.
     *
     * @param original how the terminal was before anything read from it
     */
    static void bind(LineReader reader, Terminal terminal, Attributes original) {
        reader.getWidgets().put(IGNORE, () -> true);
        reader.getWidgets().put(SUSPEND, () -> suspend(terminal, original));
        for (String name : new String[] {LineReader.MAIN, LineReader.EMACS}) {
            bind(reader.getKeyMaps(), name);
        }
    }

    private static void bind(Map<String, KeyMap<Binding>> maps, String name) {
        KeyMap<Binding> keys = Objects.requireNonNull(maps.get(name));
        keys.bind(new Reference(SUSPEND), KeyMap.ctrl('Z'));
        // These would send a line that is half written.
        keys.bind(new Reference(IGNORE), KeyMap.ctrl('O'), KeyMap.alt('a'), KeyMap.alt('A'));
        // As rxvt, PuTTY and tmux, and as xterm say them.
        keys.bind(new Reference(LineReader.BEGINNING_OF_LINE), CSI + "1~", CSI + "7~", CSI + "H", ESCAPE + "OH");
        keys.bind(new Reference(LineReader.END_OF_LINE), CSI + "4~", CSI + "8~", CSI + "F", ESCAPE + "OF");
        for (char letter = ' '; letter <= '~'; letter++) {
            if (letter != '[' && letter != 'O') {
                ignore(keys, ESCAPE + letter);
            }
        }
        for (char last = 'A'; last <= 'Z'; last++) {
            ignore(keys, CSI + last);
            ignore(keys, ESCAPE + "O" + last);
            ignore(keys, ESCAPE + "O" + Character.toString(last + 32));
            for (int modifier = 2; modifier <= LAST_MODIFIER; modifier++) {
                ignore(keys, CSI + "1;" + modifier + last);
            }
        }
        for (int number = 1; number <= LAST_NUMBERED; number++) {
            ignore(keys, CSI + number + "~");
            for (int modifier = 2; modifier <= LAST_MODIFIER; modifier++) {
                ignore(keys, CSI + number + ";" + modifier + "~");
            }
        }
    }

    /** What no key was meant for is swallowed as a whole; unbound, its end would stand in the line. */
    private static void ignore(KeyMap<Binding> keys, String sequence) {
        if (keys.getBound(sequence) == null) {
            keys.bind(new Reference(IGNORE), sequence);
        }
    }

    /** Ctrl+Z, which the line editor takes from the terminal; how the line looks again it knows itself. */
    private static boolean suspend(Terminal terminal, Attributes original) {
        Attributes reading = terminal.getAttributes();
        terminal.setAttributes(original);
        terminal.flush();
        try {
            return Suspension.stop();
        } finally {
            terminal.setAttributes(reading);
        }
    }
}
