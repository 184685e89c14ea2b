package io.kabar.chat.internal.text;

/**
 * Whole numbers in ASCII digits, whatever the machine's locale. The JDK formats numbers in the digits of the default
 * locale, and parses the digits of every script, so a file written on one machine is not found again on another.
 */
public final class Digits {

    private Digits() {}

    /**
     * Reads a number of 0 to {@link Long#MAX_VALUE}: ASCII digits and nothing else, no sign.
     *
     * @throws NumberFormatException if it is anything else
     */
    public static long parseLong(String text) {
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9' || number > (Long.MAX_VALUE - (c - '0')) / 10) {
                throw notANumber();
            }
            number = number * 10 + (c - '0');
        }
        if (text.isEmpty()) {
            throw notANumber();
        }
        return number;
    }

    /**
     * Reads a number of 0 to {@link Integer#MAX_VALUE}: ASCII digits and nothing else, no sign.
     *
     * @throws NumberFormatException if it is anything else
     */
    public static int parseInt(String text) {
        long number = parseLong(text);
        if (number > Integer.MAX_VALUE) {
            throw notANumber();
        }
        return (int) number;
    }

    /** A number of 0 or more with zeros in front, so that it has at least {@code width} digits. */
    public static String padded(long number, int width) {
        String digits = Long.toString(number);
        return "0".repeat(Math.max(0, width - digits.length())) + digits;
    }

    /** Without the text: it may be a peer's, and messages go into logs. */
    private static NumberFormatException notANumber() {
        return new NumberFormatException("This is no whole number in the digits 0 to 9.");
    }
}
