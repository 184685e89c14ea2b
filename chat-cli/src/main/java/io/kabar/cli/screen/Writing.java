package io.kabar.cli.screen;

import java.util.List;

/**
 * What stands at the bottom of the screen, where is written.
 *
 * @param prompt before it
 * @param text what is written; may hold several lines
 * @param cursor where the next character goes, as an index into the text
 * @param hidden whether only its length may be seen
 * @param above what stands above it: a question, what may be completed; may be empty
 * @param length how much of how much is used up; empty while there is plenty
 */
public record Writing(String prompt, String text, int cursor, boolean hidden, List<String> above, String length) {

    /** Keeps the list unmodifiable. */
    public Writing {
        above = List.copyOf(above);
    }
}
