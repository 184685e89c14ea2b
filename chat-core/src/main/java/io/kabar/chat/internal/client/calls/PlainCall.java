package io.kabar.chat.internal.client.calls;

import io.kabar.chat.RoomName;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.Query;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks one thing, and hands the pieces of its answer on as they are; all of them are of one kind. */
final class PlainCall extends PendingCall<List<Answer>> {

    private final Query query;
    private final Class<? extends Answer> expected;
    private final List<Answer> pieces = new ArrayList<>();

    PlainCall(Query query, @Nullable RoomName room, Class<? extends Answer> expected, Outcome<List<Answer>> outcome) {
        super(Kind.LIST, room, outcome);
        this.query = query;
        this.expected = expected;
    }

    @Override
    Query query() {
        return query;
    }

    @Override
    Step answered(Answer answer, boolean more) throws MalformedPacketException {
        if (!expected.isInstance(answer) || pieces.size() >= ListCall.MAX_ENTRIES) {
            throw unexpected(answer);
        }
        pieces.add(answer);
        return more ? Step.MORE : Step.DONE;
    }

    @Override
    void beginAgain() {
        pieces.clear();
    }

    @Override
    void complete() {
        outcome.done(List.copyOf(pieces));
    }
}
