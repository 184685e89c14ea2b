package io.kabar.chat.internal.server.room;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.ProgramContent.ValueSet;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomValue;
import io.kabar.chat.internal.server.lane.Objection;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.internal.server.log.RoomValues;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The values of a room with those that are on their way to the journal, and whether one more has a place there. */
final class ValuesAhead {

    private final Ahead<RoomValues> values;

    ValuesAhead(Room room) {
        values = new Ahead<>(
                () -> room.fold().values(),
                RoomValues::copy,
                (state, draft) -> state.apply(room.log().last() + 1, draft));
    }

    /** Something is on its way to the journal. */
    void proposed(ChatEvent draft) {
        if (draft.content() instanceof ValueSet) {
            values.proposed(draft);
        }
    }

    /** It is there, or never will be. */
    void answered(ChatEvent draft) {
        boolean unused = values.answered(draft);
    }

    /** What speaks against setting a value; null if nothing does. */
    @Nullable
    Objection toSetting(Content content) {
        if (!(content instanceof ValueSet set) || set.isRemoved()) {
            return null;
        }
        RoomValues all = values.get();
        if (!all.has(set.key()) && all.size() >= RoomValue.MOST) {
            return new Objection(
                    Refusal.NOT_ALLOWED,
                    "This room has " + RoomValue.MOST
                            + " values, as many as it may; take one away before you set another.");
        }
        int bytes = all.bytesWith(set);
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
