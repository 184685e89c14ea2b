package io.kabar.chat.view;

import io.kabar.chat.view.words.Reading;
import java.time.Instant;

/** What this user has said and the server has not answered yet. Confined to the model's executor. */
final class OwnWords {

    private final ChatModel model;
    private final Observers observers;
    /** On their way, and shown by no transcript. */
    private int withoutLine;

    OwnWords(ChatModel model, Observers observers) {
        this.model = model;
        this.observers = observers;
    }

    /** How many are on their way, over all rooms. */
    int queued() {
        return withoutLine
                + model.rooms().stream()
                        .mapToInt(room -> room.transcript().queued())
                        .sum();
    }

    /** Words on their way that a transcript shows; the id settles them. */
    long sending(RoomModel room, Reading words, boolean action) {
        Instant now = model.now();
        long id = room.transcript()
                .sending(lineId -> new TranscriptLine.Said(
                        lineId, now, model.self(), words, action, true, false, false, SendState.SENDING));
        observers.onChanged(Change.STATUS, null);
        return id;
    }

    /** Words are on their way that no transcript shows until they are {@link #answered}. */
    void sendingWithoutLine() {
        withoutLine++;
        observers.onChanged(Change.STATUS, null);
    }

    /** The server has answered words that no transcript showed. */
    void answered() {
        withoutLine--;
        observers.onChanged(Change.STATUS, null);
    }

    /** Whether the words were still on their way; if not they stand in the log already. */
    boolean settle(RoomModel room, long id, SendState state) {
        boolean settled = room.transcript().settle(id, state);
        observers.onChanged(Change.STATUS, null);
        return settled;
    }
}
