package io.kabar.chat.internal.client.calls;

import io.kabar.chat.Refusal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Who waits for a call: hears exactly one of the two, once. */
public interface Outcome<T> {

    void done(T value);

    /**
     * Nothing comes of it.
     *
     * @param sentence why, more exactly; empty if the refusal says it all
     */
    void failed(Refusal refusal, String sentence, @Nullable Duration retryAfter);
}
