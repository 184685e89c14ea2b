package io.kabar.cli.screen;

import io.kabar.chat.UserName;
import org.jline.utils.AttributedStyle;

/**
 * How each kind of thing looks. The colours can be read on black and on white alike, and JLine rounds them to what the
 * terminal has; nothing is told by colour alone.
 */
public enum Theme {
    /** For any background. */
    AUTO(172, 31, 71, 160, 67),
    /** Brighter, for a dark background. */
    DARK(214, 80, 114, 203, 110),
    /** Darker, for a light background. */
    LIGHT(130, 24, 28, 124, 25),
    /** As NO_COLOR asks for: weight and brightness alone. */
    NONE(-1, -1, -1, -1, -1);

    private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;

    /** Colours of the 256 that can be read on black and on white alike. */
    private static final int[] NAMES = {31, 37, 61, 64, 67, 71, 97, 101, 103, 130, 132, 136, 139, 166, 168, 172};

    private static final int[] BRIGHT_NAMES = {39, 43, 75, 78, 80, 114, 141, 150, 147, 173, 175, 180, 183, 209, 211, 215
    };
    private static final int[] DARK_NAMES = {24, 25, 26, 28, 30, 54, 55, 58, 60, 88, 89, 90, 94, 124, 125, 130};

    private final int warm;
    private final int cool;
    private final int good;
    private final int bad;
    private final int quiet;

    Theme(int warm, int cool, int good, int bad, int quiet) {
        this.warm = warm;
        this.cool = cool;
        this.good = good;
        this.bad = bad;
        this.quiet = quiet;
    }

    private static AttributedStyle coloured(AttributedStyle style, int colour) {
        return colour < 0 ? style : style.foreground(colour);
    }

    AttributedStyle plain() {
        return PLAIN;
    }

    AttributedStyle dim() {
        return PLAIN.faint();
    }

    AttributedStyle bold() {
        return PLAIN.bold();
    }

    AttributedStyle name(UserName who) {
        int[] names = switch (this) {
            case DARK -> BRIGHT_NAMES;
            case LIGHT -> DARK_NAMES;
            case AUTO, NONE -> NAMES;
        };
        return this == NONE
                ? PLAIN
                : PLAIN.foreground(names[Math.floorMod(who.key().hashCode(), names.length)]);
    }

    AttributedStyle self() {
        return PLAIN.bold();
    }

    /** Somebody names this user. */
    AttributedStyle mention() {
        return coloured(PLAIN.bold(), warm);
    }

    AttributedStyle link() {
        return coloured(PLAIN.underline(), cool);
    }

    AttributedStyle quote() {
        return coloured(PLAIN.faint(), quiet);
    }

    AttributedStyle good() {
        return coloured(PLAIN, good);
    }

    AttributedStyle waiting() {
        return coloured(PLAIN.bold(), warm);
    }

    AttributedStyle failure() {
        return coloured(PLAIN, bad);
    }

    /** The line above which everything was read. */
    AttributedStyle fresh() {
        return coloured(PLAIN, bad);
    }

    AttributedStyle chosen() {
        return PLAIN.inverse();
    }
}
