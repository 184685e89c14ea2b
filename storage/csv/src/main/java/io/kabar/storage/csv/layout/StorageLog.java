package io.kabar.storage.csv.layout;

import io.kabar.chat.RoomName;
import io.kabar.storage.csv.files.DamagedException;
import io.kabar.storage.csv.files.FileTrouble;
import io.kabar.storage.csv.files.Throttle;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator is told about the journal, in the log and through the server: at most once a second for each kind of
 * trouble, and once a minute while it lasts.
 */
public final class StorageLog {

    private static final Logger LOG = LoggerFactory.getLogger(StorageLog.class);

    private static final int IGNORED_TOLD = 5;
    /** A log that is wrong once is wrong often, and read by many. */
    private static final Throttle BOUNDS = new Throttle();

    private final Throttle throttle = new Throttle();
    private final Throttle reminder = new Throttle(Duration.ofMinutes(1));
    private volatile boolean troubleTold;
    private volatile Consumer<String> server = sentence -> {};

    /** From now on the server is told as well, in sentences. */
    public void tell(Consumer<String> warning) {
        server = warning;
    }

    /** A room's log cannot be written. */
    public void cannotWrite(RoomName room, String reason, int refused) {
        reminder.line("write", "cannot write the log of " + room + ", refused " + refused + ": " + reason, line -> {
            troubleTold = true;
            warn(line);
        });
    }

    /**
     * A room's log can be written, and could not before. On a disk that is nearly full, what is short fits and what is
     * long does not: nobody is told of the end of what was not told.
     */
    public void writesAgain(RoomName room) {
        if (troubleTold) {
            troubleTold = false;
            String line = "can write the log of " + room + " again";
            LOG.info("{}", line);
            server.accept(sentence(line));
        }
    }

    public void cannotSync(IOException e) {
        warn("sync", "cannot bring the log to the disk: " + FileTrouble.reason(e));
    }

    public void cannotKeepTopic(RoomName room, IOException e) {
        warn("topic", "cannot write the topic of " + room + " beside its log: " + FileTrouble.reason(e));
    }

    public void cannotKeepMembers(RoomName room, IOException e) {
        warn("members", "cannot write who is in " + room + " beside its log: " + FileTrouble.reason(e));
    }

    public void cannotKeepDeletions(RoomName room, IOException e) {
        warn("deletions", "cannot write what was deleted in " + room + " beside its log: " + FileTrouble.reason(e));
    }

    public void cannotTakeOut(RoomName room, Exception e) {
        String reason = e instanceof IOException io ? FileTrouble.reason(io) : e.toString();
        warn("texts", "cannot take the texts of deleted messages out of the log of " + room + ": " + reason);
    }

    public void cannotKeepSnapshot(RoomName room, IOException e) {
        warn("snapshot", "cannot write the state of " + room + " beside its log: " + FileTrouble.reason(e));
    }

    public void cannotKeepEpochs(RoomName room, IOException e) {
        warn("epochs", "cannot write beside the log of " + room + " who wrote it: " + FileTrouble.reason(e));
    }

    public void cannotForget(RoomName room, Exception e) {
        String reason = e instanceof IOException io ? FileTrouble.reason(io) : e.toString();
        warn("forget", "cannot remove old events of " + room + ": " + reason);
    }

    public void forgot(RoomName room, long first) {
        LOG.info("the log of {} begins with event {} now", room, first);
    }

    public void numbersLost(RoomName room, DamagedException e, long last) {
        warn("damaged: " + e.getMessage() + "; the next event of " + room + " has number " + (last + 1));
    }

    public void cannotRead(RoomName room, IOException e) {
        warn("read", "cannot read the log of " + room + ": " + FileTrouble.reason(e));
    }

    /** Not throttled: each tells of another file. */
    public void setAside(IOException damage, String kept) {
        warn("damaged: " + damage.getMessage() + "; " + kept);
    }

    public void damagedInUse(IOException damage) {
        warn("damage in use", "damaged: " + damage.getMessage() + "; moved aside as soon as nothing is written to it");
    }

    public void cut(Path segment, long bytes) {
        LOG.info("cut {} bytes of an unfinished record off {}", bytes, segment);
    }

    public void gone(Path segment) {
        warn("gone", "somebody has removed " + segment + "; its events are gone");
    }

    /** What a start has found in the folders: files that got other names, and files that are nobody's, told once. */
    public void placed(List<String> renamed, List<Path> ignored) {
        renamed.forEach(this::warn);
        if (!ignored.isEmpty()) {
            String first =
                    ignored.stream().limit(IGNORED_TOLD).map(Path::toString).collect(Collectors.joining(", "));
            LOG.info(
                    "ignored, because it is no part of a log: {}{}",
                    first,
                    ignored.size() > IGNORED_TOLD ? ", ..." : "");
        }
    }

    /** {@code still}: it was told before, and nobody has set the clock right since. */
    void clockJumped(Instant clock, Duration ahead, Path file, boolean still) {
        String way = ahead.isNegative() ? "behind" : "ahead of";
        warn("the clock says " + clock.truncatedTo(ChronoUnit.SECONDS) + ", which is " + days(ahead.abs()) + " " + way
                + " what is known here" + (still ? ", still" : "")
                + ": nothing is deleted for its age by this clock before it has been so for "
                + ClockJudge.LASTS.toHours() + " hours of running; set it right, or, if it is right, write the present"
                + " time into " + file + " while the server is stopped");
    }

    void clockBelieved(Instant clock) {
        warn("the clock has said so for " + ClockJudge.LASTS.toHours() + " hours and is believed: "
                + clock.truncatedTo(ChronoUnit.SECONDS));
    }

    void cannotKeepClock(Path file, IOException e) {
        warn("clock", "cannot write " + file + ": " + FileTrouble.reason(e));
    }

    private static String days(Duration time) {
        return time.toDays() < 3 ? time.toHours() + " hours" : time.toDays() + " days";
    }

    public void newSegment(RoomName room, String reason) {
        warn("the log of " + room + " goes on in a new file: " + reason);
    }

    /** Who has edited it wrongly is to hear of it. */
    void unreadable(Path file, String whatNow) {
        warn("cannot read " + file + ": " + whatNow);
    }

    /**
     * Something in a log is not what an event can hold; it is shown as the nearest that can. For whoever reads files.
     */
    public static void outOfBounds(String what) {
        BOUNDS.line("out of bounds", what, line -> LOG.warn("{}", line));
    }

    /** A segment is numbered beyond what events can have. */
    public void beyond(String file, String aside) {
        warn("damaged: " + file + " is numbered beyond what events can have; moved to " + aside);
    }

    public void failed(String what, RuntimeException e) {
        LOG.error("internal error while {}", what, e);
    }

    private void warn(String kind, String line) {
        throttle.line(kind, line, this::warn);
    }

    private void warn(String line) {
        LOG.warn("{}", line);
        server.accept(sentence(line));
    }

    private static String sentence(String line) {
        return Character.toUpperCase(line.charAt(0)) + line.substring(1) + ".";
    }
}
