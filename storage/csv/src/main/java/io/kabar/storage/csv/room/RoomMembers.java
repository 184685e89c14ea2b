package io.kabar.storage.csv.room;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.RoomChange;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.text.Digits;
import io.kabar.storage.csv.files.AtomicFile;
import io.kabar.storage.csv.files.CsvLine;
import io.kabar.storage.csv.files.SmallCsv;
import io.kabar.storage.csv.segment.RoomFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a room: has joined and not left. The log says so; this remembers it up to an event, so that a start has to
 * read only what came after. The file is a hint that is not forced to the disk: whoever finds it missing, cut off or
 * from the future reads the log instead.
 */
public final class RoomMembers {

    /** Events after which the file is written anew: a start reads about as many. */
    static final long EVERY = 1024;

    /** Some hundred thousand names. */
    private static final int LONGEST = 32 << 20;

    private static final List<String> HEADER = List.of("after_event", "count");

    private final Map<String, UserName> inside;
    private long saved;

    private RoomMembers(Map<String, UserName> inside, long saved) {
        this.inside = inside;
        this.saved = saved;
    }

    /** Nobody, before the first event. */
    static RoomMembers none() {
        return new RoomMembers(new LinkedHashMap<>(), 0);
    }

    /** Null if the file is missing or damaged. */
    static @Nullable RoomMembers read(RoomFolder folder) {
        Path file = folder.membersFile();
        try {
            List<List<String>> rows = SmallCsv.rows(file, HEADER, LONGEST);
            List<String> facts = rows.get(0);
            Map<String, UserName> inside = new LinkedHashMap<>();
            for (List<String> cells : rows.subList(1, rows.size())) {
                UserName name = new UserName(cells.get(0));
                inside.put(name.text(), name);
            }
            boolean whole = facts.size() == HEADER.size() && Digits.parseInt(facts.get(1)) == inside.size();
            return whole ? new RoomMembers(inside, Digits.parseLong(facts.get(0))) : null;
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return null;
        }
    }

    /** Up to which event the file, or nothing if there is none, tells who is inside. */
    long saved() {
        return saved;
    }

    public void note(ChatEvent event) {
        if (event.isJoined()) {
            inside.put(event.from().text(), event.from());
        } else if (event.isLeft()) {
            inside.remove(event.from().text());
        } else if (event.content() instanceof RoomChange) {
            inside.values().removeIf(event::endsStayOf);
        }
    }

    public Set<UserName> names() {
        return new LinkedHashSet<>(inside.values());
    }

    /** Writes the file if many events, up to number {@code last}, have come since it was written. */
    public void save(RoomFolder folder, long last) throws IOException {
        if (last - saved < EVERY) {
            return;
        }
        StringBuilder text = new StringBuilder();
        CsvLine.append(text, HEADER.toArray(String[]::new));
        CsvLine.append(text, Long.toString(last), Integer.toString(inside.size()));
        for (UserName name : new ArrayList<>(inside.values())) {
            CsvLine.append(text, name.text());
        }
        saved = last; // a disk that takes nothing is asked again when as many have come once more
        AtomicFile.writeUnforced(folder.membersFile(), text.toString());
    }
}
