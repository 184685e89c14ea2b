package io.kabar.chat.view;

import io.kabar.chat.RoomName;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** All observers of one model, as one. Copy on write, so that an observer may remove itself while it is told. */
final class Observers implements ModelObserver {

    private final List<ModelObserver> all = new CopyOnWriteArrayList<>();

    void add(ModelObserver observer) {
        all.add(observer);
    }

    void remove(ModelObserver observer) {
        all.remove(observer);
    }

    @Override
    public void onChanged(Change change, @Nullable RoomName room) {
        all.forEach(observer -> observer.onChanged(change, room));
    }

    @Override
    public void onLine(Transcript transcript, TranscriptLine line) {
        all.forEach(observer -> observer.onLine(transcript, line));
    }

    @Override
    public void onAmended(Transcript transcript, long sequence, String words) {
        all.forEach(observer -> observer.onAmended(transcript, sequence, words));
    }
}
