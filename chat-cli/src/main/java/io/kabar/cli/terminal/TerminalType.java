package io.kabar.cli.terminal;

import java.io.IOException;
import java.util.Optional;
import org.jline.utils.InfoCmp;
import org.jspecify.annotations.Nullable;

/**
 * What {@code TERM} says of a terminal.
 *
 * @param driven the type it is driven as; empty if lines are all it can do
 * @param complaint what a person should know about it, in a sentence
 */
public record TerminalType(Optional<String> driven, Optional<String> complaint) {

    private static final String SO = ", so lines are printed one after the other.";

    /** The type that {@code TERM} names, which may be null, or one that a machine behind ssh has never heard of. */
    public static TerminalType of(@Nullable String term) {
        if (term == null || term.isEmpty()) {
            return lines("TERM does not say what kind of terminal this is" + SO);
        }
        if (term.equals("dumb")) {
            return new TerminalType(Optional.empty(), Optional.empty());
        }
        if (isKnown(term)) {
            return new TerminalType(Optional.of(term), Optional.empty());
        }
        // Newer terminals name themselves after the one whose sequences they understand.
        if (term.startsWith("xterm")) {
            return new TerminalType(Optional.of("xterm-256color"), Optional.empty());
        }
        if (term.startsWith("screen") || term.startsWith("tmux")) {
            return new TerminalType(Optional.of("screen"), Optional.empty());
        }
        return lines("The kind of terminal that TERM names is not known on this machine" + SO);
    }

    private static TerminalType lines(String complaint) {
        return new TerminalType(Optional.empty(), Optional.of(complaint));
    }

    private static boolean isKnown(String term) {
        try {
            return InfoCmp.getInfoCmp(term) != null;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public boolean canMoveCursor() {
        return driven.isPresent();
    }
}
