package io.kabar.swing.transcript;

import io.kabar.chat.view.TranscriptLine;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A line of the transcript with what its neighbours make of it.
 *
 * @param line what happened
 * @param newDay whether it is the first of its day
 * @param head whether it begins with the name and the time: somebody else speaks, or after a while
 * @param fresh whether the reader has not seen it and what follows
 */
record Row(TranscriptLine line, boolean newDay, boolean head, boolean fresh) {

    /** What somebody says within this time is one turn of speech. */
    private static final Duration TURN = Duration.ofMinutes(5);

    static Row after(@Nullable TranscriptLine previous, TranscriptLine line, boolean fresh, ZoneId zone) {
        boolean newDay = previous == null || !day(previous.time(), zone).equals(day(line.time(), zone));
        boolean goesOn = previous instanceof TranscriptLine.Said before
                && line instanceof TranscriptLine.Said said
                && before.from().equals(said.from())
                && !before.action()
                && !said.action()
                && said.time().isBefore(before.time().plus(TURN));
        return new Row(line, newDay, newDay || fresh || !goesOn, fresh);
    }

    private static Object day(Instant time, ZoneId zone) {
        return time.atZone(zone).toLocalDate();
    }
}
