package io.kabar.chat.internal.client;

import io.kabar.chat.Amendment;
import io.kabar.chat.Content;

/** What a client can say with a text. */
public enum Saying {
    TEXT,
    ACTION,
    TOPIC,
    EDIT;

    /**
     * What is said.
     *
     * @throws IllegalArgumentException if the text is out of {@link io.kabar.chat.Limits}
     */
    Content of(String text) {
        return switch (this) {
            case TEXT -> new Content.Said(text, false);
            case ACTION -> new Content.Said(text, true);
            case TOPIC -> new Content.Topic(text);
            case EDIT -> new Amendment.Edited(text);
        };
    }
}
