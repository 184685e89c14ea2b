package io.kabar.chat.internal.server.search;

import io.kabar.chat.UserName;
import io.kabar.chat.internal.endpoint.SlowWork;
import io.kabar.chat.spi.Journal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** Looks for words in a page of events, off the loop. What it has found is read on the loop, once it has run. */
public final class SearchWork implements SlowWork {

    private final UserName asking;
    private final SearchWords words;
    private final List<Journal.Entry> page;
    private final long upTo;
    private final Consumer<SearchWork> whenDone;

    private final List<Long> hits = new ArrayList<>();
    private long seen;
    private int events;
    private int characters;

    /**
     * Looks at a page up to event {@code upTo}.
     *
     * @param whenDone takes what was found, on the loop
     */
    public SearchWork(
            UserName asking, SearchWords words, List<Journal.Entry> page, long upTo, Consumer<SearchWork> whenDone) {
        this.asking = asking;
        this.words = words;
        this.page = page;
        this.upTo = upTo;
        this.whenDone = whenDone;
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

    /** It has run, and is on the loop again. */
    public void done() {
        whenDone.accept(this);
    }

    /** Who searches. */
    public UserName asking() {
        return asking;
    }

    /** What was found, oldest first. */
    public List<Long> hits() {
        return Collections.unmodifiableList(hits);
    }

    /** The last event looked at; {@code upTo} if there is nothing more up to there. */
    public long seen() {
        return seen;
    }

    /** Events looked at. */
    public int events() {
        return events;
    }

    /** Characters looked at, counted once for each word. */
    public int characters() {
        return characters;
    }
}
