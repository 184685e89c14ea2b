package io.kabar.chat.spi;

import io.kabar.chat.Name;
import io.kabar.chat.internal.names.NameTable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who or what is meant by a name, among accounts or among rooms. New names are let in only if they look like none that
 * is there. What was there before the present table of characters is never merged: where two share a key, <b>the older
 * keeps it</b>, and the other is found by its exact spelling only.
 *
 * <p>Not thread-safe.
 *
 * @param <V> what the names are of
 */
public final class NameIndex<V> {

    private record Entry<V>(Name name, V value) {}

    private final Map<String, Entry<V>> bySpelling = new HashMap<>();
    private final Map<String, Entry<V>> byKey = new HashMap<>();
    /** For what else than its key a name may be taken, and how many may. */
    private final Map<String, Integer> looks = new HashMap<>();

    /** An index of nothing. */
    public NameIndex() {}

    /** The version of the table that keys are made with; keep it with what is kept by key. */
    public static int tableVersion() {
        return NameTable.version();
    }

    /** What has exactly this name, or else what has its key. */
    public Optional<V> find(Name name) {
        Entry<V> found = bySpelling.get(name.text());
        if (found == null) {
            found = byKey.get(name.key());
        }
        return Optional.ofNullable(found).map(Entry::value);
    }

    /** The name by which something of this key is found; the name itself may be another one's. */
    public Optional<Name> holder(Name name) {
        return Optional.ofNullable(byKey.get(name.key())).map(Entry::name);
    }

    /** Whether a new name would be taken for one that is there. */
    public boolean isTaken(Name name) {
        return bySpelling.containsKey(name.text())
                || byKey.containsKey(name.key())
                || name.looks().stream().anyMatch(look -> looks.containsKey(look) || byKey.containsKey(look));
    }

    /**
     * Adds a new name.
     *
     * @return false, and nothing is changed, if it {@linkplain #isTaken is taken}
     */
    public boolean add(Name name, V value) {
        if (isTaken(name)) {
            return false;
        }
        restore(name, value);
        return true;
    }

    /**
     * Adds a name that was there before, the oldest first; one of the same spelling is replaced.
     *
     * @return whether it has its key; if not, it is found by its exact spelling only
     */
    public boolean restore(Name name, V value) {
        remove(name);
        Entry<V> entry = new Entry<>(name, value);
        bySpelling.put(name.text(), entry);
        otherLooks(name).forEach(look -> looks.merge(look, 1, Integer::sum));
        return byKey.putIfAbsent(name.key(), entry) == null;
    }

    /** Takes a name out. Whoever shares its key is still found by spelling only, until all are added anew. */
    public void remove(Name name) {
        Entry<V> gone = bySpelling.remove(name.text());
        if (gone != null) {
            byKey.remove(name.key(), gone);
            otherLooks(name).forEach(look -> looks.computeIfPresent(look, (key, n) -> n == 1 ? null : n - 1));
        }
    }

    private static Set<String> otherLooks(Name name) {
        Set<String> others = new HashSet<>(name.looks());
        others.remove(name.key());
        return others;
    }

    /** The names that are found by their exact spelling only. */
    public Set<Name> exactOnly() {
        Set<Name> exact = new HashSet<>();
        bySpelling.values().forEach(entry -> {
            if (!entry.equals(byKey.get(entry.name().key()))) {
                exact.add(entry.name());
            }
        });
        return exact;
    }
}
