package io.kabar.cli.output;

import io.kabar.chat.UserName;

/**
 * Colours, or none. Nothing is told by colour alone.
 *
 * @param on whether there are any
 */
public record Paint(boolean on) {

    /** Colours of the 256 that can be read on black and on white alike. */
    private static final int[] NAMES = {31, 37, 61, 64, 67, 71, 97, 101, 103, 130, 132, 136, 139, 166, 168, 172};

    String dim(String text) {
        return sgr("2", text);
    }

    String bold(String text) {
        return sgr("1", text);
    }

    String failure(String text) {
        return sgr("31", text);
    }

    /** Always the same colour for the same name. */
    String name(UserName who) {
        return sgr("38;5;" + NAMES[Math.floorMod(who.key().hashCode(), NAMES.length)], who.text());
    }

    private String sgr(String codes, String text) {
        return on ? "\u001b[" + codes + "m" + text + "\u001b[0m" : text;
    }
}
