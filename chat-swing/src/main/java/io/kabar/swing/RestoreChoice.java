package io.kabar.swing;

import io.kabar.chat.History;

/** The answers to "Restore history?". */
enum RestoreChoice {
    /** The default: what was said while one was away, without a long wait. */
    RECENT("The last 50 events"),
    NONE("None"),
    EVERYTHING("Everything that is kept");

    private final String words;

    RestoreChoice(String words) {
        this.words = words;
    }

    History history() {
        return switch (this) {
            case RECENT -> History.last(50);
            case NONE -> History.NONE;
            case EVERYTHING -> History.from(1);
        };
    }

    @Override
    public String toString() {
        return words;
    }
}
