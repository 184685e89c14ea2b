package io.kabar.chat.internal.client.calls;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.HistoryPage;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.Limits;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.SearchPage;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.Query;
import io.kabar.chat.rules.Obstacle;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Searches a room. The server gives numbers; the events around them are read as any history is. */
final class SearchCall extends PendingCall<SearchPage> {

    /** Events given before and after one that was found. */
    static final int CONTEXT = 2;

    private final RoomName asked;
    private final String words;
    private final long before;
    private final PendingCalls calls;
    private Answer.@Nullable Found found;

    SearchCall(RoomName asked, String words, long before, Outcome<SearchPage> outcome, PendingCalls calls) {
        super(Kind.SEARCH, asked, outcome);
        this.asked = asked;
        this.words = words;
        this.before = before;
        this.calls = calls;
    }

    @Override
    Query query() {
        return new Query.Search(asked, before, words);
    }

    @Override
    Step answered(Answer answer, boolean more) throws MalformedPacketException {
        if (answer instanceof Answer.Found page) {
            long newer = Limits.LAST_NUMBER + 1;
            for (long hit : page.hits()) {
                if (hit < 1 || hit >= newer) {
                    throw new MalformedPacketException("what was found is not told newest first");
                }
                newer = hit;
            }
            found = page;
            return Step.DONE;
        }
        throw unexpected(answer);
    }

    @Override
    void beginAgain() {
        found = null;
    }

    @Override
    void complete() {
        Answer.Found page = found;
        if (page == null) {
            return;
        }
        List<HistoryRange> spans = spans(page.hits());
        if (spans.isEmpty()) {
            outcome.done(new SearchPage(asked, List.of(), page.searchedTo(), page.more()));
        } else {
            Around around = new Around(page, spans.size());
            spans.forEach(span -> calls.addBehind(new HistoryCall(asked, span, around)));
        }
    }

    /** What is around the events that were found: pieces that touch are one. */
    private final class Around implements Outcome<HistoryPage> {
        private final Answer.Found page;
        private final TreeMap<Long, ChatEvent> events = new TreeMap<>();
        private int missing;
        private boolean failed;

        Around(Answer.Found page, int pieces) {
            this.page = page;
            missing = pieces;
        }

        @Override
        public void done(HistoryPage piece) {
            piece.events().forEach(event -> events.put(event.sequence(), event));
            missing--;
            if (missing == 0 && !failed) {
                outcome.done(new SearchPage(asked, hits(), page.searchedTo(), page.more()));
            }
        }

        private List<SearchPage.Hit> hits() {
            List<SearchPage.Hit> hits = new ArrayList<>();
            for (long sequence : page.hits()) {
                ChatEvent event = events.get(sequence);
                if (event != null) { // or it was let go of meanwhile
                    hits.add(new SearchPage.Hit(
                            event,
                            List.copyOf(events.subMap(sequence - CONTEXT, true, sequence + CONTEXT, true)
                                    .values())));
                }
            }
            return hits;
        }

        @Override
        public void failed(Refusal refusal, String sentence, @Nullable Obstacle obstacle) {
            if (!failed) {
                failed = true;
                outcome.failed(refusal, sentence, obstacle);
            }
        }
    }

    /** What to read for these hits, which are newest first: no more at once than may be asked for. */
    static List<HistoryRange> spans(List<Long> hits) {
        List<HistoryRange> spans = new ArrayList<>();
        long from = 0;
        long to = 0;
        for (long sequence : hits) {
            long first = Math.max(1, sequence - CONTEXT);
            if (to > 0 && sequence + CONTEXT + 1 >= from && to - first < HistoryRange.MAX) {
                from = first;
            } else {
                if (to > 0) {
                    spans.add(HistoryRange.from(from, (int) (to - from + 1)));
                }
                from = first;
                to = sequence + CONTEXT;
            }
        }
        if (to > 0) {
            spans.add(HistoryRange.from(from, (int) (to - from + 1)));
        }
        return spans;
    }
}
