package io.kabar.swing.transcript;

import io.kabar.chat.view.Transcript;
import io.kabar.chat.view.TranscriptLine;
import java.time.ZoneId;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The lines of the transcript that is shown, each made a row when it is asked for. Event thread only. */
final class TranscriptRows {

    private final ZoneId zone;
    private @Nullable Transcript transcript;
    private OptionalLong mark = OptionalLong.empty();

    TranscriptRows(ZoneId zone) {
        this.zone = zone;
    }

    /** From now on those of this transcript; the mark "new" stands before the line with that id. */
    void show(Transcript shown, OptionalLong firstFresh) {
        transcript = shown;
        mark = firstFresh;
    }

    int size() {
        return transcript == null ? 0 : transcript.size();
    }

    TranscriptLine line(int index) {
        if (transcript == null) {
            throw new IndexOutOfBoundsException(index);
        }
        return transcript.line(index);
    }

    Row row(int index) {
        TranscriptLine line = line(index);
        boolean fresh = mark.isPresent() && mark.getAsLong() == line.id();
        return Row.after(index == 0 ? null : line(index - 1), line, fresh, zone);
    }

    /** Where a line is, looked for from the newest on; -1 if it is not kept any more. */
    int indexOf(long id) {
        for (int i = size() - 1; i >= 0; i--) {
            if (line(i).id() == id) {
                return i;
            }
        }
        return -1;
    }
}
