package io.kabar.chat.view;

import io.kabar.chat.RoomState;
import java.time.Duration;
import java.time.Instant;

/** What has happened in a room since its user left it, as far as it is shown. */
final class SinceLeft {

    private final ReadMarker marker;
    private final long firstKept;
    /** All events from this number on are shown, or have nothing to show. */
    private long shownFrom;

    private int messages;

    /** The line that tells of it, where the "new" mark stands; 0 as long as there is none. */
    long line;

    SinceLeft(ReadMarker marker, RoomState found) {
        this.marker = marker;
        this.firstKept = found.firstKept();
        this.shownFrom = found.firstRestored();
    }

    boolean isNew(long sequence) {
        return sequence > marker.sequence();
    }

    long leftAt() {
        return marker.sequence();
    }

    /** More is shown: {@code news} messages of others, and everything from event {@code from} on. */
    void shown(long from, int news) {
        shownFrom = Math.min(shownFrom, from);
        messages += news;
    }

    /** What is said where the user left, before it is known how much follows. */
    String firstWords(Instant now) {
        return Wording.newSince(ago(now));
    }

    /** How much has happened. */
    String words(Instant now) {
        long next = marker.sequence() + 1;
        long kept = Math.max(next, firstKept);
        return Wording.sinceLeft(ago(now), messages, Math.max(0, shownFrom - kept), kept - next);
    }

    /** Tells what is new, where it begins or below it if there is nothing. */
    void tell(Transcript transcript, Instant now) {
        if (line == 0) {
            transcript.notice(now, TranscriptLine.Notice.Kind.SINCE_LEFT, words(now));
        } else {
            transcript.retell(line, words(now));
        }
    }

    private Duration ago(Instant now) {
        return Duration.between(marker.at(), now);
    }
}
