package io.kabar.swing.transcript;

import java.util.LinkedHashMap;
import java.util.Map;

/** What was measured of late, by row and width: whoever scrolls back and forth measures nothing twice. */
final class RowCache {

    /** Some windows full. */
    private static final int MOST = 1_024;

    private record Key(Row row, int width) {}

    private final Map<Key, RowLayout> layouts = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, RowLayout> eldest) {
            return size() > MOST;
        }
    };
    private long laidOut;

    /** Measured for a width, now or before. */
    RowLayout layout(Row row, int width, Fonts fonts) {
        Key key = new Key(row, width);
        RowLayout known = layouts.get(key);
        if (known == null) {
            laidOut++;
            known = RowLayout.of(row, width, fonts);
            layouts.put(key, known);
        }
        return known;
    }

    /** Fonts or colours are others. */
    void clear() {
        layouts.clear();
    }

    /** How many rows were ever measured. */
    long laidOut() {
        return laidOut;
    }
}
