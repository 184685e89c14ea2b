package io.kabar.chat.simulation;

import io.kabar.chat.Receipt;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something a client was told to do, and what came of it: every call is answered once. */
final class Call {
    final RoomName room;
    /** What is to be said; empty for other calls. */
    final String text;

    /** When it was made. */
    final long madeAt;
    /** Whether it may be about something that is not there, or not any more. */
    boolean mayBeInVain;

    boolean answered;

    @Nullable
    Receipt receipt;

    @Nullable
    Refusal refusal;

    @Nullable
    Duration retryAfter;

    /** What was asked for: a list of rooms or members. */
    @Nullable
    Object answer;

    Call(RoomName room, String text, long now) {
        madeAt = now;
        this.room = room;
        this.text = text;
    }

    boolean accepted() {
        return receipt != null;
    }

    @Override
    public String toString() {
        String outcome = receipt != null ? "#" + receipt.sequence() : refusal != null ? refusal.name() : "waiting";
        return room + " '" + text.substring(0, Math.min(20, text.length())) + "' " + (answered ? outcome : "waiting");
    }
}
