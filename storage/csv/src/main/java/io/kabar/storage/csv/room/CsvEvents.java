package io.kabar.storage.csv.room;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Limits;
import io.kabar.chat.LogPosition;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.spi.Journal.Entry;
import io.kabar.storage.csv.files.CsvLine;
import io.kabar.storage.csv.files.DamagedException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Events as records of a CSV file: {@code epoch,seq,time,type,from,id,text}; the room is told by the folder. Files of
 * before there were epochs have no such column; they are read, and never written to again.
 */
public final class CsvEvents {

    private static final List<String> HEADER = List.of("epoch", "seq", "time", "type", "from", "id", "text");
    private static final List<String> WITHOUT_EPOCHS = HEADER.subList(1, HEADER.size());

    /** By which a header of events is known, whatever else a later version has put there. */
    private static final List<String> MARKS = List.of("seq", "time", "type");

    private CsvEvents() {}

    public static String header() {
        StringBuilder out = new StringBuilder();
        CsvLine.append(out, HEADER.toArray(String[]::new));
        return out.toString();
    }

    /** Tells whether there are epochs in the file. */
    static boolean checkHeader(List<String> cells) throws DamagedException {
        if (!cells.equals(HEADER) && !cells.equals(WITHOUT_EPOCHS)) {
            throw new DamagedException("the header is not " + String.join(",", HEADER));
        }
        return cells.equals(HEADER);
    }

    /** Whether these are the columns of events, and not those that this program knows. */
    static boolean isNewer(List<String> cells) {
        return cells.containsAll(MARKS) && !cells.equals(HEADER) && !cells.equals(WITHOUT_EPOCHS);
    }

    public static void append(StringBuilder out, Entry entry) {
        ChatEvent event = entry.event();
        CsvLine.append(
                out,
                Long.toString(entry.epoch()),
                Long.toString(event.sequence()),
                event.time().toString(),
                type(event),
                event.from().text(),
                entry.id().equals(MessageId.NONE) ? "" : entry.id().toString(),
                text(event));
    }

    /**
     * Reads a record. A time or a text that no event can have, as an import of version 0.1 let in, is read as the
     * nearest one that it can, and told: the rest of the log is worth more than that.
     *
     * @param told takes what was changed, in half a sentence
     */
    static Entry parse(RoomName room, List<String> cells, Consumer<String> told) throws DamagedException {
        boolean hasEpoch = cells.size() == HEADER.size();
        if (!hasEpoch && cells.size() != WITHOUT_EPOCHS.size()) {
            throw new DamagedException("there are " + cells.size() + " cells instead of " + HEADER.size());
        }
        try {
            // Whether it is an epoch is judged where all positions are.
            LogPosition place = new LogPosition(hasEpoch ? Digits.parseLong(cells.get(0)) : 0, 0);
            List<String> rest = hasEpoch ? cells.subList(1, cells.size()) : cells;
            MessageId id = rest.get(4).isEmpty() ? MessageId.NONE : MessageId.parse(rest.get(4));
            return new Entry(event(room, rest, told), id, place.epoch());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new DamagedException("a cell holds what does not belong there");
        }
    }

    private static String type(ChatEvent event) {
        if (event instanceof ChatEvent.Said said) {
            return said.action() ? "action" : "said";
        } else if (event instanceof ChatEvent.Joined) {
            return "joined";
        } else if (event instanceof ChatEvent.Left) {
            return "left";
        } else if (event instanceof ChatEvent.Topic) {
            return "topic";
        }
        throw new IllegalArgumentException("unknown event");
    }

    public static String text(ChatEvent event) {
        if (event instanceof ChatEvent.Said said) {
            return said.text();
        } else if (event instanceof ChatEvent.Left left) {
            return left.reason();
        } else if (event instanceof ChatEvent.Topic topic) {
            return topic.topic();
        }
        return "";
    }

    private static ChatEvent event(RoomName room, List<String> cells, Consumer<String> told) {
        long seq = Digits.parseLong(cells.get(0));
        Instant said = Instant.parse(cells.get(1));
        Instant time = Limits.nearestTime(said);
        if (!time.equals(said)) {
            told.accept("event " + seq + " of " + room + " is of " + said + ", and taken to be of " + time);
        }
        UserName from = new UserName(cells.get(3));
        boolean line = cells.get(2).equals("left") || cells.get(2).equals("topic");
        String text = Limits.cut(cells.get(5), line ? Limits.LINE_BYTES : Limits.TEXT_BYTES);
        if (text.length() < cells.get(5).length()) {
            told.accept("the text of event " + seq + " of " + room + " is too long, and cut");
        }
        return switch (cells.get(2)) {
            case "said" -> new ChatEvent.Said(room, seq, time, from, text, false);
            case "action" -> new ChatEvent.Said(room, seq, time, from, text, true);
            case "joined" -> new ChatEvent.Joined(room, seq, time, from);
            case "left" -> new ChatEvent.Left(room, seq, time, from, text);
            case "topic" -> new ChatEvent.Topic(room, seq, time, from, text);
            default -> throw new IllegalArgumentException("unknown type");
        };
    }
}
