package io.kabar.cli.fullscreen;

import io.kabar.chat.view.Completer;
import io.kabar.chat.view.Completer.Completions;
import io.kabar.cli.input.EditLine;
import java.util.ArrayList;
import java.util.List;

/** What the word at the cursor may become: the likeliest first, and the next one each time it is asked again. */
final class Completion {

    /** Words that are named at a time; around the one that stands in the line. */
    private static final int NAMED = 12;

    private final Completer completer;
    private List<String> candidates = List.of();
    private int from;
    private int at;

    Completion(Completer completer) {
        this.completer = completer;
    }

    /** Completes, or goes on to the next candidate, backwards if {@code step} is negative. */
    void step(EditLine line, int step) {
        if (candidates.size() > 1) {
            at = Math.floorMod(at + step, candidates.size());
        } else {
            Completions found = completer.complete(line.text(), line.cursor());
            candidates = found.candidates();
            from = found.from();
            at = step < 0 ? Math.max(0, candidates.size() - 1) : 0;
        }
        if (!candidates.isEmpty()) {
            line.replace(from, candidates.get(at));
        }
    }

    /** Something else was typed: what stands there stays. */
    void end() {
        candidates = List.of();
    }

    boolean isOpen() {
        return candidates.size() > 1;
    }

    /** The candidates, the one that stands in the line in brackets; empty if there is no choice. */
    List<String> shown() {
        if (!isOpen()) {
            return List.of();
        }
        int first = Math.max(0, Math.min(at - NAMED / 2, candidates.size() - NAMED));
        int last = Math.min(candidates.size(), first + NAMED);
        List<String> words = new ArrayList<>();
        for (int i = first; i < last; i++) {
            String word = candidates.get(i).strip();
            words.add(i == at ? "[" + word + "]" : word);
        }
        return List.of((first > 0 ? "... " : "")
                + String.join("  ", words)
                + (last < candidates.size() ? "  (" + candidates.size() + ")" : ""));
    }
}
