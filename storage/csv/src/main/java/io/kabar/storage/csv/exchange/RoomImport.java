package io.kabar.storage.csv.exchange;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.LogPosition;
import io.kabar.chat.spi.Journal.Entry;
import io.kabar.chat.spi.Journal.Snapshot;
import io.kabar.storage.csv.files.AtomicFile;
import io.kabar.storage.csv.layout.KeptSnapshots;
import io.kabar.storage.csv.room.RoomEpochs;
import io.kabar.storage.csv.room.RoomJournal;
import io.kabar.storage.csv.room.RoomMembers;
import io.kabar.storage.csv.room.RoomNumbers;
import io.kabar.storage.csv.room.RoomSegments;
import io.kabar.storage.csv.room.RoomTopic;
import io.kabar.storage.csv.room.Storage;
import io.kabar.storage.csv.segment.CsvEvents;
import io.kabar.storage.csv.segment.RoomFolder;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Events on their way into a room's log: written as segments of their own beside it, behind its newest number, and
 * moved in when all is there. So an import that fails has changed nothing.
 */
final class RoomImport implements Closeable {

    private final RoomFolder target;
    private final RoomFolder staged;
    private final boolean keepsNumbers;
    /** The one segment that an import may replace, because there is no event in it; 0 if there is none. */
    private final long empty;
    /** Whether it is, so far, the log that it was elsewhere. */
    private boolean sameLog;

    private final RoomMembers members;
    private final RoomEpochs epochs;
    /** What gets other numbers than it had is another history from then on. */
    private final long drawn = 1 + (new SecureRandom().nextLong() >>> 1) % LogPosition.MAX_EPOCH;

    private final GivenNumbers given = new GivenNumbers();
    private final List<Long> segments = new ArrayList<>();
    private final List<Snapshot> snapshots = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();
    private RoomTopic topic = RoomTopic.NONE;
    private long last;
    private long numbered;
    private long inSegment;
    private long bytes;
    private @Nullable FileChannel channel;
    private @Nullable OutputStream out;

    /**
     * An import behind what a room has.
     *
     * @param there the room's log, to which nobody appends meanwhile; if it has no events, those that come keep their
     *     numbers, as far as these grow
     */
    RoomImport(RoomJournal there, RoomFolder staged) {
        RoomSegments.View view = there.segments().view();
        target = there.segments().folder();
        last = view.last();
        empty = !view.isEmpty() && view.active() > last ? view.active() : 0;
        members = there.hints().members();
        epochs = there.hints().epochs();
        keepsNumbers = last == 0;
        sameLog = keepsNumbers;
        this.staged = staged;
    }

    /** Adds an event behind those that are there. */
    void add(Entry entry) throws IOException {
        long came = entry.event().sequence();
        long seq = keepsNumbers && came > last ? came : last + 1;
        boolean follows = seq == last + 1 && !segments.isEmpty();
        if (!follows || inSegment >= RoomJournal.SEGMENT_EVENTS || bytes >= RoomJournal.SEGMENT_BYTES) {
            begin(seq);
        }
        sameLog &= seq == came;
        given.put(came, seq);
        ChatEvent numbered = referring(entry.event()).withSequence(seq);
        ChatEvent event = sameLog ? numbered : numbered.withEpoch(drawn);
        line.setLength(0);
        Entry added = new Entry(event, entry.id());
        CsvEvents.append(line, added);
        epochs.note(added);
        write(line.toString());
        last = seq;
        inSegment++;
        if (event.isTopic()) {
            topic = new RoomTopic(seq, event.text());
        }
        members.note(event);
    }

    /** What an event is about has another number here. If it does not come along, nobody can tell what it was. */
    private ChatEvent referring(ChatEvent event) {
        long ref = event.ref() == 0 || sameLog ? event.ref() : given.of(event.ref());
        return ref == event.ref()
                ? event
                : new ChatEvent(
                        event.room(),
                        event.epoch(),
                        event.sequence(),
                        event.time(),
                        event.author(),
                        ref,
                        event.content());
    }

    private void begin(long first) throws IOException {
        close();
        segments.add(first);
        inSegment = 0;
        bytes = 0;
        write(CsvEvents.header());
    }

    private void write(String text) throws IOException {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        if (out == null) {
            Files.createDirectories(staged.path());
            Path file = staged.segment(segments.get(segments.size() - 1));
            channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                    AtomicFile.mode(file, AtomicFile.OWNER_FILE));
            out = new BufferedOutputStream(Channels.newOutputStream(channel));
        }
        out.write(encoded);
        bytes += encoded.length;
    }

    /** Brings to the disk what was added so far; more may be added. */
    @Override
    public void close() throws IOException {
        FileChannel open = channel;
        OutputStream writer = out;
        channel = null;
        out = null;
        if (open != null && writer != null) {
            try (open) {
                writer.flush();
                open.force(true);
            }
        }
    }

    /**
     * In which epochs the numbers before the first event that comes were given: by that a reader of the log is known
     * here, too.
     *
     * @param older what the file of the log says; null if it says nothing
     * @param first the number of the first event that comes
     */
    void olderEpochs(@Nullable RoomEpochs older, long first) {
        if (older != null && keepsNumbers && segments.isEmpty()) {
            older.endAt(first - 1);
            epochs.addAll(older);
        }
    }

    /** The state of the log that it was elsewhere, oldest first: of another one it says nothing. */
    void snapshots(List<Path> files) throws IOException {
        for (Path file : files) {
            Snapshot snapshot = KeptSnapshots.read(file, target.room());
            if (snapshot != null && sameLog && snapshot.position() <= Math.max(last, numbered)) {
                snapshots.add(snapshot);
            }
        }
    }

    /** A topic that was set by an event older than those added. */
    void olderTopic(RoomTopic older) {
        if (keepsNumbers && older.seq() > topic.seq()) {
            topic = older;
        }
    }

    /** Numbers up to this one were given to events that were not kept. */
    void countOn(long number) {
        if (keepsNumbers) {
            numbered = Math.max(numbered, number);
        }
    }

    /**
     * Brings everything to the disk, before the first room is changed.
     *
     * @throws FileAlreadyExistsException if there is a file where one is to go: whatever it is, nobody writes over it
     */
    void complete() throws IOException {
        close();
        for (long first : segments) {
            Path place = target.segment(first);
            if (first != empty && Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(
                        place.toString(), null, place + " is there, though nobody has made it");
            }
        }
    }

    /** Moves it all into the room's log. */
    void publish() throws IOException {
        Files.createDirectories(target.path());
        if (numbered <= last) { // otherwise the log is not kept, and neither is who came and went
            // Before the log: if this is all that gets done, it is from the future, and nobody believes it.
            members.save(target, last);
        }
        epochs.save(target, Storage.offline());
        for (Snapshot snapshot : sameLog ? snapshots : List.<Snapshot>of()) {
            target.snapshots().write(snapshot);
        }
        for (long first : segments) {
            target.index(first).delete();
            if (first == empty) {
                Files.move(staged.segment(first), target.segment(first), StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.move(staged.segment(first), target.segment(first)); // fails if there is a file of that name
            }
        }
        if (topic.seq() > 0) {
            topic.write(target);
        }
        if (numbered > last) {
            AtomicFile.write(target.numbers(), RoomNumbers.text(numbered));
        } else {
            Files.deleteIfExists(target.numbers());
        }
        AtomicFile.forceFolder(target.topicFile());
    }
}
