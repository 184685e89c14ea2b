package io.kabar.swing.chat;

import io.kabar.chat.RoomName;
import io.kabar.chat.view.Change;
import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.ModelObserver;
import io.kabar.chat.view.RoomModel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rooms one is in, for the next start: told whenever one enters or leaves one, or brings another to the front.
 * Rooms that are on their way in count, so that a start that is cut short forgets none.
 */
public final class RoomsKept implements ModelObserver {

    private final ChatModel model;
    private final Consumer<List<String>> keep;
    private final Set<RoomName> awaited = new LinkedHashSet<>();
    private List<String> kept = List.of();

    /** Tells {@code keep} the rooms, the one in front first. */
    public RoomsKept(ChatModel model, Consumer<List<String>> keep) {
        this.model = model;
        this.keep = keep;
    }

    /** A room is on its way in. */
    public void await(RoomName room) {
        awaited.add(room);
    }

    /** It is in, or will never be. */
    public void settled(RoomName room) {
        awaited.remove(room);
        tell();
    }

    @Override
    public void onChanged(Change change, @Nullable RoomName room) {
        if (change == Change.ROOMS) {
            tell();
        }
    }

    private void tell() {
        Set<String> rooms = new LinkedHashSet<>();
        model.current().map(RoomModel::name).map(RoomName::text).ifPresent(rooms::add);
        model.rooms().forEach(room -> rooms.add(room.name().text()));
        awaited.forEach(room -> rooms.add(room.text()));
        List<String> now = new ArrayList<>(rooms);
        if (!now.equals(kept) && !now.isEmpty()) {
            kept = now;
            keep.accept(now);
        }
    }
}
