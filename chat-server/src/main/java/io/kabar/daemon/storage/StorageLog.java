package io.kabar.daemon.storage;

import io.kabar.chat.RoomName;
import io.kabar.daemon.log.Throttle;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator is told about the journal, at most once a second for each kind. */
final class StorageLog {

    private static final Logger LOG = LoggerFactory.getLogger(CsvJournal.class);

    private final Throttle throttle = new Throttle();

    void cannotWrite(RoomName room, String reason, int refused) {
        warn("write", "cannot write the log of " + room + ", refused " + refused + ": " + reason);
    }

    void writesAgain(RoomName room) {
        LOG.info("can write the log of {} again", room);
    }

    void cannotSync(IOException e) {
        warn("sync", "cannot bring the log to the disk: " + FileTrouble.reason(e));
    }

    void cannotKeepTopic(RoomName room, IOException e) {
        warn("topic", "cannot write the topic of " + room + " beside its log: " + FileTrouble.reason(e));
    }

    void cannotKeepMembers(RoomName room, IOException e) {
        warn("members", "cannot write who is in " + room + " beside its log: " + FileTrouble.reason(e));
    }

    void cannotRead(RoomName room, IOException e) {
        warn("read", "cannot read the log of " + room + ": " + FileTrouble.reason(e));
    }

    /** Not throttled: each tells of another file. */
    void setAside(SegmentDamage damage, String kept) {
        LOG.warn("damaged: {}; {}", damage.getMessage(), kept);
    }

    void damagedInUse(SegmentDamage damage) {
        warn("damage in use", "damaged: " + damage.getMessage() + "; moved aside as soon as nothing is written to it");
    }

    void cut(RoomFolder folder, long segment, long bytes) {
        LOG.info("cut {} bytes of an unfinished record off {}", bytes, folder.segment(segment));
    }

    void gone(RoomFolder folder, long segment) {
        warn("gone", "somebody has removed " + folder.segment(segment) + "; its events are gone");
    }

    void newSegment(RoomName room, String reason) {
        LOG.warn("the log of {} goes on in a new file: {}", room, reason);
    }

    void failed(String what, RuntimeException e) {
        LOG.error("internal error while {}", what, e);
    }

    private void warn(String kind, String line) {
        throttle.line(kind, line, LOG::warn);
    }
}
