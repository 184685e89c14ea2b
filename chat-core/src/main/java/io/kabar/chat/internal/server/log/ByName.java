package io.kabar.chat.internal.server.log;

import io.kabar.chat.UserName;
import io.kabar.chat.internal.text.SearchFolding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * People in the order of their names, to be told page by page and found by how their names begin. Case does not matter,
 * nor what else a search passes over. To come and to go costs the logarithm of how many there are; a page costs its
 * length beside.
 *
 * @param <V> what there is of each
 */
final class ByName<V> {

    /** Less than any character of a name: it stands between a name without its case and the name as it is written. */
    private static final char END = 0;

    private final SearchFolding folding = new SearchFolding();
    private final NavigableMap<String, V> people = new TreeMap<>();

    void put(UserName name, V value) {
        people.put(place(name.text()), value);
    }

    void remove(UserName name) {
        people.remove(place(name.text()));
    }

    private String place(String name) {
        return folding.folded(name) + END + name;
    }

    /**
     * Some of them, at most so many.
     *
     * @param beginning of all their names; empty for any
     * @param behind a name, which nobody need have any more: only those behind it; empty for all
     */
    List<V> page(String beginning, String behind, int most) {
        String first = folding.folded(beginning);
        NavigableMap<String, V> rest = people.tailMap(first, true);
        if (!behind.isEmpty() && place(behind).compareTo(first) > 0) {
            rest = people.tailMap(place(behind), false);
        }
        List<V> page = new ArrayList<>();
        for (Map.Entry<String, V> each : rest.entrySet()) {
            if (page.size() == most || !each.getKey().startsWith(first)) {
                break;
            }
            page.add(each.getValue());
        }
        return page;
    }
}
