package io.kabar.swing.transcript;

import io.kabar.chat.view.TranscriptLine;
import io.kabar.chat.view.TranscriptLine.Notice;
import io.kabar.chat.view.TranscriptLine.Said;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What a row says: to who reads it, to who hears it, and on the clipboard. */
record RowWords(ZoneId zone) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss", Locale.ENGLISH);

    /** The words of a row that can be selected. */
    static StyledText body(TranscriptLine line) {
        if (line instanceof Said said) {
            String text = said.reading().text();
            return said.reading().deleted()
                    ? StyledText.plain(text)
                    : StyledText.of(said.action() ? "* " + said.from() + " " + text : text);
        }
        boolean columns = line instanceof Notice notice
                && notice.kind() == Notice.Kind.ANSWER
                && notice.text().contains("   ");
        return columns ? StyledText.code(line.text()) : StyledText.of(line.text());
    }

    /** Before what is copied of a message, if it is copied with others. */
    static String speaker(TranscriptLine line) {
        return line instanceof Said said && !said.action() ? said.from() + ": " : "";
    }

    /** What a screen reader says. */
    String spoken(TranscriptLine line) {
        String time = time(line) + " ";
        if (line instanceof Said said) {
            String who = said.from() + (said.action() ? " " : ": ");
            return time + who + said.text() + (said.own() ? ", " + said.state().words() : "");
        }
        return time + line.text();
    }

    /** The exact time and the number, for who points at a row. */
    String tip(TranscriptLine line) {
        String exact = EXACT.format(line.time().atZone(zone));
        if (!(line instanceof Said said) || said.state().sequence() == 0) {
            return exact;
        }
        return exact + " \u00b7 "
                + (said.own() ? said.state().words() : "#" + said.state().sequence());
    }

    String time(TranscriptLine line) {
        return TIME.format(line.time().atZone(zone));
    }

    String day(TranscriptLine line) {
        return DAY.format(line.time().atZone(zone));
    }
}
