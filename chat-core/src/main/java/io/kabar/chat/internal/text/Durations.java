package io.kabar.chat.internal.text;

import java.time.Duration;
import java.util.Optional;

/** How long something lasts, as people type it: {@code 90s}, {@code 10m}, {@code 2h}, {@code 7d}, {@code 4w}. */
public final class Durations {

    /** The word for what does not end by itself. */
    public static final String FOREVER = "forever";

    private static final String UNITS = "smhdw";
    private static final long[] SECONDS = {1, 60, 3_600, 86_400, 604_800};

    /** A hundred years; whoever means longer says forever. */
    private static final long LONGEST_SECONDS = 36_500L * 86_400;

    private Durations() {}

    /** Whether a word is meant to be a duration, a good one or not: it begins with a digit, or says forever. */
    public static boolean isMeant(String word) {
        return word.equalsIgnoreCase(FOREVER) || (!word.isEmpty() && isDigit(word.charAt(0)));
    }

    private static boolean isDigit(int letter) {
        return letter >= '0' && letter <= '9';
    }

    /**
     * The duration; empty for {@code forever}.
     *
     * @throws IllegalArgumentException with a sentence that gives examples, if it is none
     */
    public static Optional<Duration> parse(String word) {
        if (word.equalsIgnoreCase(FOREVER)) {
            return Optional.empty();
        }
        int last = word.length() - 1;
        int unit = last < 1 ? -1 : UNITS.indexOf(word.charAt(last));
        if (unit < 0 || !word.chars().limit(last).allMatch(Durations::isDigit)) {
            throw none();
        }
        long number = amount(word);
        if (number == 0 || number > LONGEST_SECONDS / SECONDS[unit]) {
            throw none();
        }
        return Optional.of(Duration.ofSeconds(number * SECONDS[unit]));
    }

    private static long amount(String word) {
        try {
            return Digits.parseLong(word.substring(0, word.length() - 1));
        } catch (NumberFormatException e) {
            throw none();
        }
    }

    private static IllegalArgumentException none() {
        return new IllegalArgumentException(
                "How long is a number with its unit, as 90s, 10m, 2h, 7d or 4w, or forever.");
    }

    /** In words, to follow a verb: {@code for 2 hours}, {@code for good}. */
    public static String words(Optional<Duration> duration) {
        if (duration.isEmpty()) {
            return "for good";
        }
        long seconds = duration.get().toSeconds();
        String[] names = {"second", "minute", "hour", "day", "week"};
        int unit = 4;
        while (seconds % SECONDS[unit] != 0) {
            unit--;
        }
        long number = seconds / SECONDS[unit];
        return "for " + number + " " + names[unit] + (number == 1 ? "" : "s");
    }
}
