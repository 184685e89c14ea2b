package io.kabar.chat.server;

import io.kabar.chat.spi.ServerRecords;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Records that last as long as the program. */
public final class MemoryServerRecords implements ServerRecords {

    private record Place(String kind, String key) {}

    private final Map<Place, Entry> entries = new LinkedHashMap<>();

    /** No records. */
    public MemoryServerRecords() {}

    @Override
    public synchronized Collection<Entry> load() {
        return List.copyOf(entries.values());
    }

    @Override
    public synchronized void put(Entry entry) {
        Place place = new Place(entry.kind(), entry.key());
        entries.remove(place); // it comes last from now on
        entries.put(place, entry);
    }

    @Override
    public synchronized void remove(String kind, String key) {
        entries.remove(new Place(kind, key));
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
