package io.kabar.storage.csv.exchange;

import java.util.Map;
import java.util.TreeMap;

/** Which numbers events have in the log they come into: one entry for each run of events that move alike. */
final class GivenNumbers {

    /** By the first number of a run elsewhere, the first one here, and how many there are. */
    private record Run(long here, long count) {}

    private final TreeMap<Long, Run> runs = new TreeMap<>();

    /** Event {@code there} has a number here; of a number that comes twice the first holds. */
    void put(long there, long here) {
        Map.Entry<Long, Run> last = runs.floorEntry(there);
        if (last != null && there < last.getKey() + last.getValue().count()) {
            return;
        }
        if (last != null
                && there == last.getKey() + last.getValue().count()
                && here == last.getValue().here() + last.getValue().count()) {
            runs.put(
                    last.getKey(),
                    new Run(last.getValue().here(), last.getValue().count() + 1));
        } else {
            runs.put(there, new Run(here, 1));
        }
    }

    /** The number that this event has here; 0 if it has not come. */
    long of(long there) {
        Map.Entry<Long, Run> run = runs.floorEntry(there);
        long behind = run == null ? 0 : there - run.getKey();
        return run == null || behind >= run.getValue().count()
                ? 0
                : run.getValue().here() + behind;
    }
}
