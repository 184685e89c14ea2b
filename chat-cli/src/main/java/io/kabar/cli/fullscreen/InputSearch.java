package io.kabar.cli.fullscreen;

import io.kabar.cli.input.Action;
import io.kabar.cli.input.EditLine;
import io.kabar.cli.input.InputHistory;

/** Ctrl+R: what was written before, by words that stand in it. */
final class InputSearch {

    private final InputHistory history;
    private final EditLine words = new EditLine();
    private boolean open;
    private int skip;
    private String found = "";

    InputSearch(InputHistory history) {
        this.history = history;
    }

    boolean isOpen() {
        return open;
    }

    /** Begins, or goes on to an older one. */
    void older() {
        if (!open) {
            open = true;
            words.set("");
            skip = 0;
            found = "";
            return;
        }
        history.find(words.text(), skip + 1).ifPresent(text -> {
            skip++;
            found = text;
        });
    }

    void type(String text) {
        words.insert(text);
        look();
    }

    void erase() {
        words.perform(Action.BACKSPACE);
        look();
    }

    private void look() {
        skip = 0;
        found = words.isEmpty() ? "" : history.find(words.text(), 0).orElse("");
    }

    /** Ends it; what was found. */
    String take() {
        open = false;
        return found;
    }

    String prompt() {
        return "search " + words.text();
    }

    String found() {
        return found;
    }
}
