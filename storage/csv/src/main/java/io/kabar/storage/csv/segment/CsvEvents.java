package io.kabar.storage.csv.segment;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.RoomName;
import io.kabar.chat.spi.EventFields;
import io.kabar.chat.spi.Journal.Entry;
import io.kabar.storage.csv.files.CsvLine;
import io.kabar.storage.csv.files.DamagedException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Events as records of a CSV file, with the columns of {@link EventFields}; the room is told by the folder. Files of
 * earlier versions have fewer columns: they are read, and never written to again.
 */
public final class CsvEvents {

    private static final List<String> HEADER = EventFields.COLUMNS;

    /** What versions before events named accounts have written. */
    private static final List<String> WITHOUT_ACCOUNTS = List.of("epoch", "seq", "time", "type", "from", "id", "text");

    /** What versions before there were epochs have written. */
    private static final List<String> WITHOUT_EPOCHS = WITHOUT_ACCOUNTS.subList(1, WITHOUT_ACCOUNTS.size());

    private static final List<List<String>> KNOWN = List.of(HEADER, WITHOUT_ACCOUNTS, WITHOUT_EPOCHS);

    /** By which a header of events is known, whatever else a later version has put there. */
    private static final List<String> MARKS = List.of("seq", "time", "type");

    private CsvEvents() {}

    public static String header() {
        StringBuilder out = new StringBuilder();
        CsvLine.append(out, HEADER.toArray(String[]::new));
        return out.toString();
    }

    /** Tells whether it is the header that this version writes. */
    static boolean checkHeader(List<String> cells) throws DamagedException {
        if (!KNOWN.contains(cells)) {
            throw new DamagedException("the header is not " + String.join(",", HEADER));
        }
        return cells.equals(HEADER);
    }

    /** Whether these are the columns of events, and not those that this program knows. */
    static boolean isNewer(List<String> cells) {
        return cells.containsAll(MARKS) && !KNOWN.contains(cells);
    }

    public static void append(StringBuilder out, Entry entry) {
        CsvLine.append(out, EventFields.cells(entry.event(), entry.id()));
    }

    /**
     * Reads a record; which columns it has, its length tells. A time or a text that no event can have, as an import of
     * version 0.1 let in, is read as the nearest one that it can, and told.
     *
     * @param told takes what was changed, in half a sentence
     */
    static Entry parse(RoomName room, List<String> cells, Consumer<String> told) throws DamagedException {
        for (List<String> columns : KNOWN) {
            if (columns.size() == cells.size()) {
                return parse(room, columns, cells, told);
            }
        }
        throw new DamagedException("there are " + cells.size() + " cells instead of " + HEADER.size());
    }

    private static Entry parse(RoomName room, List<String> columns, List<String> cells, Consumer<String> told)
            throws DamagedException {
        EventFields.Source fields = name -> {
            int at = columns.indexOf(name);
            return at < 0 ? null : cells.get(at);
        };
        try {
            ChatEvent event = EventFields.parse(room, fields, told);
            return new Entry(event, EventFields.id(fields));
        } catch (IllegalArgumentException e) {
            throw new DamagedException("a cell holds what does not belong there");
        }
    }
}
