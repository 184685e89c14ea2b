package io.kabar.storage.csv.room;

import io.kabar.chat.spi.Journal.Entry;
import io.kabar.storage.csv.segment.RoomFolder;
import java.io.IOException;
import java.util.List;

/**
 * The topic of a room that is written to, and whether room.csv tells it. It lasts a little later than the event that
 * set it; until then no index may hide that event. Used by the thread that appends.
 */
final class KeptTopic {

    private final RoomFolder folder;
    private final Storage storage;
    private RoomTopic topic;
    private boolean saved;
    /** How often the topic was written, and up to which time it is certainly on the disk. */
    private int writes;

    private volatile int lasts;

    /**
     * A topic that was found.
     *
     * @param saved whether room.csv says so
     */
    KeptTopic(RoomFolder folder, Storage storage, RoomTopic topic, boolean saved) {
        this.folder = folder;
        this.storage = storage;
        this.topic = topic;
        this.saved = saved;
    }

    String text() {
        return topic.text();
    }

    /** Takes over what these events have set, and writes it. */
    void note(List<Entry> entries) {
        for (Entry entry : entries) {
            if (entry.event().isTopic()) {
                topic = new RoomTopic(entry.event().sequence(), entry.event().text());
                saved = false;
            }
        }
        try {
            save();
        } catch (IOException e) {
            storage.log().cannotKeepTopic(folder.room(), e);
        }
    }

    /** Before a new segment: a start looks for the topic in the newest one only; where none was set, nowhere. */
    void beforeSegment() throws IOException {
        if (topic.seq() == 0) {
            save();
        } else if (!saved || lasts != writes) {
            topic.write(folder);
            saved = true;
            lasts = writes;
        }
    }

    private void save() throws IOException {
        if (saved) {
            return;
        }
        int write = ++writes;
        topic.writeUnforced(folder);
        storage.sync().placed(folder.topicFile(), () -> lasts = Math.max(lasts, write));
        saved = true;
    }

    /** Whether the event that set it may be passed over by a start, which reads from the last index entry on. */
    boolean lasts() {
        return saved && (topic.seq() == 0 || lasts == writes);
    }
}
