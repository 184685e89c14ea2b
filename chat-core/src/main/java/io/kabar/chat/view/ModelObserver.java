package io.kabar.chat.view;

import io.kabar.chat.RoomName;
import org.jspecify.annotations.Nullable;

/**
 * Is told what changes in a {@link ChatModel}. Every method has an empty default, may repeat, and is called on the
 * model's executor after the change.
 */
public interface ModelObserver {

    /**
     * Something changed.
     *
     * @param room the room it changed in; null where the change belongs to no room
     */
    default void onChanged(Change change, @Nullable RoomName room) {}

    /**
     * A line took its place in a transcript's log. For views that print each line once and never repaint: own messages
     * are told when they stand in the log, and a {@link TranscriptLine.Comings} is told again each time it grows, with
     * what is new in {@link TranscriptLine.Comings#latest()}. A notice {@link
     * TranscriptLine.Notice.Kind#SINCE_LEFT} is told again when it is known how much it is about.
     */
    default void onLine(Transcript transcript, TranscriptLine line) {}

    /**
     * Something was done to a message whose line stands in a transcript; the line reads otherwise by now. For views
     * that print each line once: others draw what {@link #onChanged} tells.
     *
     * @param sequence the number of the message
     * @param words what was done, on one line: {@code ada edited #12: a red rose}
     */
    default void onAmended(Transcript transcript, long sequence, String words) {}
}
