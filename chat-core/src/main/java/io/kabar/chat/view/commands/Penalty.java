package io.kabar.chat.view.commands;

import io.kabar.chat.internal.text.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How long somebody is put out or silenced, and why.
 *
 * @param howLong empty if it has no end, or none was said
 * @param why in the words of whoever does it; empty if they gave none
 */
record Penalty(Optional<Duration> howLong, String why) {

    /**
     * That of {@code NAME [DURATION] [WHY...]}.
     *
     * @throws IllegalArgumentException with a sentence, if what is meant to be a duration is none
     */
    static Penalty of(List<String> words) {
        boolean timed = words.size() > 1 && Durations.isMeant(words.get(1));
        return new Penalty(timed ? Durations.parse(words.get(1)) : Optional.empty(), joined(words, timed ? 2 : 1));
    }

    /** The words from this one on. */
    static String joined(List<String> words, int from) {
        return words.stream().skip(from).collect(Collectors.joining(" "));
    }
}
