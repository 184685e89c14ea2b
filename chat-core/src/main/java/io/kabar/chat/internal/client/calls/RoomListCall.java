package io.kabar.chat.internal.client.calls;

import io.kabar.chat.RoomSummary;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.Query;
import java.util.List;

/** Asks for the rooms of the server, page by page. */
final class RoomListCall extends ListCall<RoomSummary> {

    RoomListCall(Outcome<List<RoomSummary>> outcome) {
        super("rooms", outcome);
    }

    @Override
    Query query() {
        RoomSummary last = last();
        return new Query.Rooms(last == null ? "" : last.name().text());
    }

    @Override
    Step answered(Answer answer, boolean more) throws MalformedPacketException {
        if (!(answer instanceof Answer.Rooms page)) {
            throw unexpected(answer);
        }
        boolean goesOn = !more && page.rest() && !page.rooms().isEmpty();
        Step step = add(page.rooms(), more || goesOn);
        return step == Step.MORE && goesOn ? Step.ASK : step;
    }
}
