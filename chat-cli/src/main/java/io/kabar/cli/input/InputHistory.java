package io.kabar.cli.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What was written before, to be sent again; what is being written waits at its end. Walked by one thread;
 * what is in it may be asked for by others.
 */
public final class InputHistory {

    /** As many as people go back through. */
    public static final int MAX = 500;

    private final List<String> sent = new ArrayList<>();
    /** What was added in this run. */
    private final List<String> written = new ArrayList<>();

    private String draft = "";
    private int at;

    public InputHistory() {}

    /** Remembers what was sent, once if it is repeated, and goes to the end. */
    public synchronized void add(String text) {
        if (!text.isBlank() && (sent.isEmpty() || !sent.get(sent.size() - 1).equals(text))) {
            sent.add(text);
            written.add(text);
        }
        if (sent.size() > MAX) {
            sent.remove(0);
        }
        if (written.size() > MAX) {
            written.remove(0);
        }
        at = sent.size();
        draft = "";
    }

    /** All of it, the oldest first. */
    public synchronized List<String> all() {
        return List.copyOf(sent);
    }

    /** What was added since {@link #begin}, the oldest first. */
    synchronized List<String> written() {
        return List.copyOf(written);
    }

    /** What was added so far is of another run. */
    synchronized void begin() {
        written.clear();
    }

    /** The one before, if there is one; {@code current} is what is being written. */
    public Optional<String> older(String current) {
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
    public Optional<String> newer() {
        if (at >= sent.size()) {
            return Optional.empty();
        }
        at++;
        return Optional.of(at == sent.size() ? draft : sent.get(at));
    }

    /** The newest that holds these words, in any case; {@code skip} newer ones are passed over. */
    public Optional<String> find(String words, int skip) {
        String wanted = words.toLowerCase(Locale.ROOT);
        int left = skip;
        for (int i = sent.size() - 1; i >= 0; i--) {
            if (sent.get(i).toLowerCase(Locale.ROOT).contains(wanted) && left-- == 0) {
                return Optional.of(sent.get(i));
            }
        }
        return Optional.empty();
    }
}
