package io.kabar.chat.view;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.RoomState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What has happened in a room since its user left it, as far as it is shown. */
final class SinceLeft {

    private final Transcript transcript;
    private final Unread unread;
    private final ReadMarker marker;
    private final long firstKept;
    /** All events from this number on are shown, or have nothing to show. */
    private long shownFrom;

    private int messages;

    /** The line that tells of it, where the "new" mark stands; 0 as long as there is none. */
    private long line;

    SinceLeft(ReadMarker marker, RoomState found, Transcript transcript, Unread unread) {
        this.transcript = transcript;
        this.unread = unread;
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

    /** What somebody else has said is about to be shown, behind all that is. */
    void said(ChatEvent event, Instant now) {
        if (!isNew(event.sequence())) {
            return;
        }
        if (line == 0) { // before it is known how much follows
            beginsAt(transcript.sinceLeft(event.sequence(), event.time(), Wording.newSince(ago(now))));
        }
        messages++;
    }

    /**
     * What happened earlier is shown, from event {@code from} on.
     *
     * @param said what others have said of it, from the oldest on
     */
    void older(long from, List<ChatEvent> said, Instant now) {
        List<ChatEvent> news =
                said.stream().filter(event -> isNew(event.sequence())).toList();
        shownFrom = Math.min(shownFrom, from);
        messages += news.size();
        if (!news.isEmpty() && unread.messages() == 0) {
            ChatEvent first = news.get(0);
            beginsAt(transcript.moveSinceLeft(line, first.sequence(), first.time(), words(now)));
        }
    }

    private void beginsAt(long newLine) {
        line = newLine;
        unread.beginsAt(newLine);
    }

    /** How much has happened. */
    private String words(Instant now) {
        long next = marker.sequence() + 1;
        long kept = Math.max(next, firstKept);
        return Wording.sinceLeft(ago(now), messages, Math.max(0, shownFrom - kept), kept - next);
    }

    /** Tells what is new, where it begins or below it if there is nothing. */
    void tell(Instant now) {
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
