package io.kabar.swing;

import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.RoomModel;
import java.util.Comparator;
import java.util.List;

/** Goes from room to room by keys. */
record RoomSwitcher(ChatModel model) {

    /** {@code by} places on, around at the ends. */
    void step(int by) {
        List<RoomModel> rooms = model.rooms();
        if (!rooms.isEmpty()) {
            int at = model.current().map(rooms::indexOf).orElse(0);
            model.select(rooms.get(Math.floorMod(at + by, rooms.size())).name());
        }
    }

    /** The room with most to read: those that name this user first. */
    void unread() {
        model.rooms().stream()
                .filter(room -> room.unread() > 0)
                .max(Comparator.comparingInt(RoomModel::mentions).thenComparingInt(RoomModel::unread))
                .ifPresent(room -> model.select(room.name()));
    }

    /** The room at this place of the list, if there is one. */
    void place(int index) {
        List<RoomModel> rooms = model.rooms();
        if (index < rooms.size()) {
            model.select(rooms.get(index).name());
        }
    }
}
