package io.kabar.daemon.control;

import io.kabar.chat.internal.text.Digits;
import java.time.Duration;
import java.util.Optional;

/** How long something lasts, as people type it: {@code 90s}, {@code 10m}, {@code 2h}, {@code 7d}, {@code 4w}. */
final class Durations {

    static final String FOREVER = "forever";

    private static final String UNITS = "smhdw";
    private static final long[] SECONDS = {1, 60, 3_600, 86_400, 604_800};

    /** A hundred years; whoever means longer says forever. */
    private static final long LONGEST_SECONDS = 36_500L * 86_400;

    private Durations() {}

    /** Whether a word is meant to be a duration, a good one or not. */
    static boolean isMeant(String word) {
        return word.equalsIgnoreCase(FOREVER)
                || (word.length() > 1
                        && UNITS.indexOf(word.charAt(word.length() - 1)) >= 0
                        && word.chars().limit(word.length() - 1).allMatch(c -> c >= '0' && c <= '9'));
    }

    /**
     * The duration; empty for {@code forever}.
     *
     * @throws IllegalArgumentException with a sentence, if it is none
     */
    static Optional<Duration> parse(String word) {
        if (word.equalsIgnoreCase(FOREVER)) {
            return Optional.empty();
        }
        if (!isMeant(word)) {
            throw none();
        }
        long number = amount(word);
        long unit = SECONDS[UNITS.indexOf(word.charAt(word.length() - 1))];
        if (number == 0 || number > LONGEST_SECONDS / unit) {
            throw none();
        }
        return Optional.of(Duration.ofSeconds(number * unit));
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
    static String words(Optional<Duration> duration) {
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
