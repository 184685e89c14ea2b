package io.kabar.cli.screen;

import io.kabar.chat.view.SendState;
import io.kabar.chat.view.TranscriptLine;
import io.kabar.chat.view.words.AmendmentWording;
import io.kabar.chat.view.words.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one line of a transcript: {@code 09:14   mira  build is green}, the time when its minute is another, the
 * name when somebody else speaks, and what does not fit below, indented. Narrow screens have time and name on a row of
 * their own.
 */
final class LineRows {

    /** Below this there is no place for names beside words. */
    static final int NARROW = 50;

    private static final int TIME = 6;
    private static final int NAME = 12;
    private static final int SMALL_NAME = 9;
    private static final int ROOMY = 62;
    private static final int GAP = 2;

    /** At the right, for how far an own message has come. */
    private static final int MARK = 2;

    private static final String EDITED = " (edited)";

    private final Look look;
    private final Instant now;
    private final int width;
    private final boolean narrow;
    private final int name;

    LineRows(Look look, int width, Instant now) {
        this.look = look;
        this.width = width;
        this.now = now;
        narrow = width < NARROW;
        name = width < ROOMY ? SMALL_NAME : NAME;
    }

    /**
     * The rows of a line.
     *
     * @param previous the line above it
     * @param fresh whether it and what follows are new to the reader
     * @param chosen whether the reader has chosen it
     */
    List<AttributedString> of(@Nullable TranscriptLine previous, TranscriptLine line, boolean fresh, boolean chosen) {
        List<AttributedString> rows = new ArrayList<>();
        LocalDate before = previous == null ? LocalDate.ofInstant(now, look.zone()) : day(previous);
        boolean newDay = !before.equals(day(line));
        if (newDay) {
            rows.add(look.separator(
                    Look.DAY.format(line.time().atZone(look.zone())),
                    width,
                    look.theme().dim()));
        }
        boolean tellsNew =
                line instanceof TranscriptLine.Notice notice && notice.kind() == TranscriptLine.Notice.Kind.SINCE_LEFT;
        if (fresh && !tellsNew) {
            rows.add(look.separator(
                    "new since " + time(line), width, look.theme().fresh()));
        }
        if (line instanceof TranscriptLine.Said said) {
            boolean goesOn = !newDay && !fresh && goesOn(previous, said);
            boolean sameMinute = previous != null && !newDay && time(previous).equals(time(line));
            addSaid(rows, said, goesOn, sameMinute, chosen);
        } else if (tellsNew) {
            rows.add(look.separator(trimColon(line.text()), width, look.theme().fresh()));
        } else {
            addNotice(rows, previous, line, newDay);
        }
        return rows;
    }

    private LocalDate day(TranscriptLine line) {
        return LocalDate.ofInstant(line.time(), look.zone());
    }

    private String time(TranscriptLine line) {
        return Look.TIME.format(line.time().atZone(look.zone()));
    }

    private boolean goesOn(@Nullable TranscriptLine previous, TranscriptLine.Said said) {
        return previous instanceof TranscriptLine.Said before
                && before.from().equals(said.from())
                && !before.action()
                && !said.action()
                && time(before).equals(time(said));
    }

    private static String trimColon(String words) {
        return words.endsWith(":") || words.endsWith(".") ? words.substring(0, words.length() - 1) : words;
    }

    private void addSaid(
            List<AttributedString> rows, TranscriptLine.Said said, boolean goesOn, boolean sameMinute, boolean chosen) {
        String who = said.action() ? "*" : said.own() ? "you" : said.from().text();
        AttributedStyle whoStyle = said.mention()
                ? look.theme().mention()
                : said.own() ? look.theme().self() : look.theme().name(said.from());
        String time = sameMinute && !narrow ? "" : time(said);
        AttributedString head = head(chosen ? look.glyphs().selected() : time, goesOn && !chosen ? "" : who, whoStyle);
        if (narrow && (!goesOn || chosen)) {
            rows.add(head);
        }
        List<AttributedString> body = body(said, chosen);
        String mark = mark(said);
        for (int i = 0; i < body.size(); i++) {
            AttributedStringBuilder row = new AttributedStringBuilder();
            if (narrow) {
                row.append(" ");
            } else {
                row.append(i == 0 ? head : blank());
            }
            row.append(body.get(i));
            if (i == body.size() - 1 && !mark.isEmpty()) {
                int used = look.cells().width(row.toString());
                row.append(" ".repeat(Math.max(1, width - used - look.cells().width(mark))));
                row.styled(look.theme().dim(), mark);
            }
            rows.add(row.toAttributedString());
        }
        if (said.state().phase() == SendState.Phase.REFUSED) {
            String reason = look.glyphs().refused() + " " + said.state().words();
            for (String part : look.cells().wrap(look.cells().drawable(reason), textWidth())) {
                rows.add(new AttributedStringBuilder()
                        .append(narrow ? new AttributedString(" ") : blank())
                        .styled(look.theme().failure(), part)
                        .toAttributedString());
            }
        }
    }

    /** How far an own message has come; how long it has taken, once that is a second. */
    private String mark(TranscriptLine.Said said) {
        if (!said.own() || said.restored()) {
            return "";
        }
        return switch (said.state().phase()) {
            case SENDING -> {
                long seconds = Math.max(0, Duration.between(said.time(), now).toSeconds());
                yield look.glyphs().sending() + (seconds < 1 ? "" : " " + seconds + " s");
            }
            case ACCEPTED -> look.glyphs().accepted();
            case REFUSED -> "";
        };
    }

    /** The words, below what they answer and above how many have reacted, both of which are reminders on one row. */
    private List<AttributedString> body(TranscriptLine.Said said, boolean chosen) {
        Reading reading = said.reading();
        int room = textWidth() - (said.own() && !said.restored() ? markWidth(said) : 0);
        AttributedStyle aside = chosen ? look.theme().chosen() : look.theme().quote();
        AttributedStyle style = chosen
                ? look.theme().chosen()
                : reading.deleted() || said.state().phase() == SendState.Phase.SENDING
                        ? look.theme().dim()
                        : said.mention() ? look.theme().bold() : look.theme().plain();
        List<AttributedString> rows = new ArrayList<>();
        reading.quote().ifPresent(quote -> rows.add(oneRow(quote.line(), room, aside)));
        String words = (said.action() ? said.from() + " " : "") + reading.text() + (reading.edited() ? EDITED : "");
        look.cells().wrap(look.cells().drawable(words), room).forEach(part -> rows.add(withLinks(part, style)));
        if (!reading.reactions().isEmpty()) {
            rows.add(oneRow("[" + AmendmentWording.reactions(reading.reactions()) + "]", room, aside));
        }
        return rows;
    }

    private AttributedString oneRow(String words, int room, AttributedStyle style) {
        return new AttributedString(look.cells().fit(look.cells().drawable(words), room), style);
    }

    private int markWidth(TranscriptLine.Said said) {
        return Math.max(MARK, 1 + look.cells().width(mark(said)));
    }

    private AttributedString withLinks(String row, AttributedStyle style) {
        AttributedStringBuilder built = new AttributedStringBuilder();
        int at = 0;
        for (Links.Span link : Links.in(row)) {
            built.styled(style, row.substring(at, link.from()));
            built.styled(look.theme().link(), row.substring(link.from(), link.to()));
            at = link.to();
        }
        return built.styled(style, row.substring(at)).toAttributedString();
    }

    private void addNotice(
            List<AttributedString> rows, @Nullable TranscriptLine previous, TranscriptLine line, boolean newDay) {
        boolean failure =
                line instanceof TranscriptLine.Notice notice && notice.kind() == TranscriptLine.Notice.Kind.FAILURE;
        boolean answer =
                line instanceof TranscriptLine.Notice notice && notice.kind() == TranscriptLine.Notice.Kind.ANSWER;
        AttributedStyle style = failure
                ? look.theme().failure()
                : answer ? look.theme().plain() : look.theme().dim();
        boolean sameMinute = previous != null && !newDay && time(previous).equals(time(line));
        String sign = failure ? "!" : look.glyphs().dot();
        AttributedString head =
                narrow ? new AttributedString(sign + " ", style) : head(sameMinute ? "" : time(line), sign, style);
        boolean first = true;
        // On a narrow screen the sign and a blank stand before the words.
        int room = narrow ? Math.max(1, width - 2) : textWidth();
        for (String part : look.cells().wrap(table(look.cells().drawable(line.text()), room), room)) {
            rows.add(new AttributedStringBuilder()
                    .append(first ? head : narrow ? new AttributedString("  ") : blank())
                    .styled(style, part)
                    .toAttributedString());
            first = false;
        }
    }

    /** A table whose columns have no place beside each other has them one behind the other. */
    private String table(String text, int room) {
        boolean fits = text.lines().allMatch(row -> look.cells().width(row) <= room);
        return fits ? text : withoutWideGaps(text);
    }

    /** Three blanks and more behind something become two. */
    private static String withoutWideGaps(String text) {
        StringBuilder narrower = new StringBuilder(text.length());
        int blanks = 0;
        boolean behindSomething = false;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            blanks = c == ' ' ? blanks + 1 : 0;
            if (blanks <= 2 || !behindSomething) {
                narrower.append(c);
            }
            behindSomething = c == ' ' ? behindSomething : !Character.isWhitespace(c);
        }
        return narrower.toString();
    }

    private AttributedString head(String time, String who, AttributedStyle style) {
        if (narrow) {
            return new AttributedStringBuilder()
                    .styled(look.theme().dim(), time + " ")
                    .styled(style, look.cells().fit(look.cells().drawable(who), width - TIME))
                    .toAttributedString();
        }
        return new AttributedStringBuilder()
                .styled(look.theme().dim(), look.cells().left(time, TIME))
                .styled(style, look.cells().right(look.cells().drawable(who), name))
                .append(" ".repeat(GAP))
                .toAttributedString();
    }

    private AttributedString blank() {
        return new AttributedString(" ".repeat(TIME + name + GAP));
    }

    private int textWidth() {
        return Math.max(1, narrow ? width - 1 : width - TIME - name - GAP);
    }
}
