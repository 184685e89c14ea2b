package io.kabar.chat.internal.client.calls;

import io.kabar.chat.Delivery;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.Query;
import org.jspecify.annotations.Nullable;

/** Asks which members of a room have an event. */
final class WhoSawCall extends PendingCall<Delivery> {

    private final RoomName asked;
    private final long sequence;
    private @Nullable Delivery delivery;

    WhoSawCall(RoomName asked, long sequence, Outcome<Delivery> outcome) {
        super(Kind.LIST, asked, outcome);
        this.asked = asked;
        this.sequence = sequence;
    }

    @Override
    Query query() {
        return new Query.WhoSaw(asked, sequence);
    }

    @Override
    Step answered(Answer answer, boolean more) throws MalformedPacketException {
        if (answer instanceof Answer.Seen seen) {
            delivery = new Delivery(asked, sequence, seen.members(), seen.delivered(), seen.names());
            return Step.DONE;
        }
        throw unexpected(answer);
    }

    @Override
    void beginAgain() {
        delivery = null;
    }

    @Override
    void complete() {
        if (delivery != null) {
            outcome.done(delivery);
        }
    }
}
