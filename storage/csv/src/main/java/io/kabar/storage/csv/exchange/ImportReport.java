package io.kabar.storage.csv.exchange;

import io.kabar.storage.csv.files.Counted;
import io.kabar.storage.csv.folder.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an import has taken, changed and left out, for the person who asked for it. */
public final class ImportReport {

    /** Examples told of each kind; the rest is counted. */
    private static final int EXAMPLES = 5;

    private static final class Kind {
        private final List<String> examples = new ArrayList<>();
        private long count;

        void add(String example) {
            count++;
            if (examples.size() < EXAMPLES && !examples.contains(example)) {
                examples.add(example);
            }
        }

        String text() {
            return String.join("; ", examples) + (count > examples.size() ? "; ... (" + count + " in all)" : "");
        }
    }

    private final Map<String, Kind> leftOut = new LinkedHashMap<>();
    private final Map<String, Kind> changed = new LinkedHashMap<>();
    private long events;
    private @Nullable Instant oldest;
    private String taken = "Nothing was taken.";

    public ImportReport() {}

    void tookEvent(Instant time) {
        events++;
        oldest = oldest == null || time.isBefore(oldest) ? time : oldest;
    }

    void leftOut(String what, String example) {
        leftOut.computeIfAbsent(what, key -> new Kind()).add(example);
    }

    void changed(String what, String example) {
        changed.computeIfAbsent(what, key -> new Kind()).add(example);
    }

    void done(int rooms, int accounts) {
        taken = "Taken: " + Counted.of(events, "event") + " in " + Counted.of(rooms, "room") + ", "
                + Counted.of(accounts, "account") + ".";
    }

    /** Whether something was left out. */
    public boolean isPartial() {
        return !leftOut.isEmpty();
    }

    /** The report, a line for each kind of thing. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(taken));
        Duration standard = Retention.STANDARD.age();
        if (oldest != null && oldest.isBefore(Instant.now().minus(standard))) {
            lines.add("Note: some events are older than " + standard.toDays()
                    + " days. A server that is not told to keep more (--history) lets go of them.");
        }
        changed.forEach((what, kind) -> lines.add("Changed: " + what + " (" + kind.count + ")."));
        leftOut.forEach((what, kind) -> lines.add("Left out: " + what + ": " + kind.text() + "."));
        return lines;
    }
}
