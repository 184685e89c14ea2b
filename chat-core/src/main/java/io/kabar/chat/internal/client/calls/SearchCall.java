package io.kabar.chat.internal.client.calls;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.Limits;
import io.kabar.chat.RoomName;
import io.kabar.chat.SearchPage;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
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
        HistoryPieces.read(
                calls,
                asked,
                spans(page.hits()),
                outcome,
                events -> new SearchPage(asked, hits(page, events), page.searchedTo(), page.more()));
    }

    private static List<SearchPage.Hit> hits(Answer.Found page, NavigableMap<Long, ChatEvent> events) {
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

    /** What to read for these hits, newest first: pieces that touch are one, none longer than may be asked for. */
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
