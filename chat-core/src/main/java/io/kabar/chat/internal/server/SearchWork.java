package io.kabar.chat.internal.server;

import io.kabar.chat.internal.endpoint.SlowWork;
import io.kabar.chat.internal.server.log.SearchWords;
import io.kabar.chat.spi.Journal;
import java.util.ArrayList;
import java.util.List;

/** Looks for words in a page of events, off the loop. */
final class SearchWork implements SlowWork {

    final SearchFlow.Search search;
    private final SearchWords words;
    private final List<Journal.Entry> page;
    private final long upTo;

    /** What was found, oldest first. */
    final List<Long> hits = new ArrayList<>();

    /** The last event looked at; {@code upTo} if there is nothing more up to there. */
    long seen;

    int events;
    /** Characters looked at, counted once for each word. */
    int characters;

    SearchWork(SearchFlow.Search search, SearchWords words, List<Journal.Entry> page, long upTo) {
        this.search = search;
        this.words = words;
        this.page = page;
        this.upTo = upTo;
    }

    @Override
    public void run() {
        seen = upTo;
        for (Journal.Entry entry : page) {
            long seq = entry.event().sequence();
            if (seq > upTo) {
                seen = upTo;
                return;
            }
            seen = seq;
            String text = SearchWords.textOf(entry.event());
            events++;
            characters += text.length() * words.count();
            if (words.allIn(text)) {
                hits.add(seq);
            }
        }
    }
}
