package io.kabar.storage.csv.room;

import io.kabar.chat.spi.Journal.Entry;
import io.kabar.chat.spi.Journal.Proposal;
import io.kabar.storage.csv.segment.CsvEvents;
import io.kabar.storage.csv.segment.SegmentIndex;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Some events of a room with their numbers, as the bytes of one write. */
final class RunBuffer {

    /** Bytes from which on a run is written before more is added to it. */
    private static final int FULL = 1024 * 1024;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Entry> entries = new ArrayList<>();
    private final List<Integer> offsets = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();

    /** Adds an event; false if it is full and the event has to wait for the next run. */
    boolean add(Proposal proposal, long seq) {
        if (bytes.size() >= FULL) {
            return false;
        }
        Entry entry = new Entry(proposal.draft().withSequence(seq), proposal.id());
        line.setLength(0);
        CsvEvents.append(line, entry);
        offsets.add(bytes.size());
        bytes.writeBytes(line.toString().getBytes(StandardCharsets.UTF_8));
        entries.add(entry);
        return true;
    }

    ByteBuffer bytes() {
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    List<Entry> entries() {
        return entries;
    }

    /**
     * Notes where events of this run are, once it is written.
     *
     * @param before how the log was until then
     */
    void index(SegmentIndex index, RoomSegments.View before) {
        for (int i = 0; i < entries.size(); i++) {
            long place = entries.get(i).event().sequence() - before.active();
            if (place > 0 && place % SegmentIndex.STRIDE == 0) {
                index.put((int) (place / SegmentIndex.STRIDE), before.activeBytes() + offsets.get(i));
            }
        }
    }
}
