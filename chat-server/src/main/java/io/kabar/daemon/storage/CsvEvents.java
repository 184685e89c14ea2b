package io.kabar.daemon.storage;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.server.Journal.Entry;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/** Events as records of a CSV file: {@code seq,time,type,from,id,text}; the room is told by the folder. */
final class CsvEvents {

    private static final List<String> HEADER = List.of("seq", "time", "type", "from", "id", "text");

    private CsvEvents() {}

    static String header() {
        StringBuilder out = new StringBuilder();
        CsvLine.append(out, HEADER.toArray(String[]::new));
        return out.toString();
    }

    static void checkHeader(List<String> cells) throws DamagedException {
        if (!cells.equals(HEADER)) {
            throw new DamagedException("the header is not " + String.join(",", HEADER));
        }
    }

    static void append(StringBuilder out, Entry entry) {
        ChatEvent event = entry.event();
        CsvLine.append(
                out,
                Long.toString(event.sequence()),
                event.time().toString(),
                type(event),
                event.from().text(),
                entry.id().equals(MessageId.NONE) ? "" : entry.id().toString(),
                text(event));
    }

    static Entry parse(RoomName room, List<String> cells) throws DamagedException {
        if (cells.size() != HEADER.size()) {
            throw new DamagedException("there are " + cells.size() + " cells instead of " + HEADER.size());
        }
        try {
            MessageId id = cells.get(4).isEmpty() ? MessageId.NONE : MessageId.parse(cells.get(4));
            return new Entry(event(room, cells), id);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new DamagedException("a cell holds what does not belong there");
        }
    }

    /** The same event with its number. */
    static ChatEvent numbered(ChatEvent draft, long seq) {
        if (draft instanceof ChatEvent.Said e) {
            return new ChatEvent.Said(e.room(), seq, e.time(), e.from(), e.text(), e.action());
        } else if (draft instanceof ChatEvent.Joined e) {
            return new ChatEvent.Joined(e.room(), seq, e.time(), e.from());
        } else if (draft instanceof ChatEvent.Left e) {
            return new ChatEvent.Left(e.room(), seq, e.time(), e.from(), e.reason());
        } else if (draft instanceof ChatEvent.Topic e) {
            return new ChatEvent.Topic(e.room(), seq, e.time(), e.from(), e.topic());
        }
        throw new IllegalArgumentException("unknown event");
    }

    /** The same event at another time. */
    static ChatEvent dated(ChatEvent event, Instant time) {
        if (event instanceof ChatEvent.Said e) {
            return new ChatEvent.Said(e.room(), e.sequence(), time, e.from(), e.text(), e.action());
        } else if (event instanceof ChatEvent.Joined e) {
            return new ChatEvent.Joined(e.room(), e.sequence(), time, e.from());
        } else if (event instanceof ChatEvent.Left e) {
            return new ChatEvent.Left(e.room(), e.sequence(), time, e.from(), e.reason());
        } else if (event instanceof ChatEvent.Topic e) {
            return new ChatEvent.Topic(e.room(), e.sequence(), time, e.from(), e.topic());
        }
        throw new IllegalArgumentException("unknown event");
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

    static String text(ChatEvent event) {
        if (event instanceof ChatEvent.Said said) {
            return said.text();
        } else if (event instanceof ChatEvent.Left left) {
            return left.reason();
        } else if (event instanceof ChatEvent.Topic topic) {
            return topic.topic();
        }
        return "";
    }

    private static ChatEvent event(RoomName room, List<String> cells) {
        long seq = Digits.parseLong(cells.get(0));
        Instant time = Instant.parse(cells.get(1));
        UserName from = UserName.of(cells.get(3));
        String text = cells.get(5);
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
