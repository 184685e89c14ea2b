package io.kabar.chat.internal.server.room;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.ProgramContent.ValueSet;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomValue;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.internal.server.log.RoomValues;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The values of a room with those that are on their way to the journal, and whether one more has a place there. */
final class ValuesAhead {

    private final Room room;
    /** On their way, in order. */
    private final Deque<ChatEvent> underWay = new ArrayDeque<>(0);
    /** What holds once they are there; null if there are none. */
    private @Nullable RoomValues ahead;

    ValuesAhead(Room room) {
        this.room = room;
    }

    /** Something is on its way to the journal. */
    void proposed(ChatEvent draft) {
        if (draft.content() instanceof ValueSet) {
            RoomValues values = ahead == null ? room.fold().values().copy() : ahead;
            values.apply(room.log().last() + 1, draft);
            ahead = values;
            underWay.add(draft);
        }
    }

    /** It is there, or never will be. */
    @SuppressWarnings("ReferenceEquality") // the same proposal, not another one like it
    void answered(ChatEvent draft) {
        if (!underWay.removeIf(each -> each == draft)) {
            return;
        }
        if (underWay.isEmpty()) {
            ahead = null;
        } else {
            RoomValues values = room.fold().values().copy();
            underWay.forEach(each -> values.apply(room.log().last() + 1, each));
            ahead = values;
        }
    }

    /** What speaks against setting a value; null if nothing does. */
    @Nullable
    Objection toSetting(Content content) {
        if (!(content instanceof ValueSet set) || set.isRemoved()) {
            return null;
        }
        RoomValues values = ahead == null ? room.fold().values() : ahead;
        if (!values.has(set.key()) && values.size() >= RoomValue.MOST) {
            return new Objection(
                    Refusal.NOT_ALLOWED,
                    "This room has " + RoomValue.MOST
                            + " values, as many as it may; take one away before you set another.");
        }
        int bytes = values.bytesWith(set);
        return bytes <= RoomValue.MOST_BYTES
                ? null
                : new Objection(
                        Refusal.TOO_LARGE,
                        String.format(
                                Locale.ROOT,
                                "The values of this room would have %,d bytes together; it keeps at most %,d.",
                                bytes,
                                RoomValue.MOST_BYTES));
    }
}
