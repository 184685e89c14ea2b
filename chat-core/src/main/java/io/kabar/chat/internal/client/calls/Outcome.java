package io.kabar.chat.internal.client.calls;

import io.kabar.chat.Refusal;
import io.kabar.chat.rules.Obstacle;
import org.jspecify.annotations.Nullable;

/** Who waits for a call: hears exactly one of the two, once. */
public interface Outcome<T> {

    void done(T value);

    /**
     * Nothing comes of it.
     *
     * @param sentence why, more exactly; empty if the refusal says it all
     * @param obstacle the rule of a room that stands against it; null if none does
     */
    void failed(Refusal refusal, String sentence, @Nullable Obstacle obstacle);
}
