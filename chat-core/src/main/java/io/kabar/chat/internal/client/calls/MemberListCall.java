package io.kabar.chat.internal.client.calls;

import io.kabar.chat.Member;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.Query;
import java.util.List;

/** Asks who is in a room, which may be one that this client is not in. */
final class MemberListCall extends ListCall<Member> {

    private final RoomName asked;

    MemberListCall(RoomName asked, Outcome<List<Member>> outcome) {
        super("members", outcome);
        this.asked = asked;
    }

    @Override
    Query query() {
        return new Query.Members(asked);
    }

    @Override
    Step answered(Answer answer, boolean more) throws MalformedPacketException {
        if (answer instanceof Answer.Members page) {
            return add(page.members(), more);
        }
        throw unexpected(answer);
    }
}
