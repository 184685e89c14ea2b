package io.kabar.chat.internal.text;

import java.util.HexFormat;

/** JSON of which no terminal takes a part for a command, however it was written. */
public final class TerminalJson {

    private TerminalJson() {}

    /**
     * Escapes what a terminal acts on, beside what JSON demands already; it can only stand in a string, so the meaning
     * stays the same. So do halves of pairs, which UTF-8 cannot carry.
     */
    public static String escaped(String json) {
        StringBuilder line = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            boolean acts =
                    Character.isISOControl(c) || (c >= '\u2028' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069');
            if (acts || (Character.isSurrogate(c) && !isPaired(json, i))) {
                line.append("\\u").append(HexFormat.of().toHexDigits(c));
            } else {
                line.append(c);
            }
        }
        return line.toString();
    }

    private static boolean isPaired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
