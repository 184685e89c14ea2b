package io.kabar.chat.view;

import io.kabar.chat.RoomName;
import io.kabar.chat.client.ChatClient;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells the server how far its user has read the rooms they look at, so that their other devices show no more as new.
 */
final class ReadTeller implements ModelObserver {

    private final ChatModel model;
    private final ChatClient client;
    private final Map<RoomName, Long> told = new HashMap<>();

    ReadTeller(ChatModel model, ChatClient client) {
        this.model = model;
        this.client = client;
    }

    @Override
    public void onChanged(Change change, @Nullable RoomName name) {
        RoomModel room = name == null ? null : model.room(name).orElse(null);
        if (name == null || (change != Change.TRANSCRIPT && change != Change.ROOMS)) {
            return;
        } else if (room == null) {
            told.remove(name);
        } else if (model.looksAt(room) && room.readTo() > told.getOrDefault(name, 0L)) {
            told.put(name, room.readTo());
            client.markRead(name, room.readTo());
        }
    }
}
