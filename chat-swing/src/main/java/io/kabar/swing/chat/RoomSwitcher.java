package io.kabar.swing.chat;

import io.kabar.chat.RoomName;
import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.RoomModel;
import io.kabar.chat.view.WaitingConversation;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Goes from room to room by keys. */
record RoomSwitcher(ChatModel model, Consumer<RoomName> onOpen) {

    /** The rooms as they are listed: conversations with one person behind those with many. */
    static List<RoomModel> inOrder(ChatModel model) {
        return model.rooms().stream()
                .sorted(Comparator.comparing((RoomModel room) -> room.name().isDirect()))
                .toList();
    }

    /** {@code by} places on, around at the ends. */
    void step(int by) {
        List<RoomModel> rooms = inOrder(model);
        if (!rooms.isEmpty()) {
            int at = model.current().map(rooms::indexOf).orElse(0);
            model.select(rooms.get(Math.floorMod(at + by, rooms.size())).name());
        }
    }

    /** The room with most to read: those that name this user first. Then the conversations that wait to be opened. */
    void unread() {
        model.rooms().stream()
                .filter(room -> room.unread() > 0)
                .max(Comparator.comparingInt(RoomModel::mentions).thenComparingInt(RoomModel::unread))
                .map(RoomModel::name)
                .or(() -> model.waiting().stream().findFirst().map(WaitingConversation::room))
                .ifPresent(onOpen);
    }

    /** The room at this place of the list, if there is one. */
    void place(int index) {
        List<RoomModel> rooms = inOrder(model);
        if (index < rooms.size()) {
            model.select(rooms.get(index).name());
        }
    }
}
