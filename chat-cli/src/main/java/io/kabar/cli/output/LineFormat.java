package io.kabar.cli.output;

import io.kabar.chat.UserName;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How lines look: {@code [09:31] #lobby tam: text}, and {@code -- text} for what nobody said. Whatever has several
 * lines goes on indented, so that nobody's words can pass for another line.
 */
public final class LineFormat {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM yyyy", Locale.ENGLISH);
    private static final String CONTINUED = "\n        ";

    private final Paint paint;
    private final ZoneId zone;
    private @Nullable LocalDate day;

    /** Lines that begin on the day of {@code now}; a line of another day is preceded by one that says which. */
    public LineFormat(Paint paint, ZoneId zone, Instant now) {
        this.paint = paint;
        this.zone = zone;
        this.day = LocalDate.ofInstant(now, zone);
    }

    /** {@code who} may be another word for a name, such as "you"; {@code note} is for the end of the line. */
    public String said(Instant time, String room, UserName who, String name, String text, boolean action, String note) {
        String coloured = name.equals(who.text()) ? paint.name(who) : paint.bold(name);
        return dayOf(time)
                + paint.dim(timeOf(time))
                + rest(room, coloured, text, action)
                + (note.isEmpty() ? "" : "   " + paint.dim("(" + note + ")"));
    }

    /** The same for what is no news: faint as a whole. */
    public String history(Instant time, String room, String name, String text, boolean action) {
        return dayOf(time) + paint.dim(timeOf(time) + rest(room, name, text, action));
    }

    private String timeOf(Instant time) {
        return "[" + TIME.format(time.atZone(zone)) + "]";
    }

    private static String rest(String room, String name, String text, boolean action) {
        return " " + room + " " + (action ? "* " + name + " " : name + ": ") + continued(text);
    }

    public String notice(String text) {
        return paint.dim("-- " + continued(text));
    }

    public String failure(String text) {
        return paint.failure("-- " + continued(text));
    }

    private String dayOf(Instant time) {
        LocalDate next = LocalDate.ofInstant(time, zone);
        if (next.equals(day)) {
            return "";
        }
        day = next;
        return notice(DAY.format(next)) + "\n";
    }

    private static String continued(String text) {
        return text.stripTrailing().replace("\n", CONTINUED);
    }
}
