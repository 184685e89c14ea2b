package io.kabar.storage.csv.room;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.spi.Journal.Entry;
import io.kabar.chat.spi.Journal.Proposal;
import io.kabar.chat.spi.Journal.Snapshot;
import io.kabar.storage.csv.files.AtomicFile;
import io.kabar.storage.csv.files.SegmentFile;
import io.kabar.storage.csv.folder.Retention;
import io.kabar.storage.csv.layout.EventTimes;
import io.kabar.storage.csv.layout.KeptSnapshots;
import io.kabar.storage.csv.segment.RoomFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A room's log as it is written. One thread appends; others may read {@link #segments()}, which only ever tells of what
 * is whole and committed.
 *
 * <p>A write that fails leaves nothing behind: the segment is cut back to its last whole record at once, or, if not
 * even that works, before the next write.
 */
public final class RoomJournal {

    /** Events and bytes from which on the log goes on in a new segment. */
    public static final int SEGMENT_EVENTS = 10_000;

    public static final long SEGMENT_BYTES = 4 * 1024 * 1024;

    private final RoomFolder folder;
    private final RoomSegments segments;
    private final Storage storage;
    private final Retention retention;
    private final KeptByNumber kept;
    private final SegmentRolling rolling;

    /** The active segment; or the numbers, of a room of which nothing is kept. */
    private @Nullable SegmentFile file;
    /** When the newest event happened; before all time while there is none. */
    private Instant newest;

    private boolean torn;
    private boolean worthKeeping = true;
    private final KeptSnapshots snapshots;
    private final KeptTopic topic;
    private final RoomHints hints;
    private boolean stateIsAhead;
    private final NewNames names;

    /**
     * A log of which the topic is {@code topic}.
     *
     * @param topicSaved whether room.csv says so
     * @param members who is inside
     * @param newest when the newest event happened; {@link Instant#MIN} if nobody knows
     * @param epochs whose writing it is
     */
    RoomJournal(
            RoomSegments segments,
            RoomTopic topic,
            boolean topicSaved,
            RoomMembers members,
            Instant newest,
            RoomEpochs epochs,
            Storage storage) {
        this.newest = newest;
        this.folder = segments.folder();
        hints = new RoomHints(folder, storage, members, epochs);
        snapshots = folder.snapshots();
        this.segments = segments;
        this.storage = storage;
        names = new NewNames(folder, storage);
        this.topic = new KeptTopic(folder, storage, topic, topicSaved);
        retention = storage.rules().of(folder.room());
        kept = new KeptByNumber(folder);
        rolling = new SegmentRolling(segments, retention);
    }

    public RoomSegments segments() {
        return segments;
    }

    /** Nothing has happened here beside people coming and going. */
    void nothingSaidYet() {
        worthKeeping = false;
    }

    /** Whether anything has happened here beside people coming and going; true if that is not known. */
    public boolean isWorthKeeping() {
        return worthKeeping;
    }

    private void note(ChatEvent event) {
        worthKeeping |= !event.isComingOrGoing();
    }

    public String topic() {
        return topic.text();
    }

    /** Who is inside and whose writing it is, beside the log. */
    public RoomHints hints() {
        return hints;
    }

    /** When the newest event happened; {@link Instant#MIN} if nobody knows. */
    public Instant newest() {
        return newest;
    }

    /**
     * Appends events and gives them their numbers. Time never decreases within a room, whatever the clock does: an
     * event that is dated before the newest one, or before {@code floor}, gets that time.
     *
     * @param stored takes those that are stored, also when this ends with an exception
     */
    public void append(List<Proposal> drafts, Instant floor, List<Entry> stored) throws IOException {
        drafts.forEach(draft -> note(draft.draft()));
        List<Proposal> proposals = EventTimes.inOrder(drafts, newest.isBefore(floor) ? floor : newest);
        try {
            appendDated(proposals, stored);
        } finally {
            if (!stored.isEmpty()) {
                newest = stored.get(stored.size() - 1).event().time();
            }
        }
    }

    private void appendDated(List<Proposal> proposals, List<Entry> stored) throws IOException {
        if (retention.keepsNothing()) {
            count(proposals, stored);
            return;
        }
        int next = 0;
        while (next < proposals.size()) {
            if (rolling.isFull(proposals.get(next).draft().time())) {
                startSegment(false);
            }
            RunBuffer run = rolling.run(proposals, next);
            write(run);
            stored.addAll(run.entries());
            next += run.entries().size();
        }
    }

    /** Gives numbers to events that are not kept; from the file alone it is known later that they are taken. */
    private void count(List<Proposal> proposals, List<Entry> stored) throws IOException {
        if (!segments.view().isEmpty() && !forgetBefore(segments.view().last() + 1)) {
            throw new IOException("its state is not kept yet"); // of a room whose events are to go
        }
        SegmentFile out = numbers();
        long last = segments.view().last();
        RoomNumbers.write(out, last + proposals.size());
        if (storage.always()) {
            names.force(out, folder.numbers());
        } else {
            storage.sync().written(out);
        }
        for (Proposal proposal : proposals) {
            stored.add(new Entry(proposal.draft().withSequence(++last), proposal.id()));
        }
        topic.note(stored);
        hints.noteEpochs(stored);
        segments.count(proposals.size());
        stateIsAhead |=
                stored.stream().anyMatch(entry -> entry.event().content().kind() == Content.VALUE_SET);
    }

    /** Whether a value was set that is nowhere but in the state of the room, as nothing else is kept. Asked once. */
    public boolean takeStateIsAhead() {
        boolean is = stateIsAhead;
        stateIsAhead = false;
        return is;
    }

    private SegmentFile numbers() throws IOException {
        SegmentFile out = file;
        if (out == null) {
            names.makeFolder();
            if (!RoomNumbers.isInForm(folder)) {
                AtomicFile.writeUnforced(
                        folder.numbers(), RoomNumbers.text(segments.view().last()));
                names.place(folder.numbers());
            }
            out = RoomNumbers.open(storage, folder);
            file = out;
        }
        return out;
    }

    /**
     * First number of what is kept by the number of events; what is before may go.
     *
     * @param mostBytes what the log may have before the number counts by itself
     */
    public long surplusBefore(long mostBytes) {
        RoomSegments.View view = segments.view();
        return retention.keepsNothing() ? view.first() : kept.first(view, retention.events(), mostBytes);
    }

    /** The same with the bytes that the rules allow. */
    public long surplusBefore() {
        return surplusBefore(storage.rules().roomBytes());
    }

    /** The snapshots of the room's state; no event goes that they do not cover. */
    public KeptSnapshots snapshots() {
        return snapshots;
    }

    /** Keeps a snapshot: what it covers is on the disk before. */
    public void keep(Snapshot snapshot) throws IOException {
        if (file != null && !storage.always()) {
            file.force();
        }
        snapshots.write(snapshot);
    }

    /**
     * Lets go of the events before {@code first}, by whole segments; of all of them if nothing is to be kept.
     *
     * @return whether they may go; if not, the room's state is to be kept first
     */
    public boolean forgetBefore(long first) throws IOException {
        RoomSegments.View view = segments.view();
        if (view.isEmpty()) {
            return true;
        }
        if (!snapshots.cover(retention.keepsNothing() ? view.last() + 1 : first)) {
            return false;
        }
        long[] old;
        if (retention.keepsNothing()) {
            release();
            numbersLast();
            Files.deleteIfExists(folder.membersFile());
            old = segments.dropAll();
        } else {
            if (first > view.last() && view.last() >= view.active()) {
                startSegment(true);
            }
            old = segments.dropBefore(first);
        }
        for (long segment : old) {
            folder.delete(segment);
        }
        return true;
    }

    private void write(RunBuffer run) throws IOException {
        SegmentFile out = opened();
        RoomSegments.View view = segments.view();
        ByteBuffer bytes = run.bytes();
        int length = bytes.remaining();
        try {
            out.writeAll(bytes, view.activeBytes());
            if (storage.always()) {
                names.force(out, folder.segment(view.active()));
            }
        } catch (IOException e) {
            torn = true;
            cutBack(out);
            throw e;
        }
        if (!storage.always()) {
            storage.sync().written(out);
        }
        topic.note(run.entries());
        hints.noteEpochs(run.entries());
        hints.deletions().note(run.entries()); // before anybody can read them
        if (topic.lasts()) {
            run.index(folder.index(view.active()), view);
        }
        segments.grow(length, run.entries().size());
        hints.noteMembers(run.entries(), segments.view().last());
    }

    private void cutBack(SegmentFile out) {
        try {
            out.truncate(segments.view().activeBytes());
            torn = false;
        } catch (IOException e) {
            // Tried again before the next write; until then readers stop at the last whole record by themselves.
            release();
        }
    }

    /** The active segment, ready to be written to behind its last whole record. */
    private SegmentFile opened() throws IOException {
        SegmentFile out = file;
        if (out != null && !torn) {
            return out;
        }
        RoomSegments.View view = segments.view();
        try {
            if (out == null) {
                out = storage.opener().open(folder.segment(view.active()), false);
                file = out;
            }
        } catch (NoSuchFileException e) {
            return restart("the last one is gone");
        }
        if (out.size() < view.activeBytes()) {
            return restart("the last one has become shorter");
        }
        if (out.size() > view.activeBytes()) {
            if (!torn) {
                release();
                throw new IOException(folder.segment(view.active()) + " was written to by another program");
            }
            out.truncate(view.activeBytes());
        }
        torn = false;
        return out;
    }

    private SegmentFile restart(String reason) throws IOException {
        storage.log().newSegment(folder.room(), reason);
        return startSegment(false);
    }

    /** Lets the log go on in a new segment, so that the present one may be moved. */
    public void seal() throws IOException {
        if (!segments.view().isEmpty()
                && segments.view().last() >= segments.view().active()) {
            startSegment(true);
        }
    }

    /**
     * Begins a segment.
     *
     * @param lasting whether it is to be on the disk by then; else that is for the write that follows
     */
    private SegmentFile startSegment(boolean lasting) throws IOException {
        names.makeFolder();
        topic.beforeSegment();
        release();
        long first = segments.view().last() + 1;
        boolean named = Files.exists(folder.numbers());
        int header = begin(first, lasting || named);
        segments.add(first, header);
        if (named) {
            Files.deleteIfExists(folder.numbers()); // the name of the segment tells it now
        }
        rolling.begun();
        torn = false;
        SegmentFile out = storage.opener().open(folder.segment(first), false);
        file = out;
        return out;
    }

    private int begin(long first, boolean lasting) throws IOException {
        boolean known = segments.has(first) && Files.exists(folder.segment(first));
        if (known) {
            return NewSegment.beginAgain(storage, folder, first);
        }
        boolean forced = lasting && storage.always();
        int length = NewSegment.create(storage, folder, first, forced);
        if (!forced) {
            names.place(folder.segment(first));
        }
        return length;
    }

    /** Whether the folder was made since this was asked last. */
    public boolean takeNewFolder() {
        return names.takeNewFolder();
    }

    /** Before anything else that tells the newest number goes. */
    private void numbersLast() throws IOException {
        SegmentFile out = numbers();
        RoomNumbers.write(out, segments.view().last()); // the file may be older than the log
        names.toLast();
        names.force(out, folder.numbers());
    }

    /** Gives the open file back; it is opened again for the next write. */
    public void release() {
        if (file != null) {
            storage.sync().retire(file);
            file = null;
        }
    }

    /** Whether a file is open. */
    public boolean isOpen() {
        return file != null;
    }
}
