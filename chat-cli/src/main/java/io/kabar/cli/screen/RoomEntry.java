package io.kabar.cli.screen;

import io.kabar.chat.RoomName;
import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.RoomModel;
import io.kabar.chat.view.WaitingConversation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A room in the list, by whose place there it is gone to: rooms first, then conversations with one person, then those
 * that others have begun.
 *
 * @param unread messages of others; 0 if it is in sight
 * @param mentions how many of them name this user
 * @param waits whether somebody has written in a conversation that is not open
 */
public record RoomEntry(
        RoomName room, String title, boolean direct, boolean current, int unread, int mentions, boolean waits) {

    /** All that are known, in the order of the list. */
    public static List<RoomEntry> of(ChatModel model) {
        List<RoomEntry> entries = new ArrayList<>();
        add(entries, model, room -> !room.name().isDirect());
        add(entries, model, room -> room.name().isDirect());
        for (WaitingConversation waits : model.waiting()) {
            entries.add(new RoomEntry(waits.room(), waits.with().text(), true, false, 1, 1, true));
        }
        return entries;
    }

    private static void add(List<RoomEntry> entries, ChatModel model, Predicate<RoomModel> kind) {
        for (RoomModel room : model.rooms()) {
            if (kind.test(room)) {
                boolean current = model.current().filter(room::equals).isPresent();
                entries.add(new RoomEntry(
                        room.name(),
                        room.title(),
                        room.name().isDirect(),
                        current,
                        room.unread(),
                        room.mentions(),
                        false));
            }
        }
    }

    /** {@code 3}, {@code 2!} when this user is named; empty when nothing is new. */
    String activity() {
        return unread == 0 ? "" : (unread > 99 ? "99+" : String.valueOf(unread)) + (mentions > 0 ? "!" : "");
    }
}
