package io.kabar.chat.internal.client.calls;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.HistoryPage;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.rules.Obstacle;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pieces of a room's log that are read for one answer: it is given once all are there, or fails with the first. */
final class HistoryPieces<T> implements Outcome<HistoryPage> {

    private final NavigableMap<Long, ChatEvent> events = new TreeMap<>();
    private final Outcome<T> outcome;
    private final Function<NavigableMap<Long, ChatEvent>, T> answer;
    private int missing;
    private boolean failed;

    private HistoryPieces(int pieces, Outcome<T> outcome, Function<NavigableMap<Long, ChatEvent>, T> answer) {
        missing = pieces;
        this.outcome = outcome;
        this.answer = answer;
    }

    /** Reads these pieces, and makes the answer of all their events by number; at once if there are none to read. */
    static <T> void read(
            PendingCalls calls,
            RoomName room,
            List<HistoryRange> spans,
            Outcome<T> outcome,
            Function<NavigableMap<Long, ChatEvent>, T> answer) {
        if (spans.isEmpty()) {
            outcome.done(answer.apply(new TreeMap<>()));
            return;
        }
        HistoryPieces<T> pieces = new HistoryPieces<>(spans.size(), outcome, answer);
        spans.forEach(span -> calls.addBehind(new HistoryCall(room, span, pieces)));
    }

    @Override
    public void done(HistoryPage piece) {
        piece.events().forEach(event -> events.put(event.sequence(), event));
        missing--;
        if (missing == 0 && !failed) {
            outcome.done(answer.apply(events));
        }
    }

    @Override
    public void failed(Refusal refusal, String sentence, @Nullable Obstacle obstacle) {
        if (!failed) {
            failed = true;
            outcome.failed(refusal, sentence, obstacle);
        }
    }
}
