package io.kabar.storage.csv.room;

import io.kabar.storage.csv.files.ChannelFile;
import io.kabar.storage.csv.files.SegmentFile;
import io.kabar.storage.csv.folder.RetentionRules;
import io.kabar.storage.csv.layout.StorageLog;

/**
 * What the rooms of a journal share.
 *
 * @param opener opens files for writing
 * @param always whether an event is on the disk before it is committed
 * @param rules how much is kept of which room
 * @param sync brings to the disk what is not there yet
 * @param log tells the operator
 */
public record Storage(
        SegmentFile.Opener opener, boolean always, RetentionRules rules, BackgroundSync sync, StorageLog log) {

    /** For programs that mend and write logs while no server runs. */
    public static Storage offline() {
        StorageLog log = new StorageLog();
        return new Storage(
                ChannelFile::open, true, RetentionRules.FOREVER, new BackgroundSync(ChannelFile::open, log), log);
    }
}
