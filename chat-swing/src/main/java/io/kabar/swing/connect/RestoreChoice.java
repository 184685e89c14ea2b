package io.kabar.swing.connect;

import io.kabar.chat.JoinHistory;

/** The answers to "Restore history?". */
public enum RestoreChoice {
    /** The default: on where one left, or what was said of late to who is here for the first time. */
    USUAL("From where I left, else the last 50 messages"),
    RECENT("The last 50 messages"),
    NONE("None"),
    EVERYTHING("Everything that is kept");

    private final String words;

    RestoreChoice(String words) {
        this.words = words;
    }

    /** What is restored; {@code usual} is what the model would. */
    public JoinHistory history(JoinHistory usual) {
        return switch (this) {
            case USUAL -> usual;
            case RECENT -> JoinHistory.last(50);
            case NONE -> JoinHistory.NONE;
            case EVERYTHING -> JoinHistory.from(1);
        };
    }

    @Override
    public String toString() {
        return words;
    }
}
