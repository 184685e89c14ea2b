package io.kabar.chat.view.words;

import io.kabar.chat.Amended;
import java.util.List;
import java.util.Optional;

/**
 * How a message reads by now. Its words are safe to show.
 *
 * @param quote what it answers; empty if it answers nothing
 * @param text what was said, or what it was edited to; of a deleted one who has deleted it, and why
 * @param reactions how many have reacted with what; none to a deleted one
 */
public record Reading(
        Optional<Quote> quote, String text, boolean edited, boolean deleted, List<Amended.Reaction> reactions) {

    /** Keeps the list unmodifiable. */
    public Reading {
        reactions = List.copyOf(reactions);
    }

    /** Something that was said, and nothing was done to it. */
    public static Reading of(String text) {
        return new Reading(Optional.empty(), text, false, false, List.of());
    }

    /** A message that was deleted. */
    public static Reading deleted(String text) {
        return new Reading(Optional.empty(), text, false, true, List.of());
    }

    /** The same behind what it answers. */
    public Reading answering(Quote quoted) {
        return new Reading(Optional.of(quoted), text, edited, deleted, reactions);
    }

    /** All of it, in lines: the quote, the text, the reactions. */
    public String whole() {
        String above = quote.map(quoted -> quoted.line() + "\n").orElse("");
        String below = reactions.isEmpty() ? "" : "\n[" + AmendmentWording.reactions(reactions) + "]";
        return above + text + (edited ? AmendmentWording.EDITED : "") + below;
    }

    /**
     * A message that is answered, in short.
     *
     * @param sequence its number
     * @param from who has said it; empty if it is not shown
     * @param text its words, on one short line; empty if it is not shown
     */
    public record Quote(long sequence, String from, String text) {

        /** {@code > mira: build is green again}, or {@code > #12} where it is not shown. */
        public String line() {
            return "> " + words();
        }

        /** The same without a mark. */
        public String words() {
            return from.isEmpty() ? "#" + sequence : from + ": " + text;
        }
    }
}
