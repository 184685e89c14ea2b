package io.kabar.chat.internal.client.calls;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.HistoryPage;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.EventCodec;
import io.kabar.chat.internal.wire.message.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a piece of a room's log: the answer says which events are coming, and they come as events do. */
final class HistoryCall extends PendingCall<HistoryPage> {

    private final RoomName asked;
    private final HistoryRange span;
    private final TreeMap<Long, byte[]> bodies = new TreeMap<>();
    private Answer.@Nullable History range;
    private long gone;
    private final AmendedPieces amended;
    /** Null if what later events have changed is not asked for. */
    private final @Nullable PendingCalls calls;
    /** Whether all of the answer has come, and only events are missing. */
    private boolean answered;

    /** A piece as it is. */
    HistoryCall(RoomName asked, HistoryRange span, Outcome<HistoryPage> outcome) {
        this(asked, span, outcome, null);
    }

    /** A piece, with what later events have changed of it; {@code calls} reads those. */
    HistoryCall(RoomName asked, HistoryRange span, Outcome<HistoryPage> outcome, @Nullable PendingCalls calls) {
        super(Kind.HISTORY, asked, outcome);
        this.asked = asked;
        this.span = span;
        this.calls = calls;
        amended = new AmendedPieces(asked);
    }

    @Override
    Query query() {
        return new Query.History(asked, span);
    }

    @Override
    void beginAgain() {
        bodies.clear();
        range = null;
        gone = 0;
        amended.clear();
        answered = false;
    }

    @Override
    Step answered(Answer answer, boolean more) throws MalformedPacketException {
        answered = !more;
        if (answer instanceof Answer.Amended piece && range != null) {
            amended.add(piece, range);
            return step();
        }
        if (!(answer instanceof Answer.History coming) || range != null) {
            throw unexpected(answer);
        }
        boolean possible = coming.from() >= Math.max(1, span.from())
                && coming.to() >= coming.from() - 1
                && coming.to() - coming.from() < span.count()
                && (coming.to() < coming.from() || coming.to() <= coming.last());
        if (!possible) {
            throw new MalformedPacketException("a piece of history that was not asked for");
        }
        range = coming;
        return step();
    }

    @Override
    Step event(long sequence, byte[] body) throws MalformedPacketException {
        if (bodies.putIfAbsent(sequence, body) == null && bodies.size() > span.count()) {
            throw new MalformedPacketException("more history than was asked for");
        }
        return step();
    }

    @Override
    Step gone(long to) {
        gone = Math.max(gone, to);
        return step();
    }

    /** Bodies held. */
    int size() {
        return bodies.size();
    }

    private Step step() {
        if (range == null || !answered) {
            return Step.MORE;
        }
        long from = Math.max(range.from(), gone + 1);
        long missing = range.to() - from + 1;
        boolean complete = missing <= 0
                || (bodies.size() >= missing
                        && bodies.subMap(from, true, range.to(), true).size() == missing);
        return complete ? Step.DONE : Step.MORE;
    }

    @Override
    void complete() throws MalformedPacketException {
        Answer.History here = range;
        if (here == null) {
            throw new IllegalStateException("not complete");
        }
        List<ChatEvent> events = new ArrayList<>();
        if (here.from() <= here.to()) {
            for (Map.Entry<Long, byte[]> body :
                    bodies.subMap(here.from(), true, here.to(), true).entrySet()) {
                events.add(EventCodec.decode(asked, 0, body.getKey(), body.getValue()));
            }
        }
        HistoryPage page = new HistoryPage(asked, events, here.firstKept(), here.last());
        if (calls == null) {
            outcome.done(page);
        } else {
            amended.complete(page, outcome, calls);
        }
    }
}
