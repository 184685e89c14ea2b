package io.kabar.swing.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was sent before, to be sent again; what is being written waits at its end. */
final class InputHistory {

    private static final int MAX = 200;

    private final List<String> sent = new ArrayList<>();
    private String draft = "";
    private int at;

    /** Remembers what was sent, once if it is repeated, and goes to the end. */
    void add(String text) {
        if (sent.isEmpty() || !sent.get(sent.size() - 1).equals(text)) {
            sent.add(text);
        }
        if (sent.size() > MAX) {
            sent.remove(0);
        }
        at = sent.size();
        draft = "";
    }

    /** The one before, if there is one; {@code current} is what is being written. */
    Optional<String> older(String current) {
        if (at == 0) {
            return Optional.empty();
        }
        if (at == sent.size()) {
            draft = current;
        }
        at--;
        return Optional.of(sent.get(at));
    }

    /** The one after; after the last one comes what was being written. */
    Optional<String> newer() {
        if (at >= sent.size()) {
            return Optional.empty();
        }
        at++;
        return Optional.of(at == sent.size() ? draft : sent.get(at));
    }
}
