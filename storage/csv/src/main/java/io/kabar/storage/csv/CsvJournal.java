package io.kabar.storage.csv;

import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.spi.Journal;
import io.kabar.storage.csv.files.AtomicFile;
import io.kabar.storage.csv.files.ChannelFile;
import io.kabar.storage.csv.files.FileTrouble;
import io.kabar.storage.csv.files.FreeSpace;
import io.kabar.storage.csv.files.JournalThreads;
import io.kabar.storage.csv.files.SegmentFile;
import io.kabar.storage.csv.folder.DataFolder;
import io.kabar.storage.csv.folder.RetentionRules;
import io.kabar.storage.csv.layout.FolderClock;
import io.kabar.storage.csv.layout.StorageLog;
import io.kabar.storage.csv.layout.ToldNames;
import io.kabar.storage.csv.room.BackgroundSync;
import io.kabar.storage.csv.room.DeletedTexts;
import io.kabar.storage.csv.room.Placement;
import io.kabar.storage.csv.room.RoomJournal;
import io.kabar.storage.csv.room.RoomRecovery;
import io.kabar.storage.csv.room.RoomSegments;
import io.kabar.storage.csv.room.Storage;
import io.kabar.storage.csv.segment.RoomFolder;
import io.kabar.storage.csv.segment.SegmentEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rooms' logs in CSV files, one folder a room, in segments that people and spreadsheets can read.
 *
 * <pre>
 *   DATA/rooms/lobby/room.csv                      the room's name and topic
 *                    epochs.csv                    in which runs of servers it was written; may be deleted
 *                    members.csv                   who was in it after some event; may be deleted
 *                    messages-000000000001.csv     events 1, 2, 3 ...
 *                    messages-000000000001.index   where every 256th of them begins; may be deleted
 *                    snapshot-000000001024.csv     its state as of an event; two are kept
 *                    deleted.csv                   whose texts are still to be taken out; may be deleted
 *                    last.csv                      the newest number, of a room whose events are not kept
 * </pre>
 *
 * <p>One thread appends, one reads, one brings to the disk, and one looks for what has become too old; so neither a
 * long read nor a slow disk delays a commit. Memory does not grow with the history, and neither does the time to open
 * it.
 */
public final class CsvJournal implements Journal {

    /** When an event is committed. */
    public enum Durability {
        /** When the operating system has it; on the disk within a second. Survives the end of the process. */
        OS,
        /** When it is on the disk. Survives a power failure. */
        ALWAYS
    }

    /** Reads that may wait; a server asks once for each member that lags. */
    private static final int READS = 32 * 1024;

    private final DataFolder data;
    private final RetentionRules rules;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final StorageLog log = new StorageLog();
    private final BackgroundSync sync;
    private final Storage storage;
    private final Map<RoomName, RoomJournal> rooms = new ConcurrentHashMap<>();
    private final DroppedNumbers numbers = new DroppedNumbers();
    /** What is to go of which room, and is not covered by a snapshot yet. */
    private final Map<RoomName, Long> toForget = new HashMap<>();

    private @Nullable ToldNames toldRooms;
    private @Nullable OneAtATime commits;
    private @Nullable JournalWriter writer;
    private @Nullable Thread writing;
    private @Nullable ThreadPoolExecutor reading;
    private @Nullable RetentionSweep sweep;
    private volatile boolean closed;

    /** A journal in a folder that this server holds. */
    public CsvJournal(DataFolder data, Durability durability, RetentionRules rules) {
        this(data, durability, rules, ChannelFile::open, InstantSource.system(), System::nanoTime);
    }

    CsvJournal(
            DataFolder data,
            Durability durability,
            RetentionRules rules,
            SegmentFile.Opener opener,
            InstantSource clock,
            LongSupplier nanos) {
        this.data = data;
        this.nanos = nanos;
        this.rules = rules;
        this.clock = clock;
        sync = new BackgroundSync(opener, log);
        storage = new Storage(opener, durability == Durability.ALWAYS, rules, sync, log);
    }

    @Override
    public Map<RoomName, Kept> open(Commits answers) {
        Map<RoomName, Kept> kept = new HashMap<>();
        FreeSpace space;
        log.tell(answers::warning);
        try {
            if (!Files.isDirectory(data.rooms())) {
                Files.createDirectory(data.rooms(), AtomicFile.mode(data.rooms(), AtomicFile.OWNER_FOLDER));
            }
            space = new FreeSpace(FreeSpace.of(Files.getFileStore(data.rooms())), System::nanoTime);
            Placement placement = Placement.complete(data.rooms());
            log.placed(placement.renamed(), placement.ignored());
            for (RoomFolder folder : placement.rooms()) {
                RoomJournal room = RoomRecovery.open(folder, storage);
                boolean empty =
                        !room.isWorthKeeping() && room.hints().members().names().isEmpty();
                if (empty && !folder.room().equals(RoomName.LOBBY)) {
                    numbers.dropped(room.segments().view().last());
                    folder.deleteAll();
                    continue;
                }
                rooms.put(folder.room(), room);
                kept.put(folder.room(), kept(room));
            }
        } catch (Placement.Unplaced e) {
            throw new UncheckedIOException(e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The logs in " + data.rooms() + " cannot be opened: " + FileTrouble.place(e) + ".", e);
        }
        start(new OneAtATime(answers), FolderClock.open(data.path(), clock, nanos, newestEvent(), log), space);
        JournalWriter appender = opened(writer);
        toForget.forEach(appender::forget);
        return kept;
    }

    /** What is not to be kept goes as soon as the room's state is; before, nobody is shown it. */
    private Kept kept(RoomJournal room) throws IOException {
        RoomSegments.View view = room.segments().view();
        List<Snapshot> snapshots = room.snapshots().read(log, view.last());
        RoomName name = room.segments().folder().room();
        boolean none = rules.of(name).keepsNothing();
        long first = none ? view.last() + 1 : room.surplusBefore();
        try {
            if (!room.forgetBefore(first)) {
                toForget.put(name, first);
            }
        } catch (IOException e) {
            log.cannotForget(name, e); // the next sweep tries again
        }
        return new Kept(
                        none ? view.last() + 1 : room.segments().view().first(),
                        room.segments().view().last(),
                        room.topic(),
                        room.hints().members().names(),
                        room.hints().epochs().byFirst(),
                        room.isWorthKeeping())
                .with(snapshots, (position, taker) -> replay(room.segments(), position, taker));
    }

    private void replay(RoomSegments segments, long position, Consumer<Entry> taker) {
        RoomSegments.View view = segments.view();
        for (int i = view.indexOf(position + 1); i < view.firsts().length; i++) {
            try {
                SegmentEvents.each(segments.folder(), view.firsts()[i], position + 1, taker);
            } catch (NoSuchFileException e) {
                // Told when somebody reads there; whoever folds sees that there is a hole.
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "The log of " + segments.folder().room() + " cannot be read: " + FileTrouble.place(e) + ".", e);
            }
        }
    }

    @Override
    public void snapshot(RoomName room, Snapshot snapshot) {
        opened(writer).keep(room, snapshot);
    }

    @Override
    public Collection<RoomName> untold(Collection<RoomName> lookAlikes) {
        toldRooms = ToldNames.open(data.path().resolve(ToldNames.ROOMS));
        ToldNames told = toldRooms;
        return lookAlikes.stream().filter(room -> !told.isTold(room.text())).toList();
    }

    @Override
    public void told(Collection<RoomName> lookAlikes) {
        if (!lookAlikes.isEmpty() || Files.exists(data.path().resolve(ToldNames.ROOMS))) {
            opened(toldRooms).keep(lookAlikes.stream().map(RoomName::text).toList());
        }
    }

    /** Of the rooms' newest events, the newest that is not from the future; null if there is none. */
    private @Nullable Instant newestEvent() {
        Instant now = clock.instant();
        return rooms.values().stream()
                .map(RoomJournal::newest)
                .filter(time -> time.isAfter(Instant.MIN) && !time.isAfter(now))
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private void start(OneAtATime answers, FolderClock folderClock, FreeSpace space) {
        commits = answers;
        JournalWriter appender = new JournalWriter(
                rooms,
                room -> RoomRecovery.create(RoomFolder.of(data.rooms(), room), numbers.last(), storage),
                numbers,
                space,
                answers,
                storage,
                folderClock::floor);
        writer = appender;
        writing = JournalThreads.thread("kabar-journal-writer", appender);
        writing.start();
        reading = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(READS),
                task -> JournalThreads.thread("kabar-journal-reader", task));
        sync.start();
        sweep = new RetentionSweep(rooms, rules, folderClock, appender::forget, log, this::takeOut);
        sweep.start();
    }

    /** Looks for events that are too old, which is done every hour by itself. */
    void sweep() {
        opened(sweep).sweep();
    }

    @Override
    public void propose(Proposal proposal) {
        Commits answers = opened(commits);
        if (closed) {
            answers.refused(proposal.proposalId(), Refusal.STORAGE);
        } else if (!opened(writer).offer(proposal)) {
            answers.refused(proposal.proposalId(), Refusal.BUSY);
        }
    }

    @Override
    public void drop(RoomName room) {
        opened(writer).drop(room);
    }

    @Override
    public void read(long readId, RoomName room, long from, int maxEvents, int maxBytes) {
        try {
            opened(reading).execute(() -> readNow(readId, room, from, maxEvents, maxBytes));
        } catch (RejectedExecutionException e) {
            opened(commits).readFailed(readId, room);
        }
    }

    private void readNow(long readId, RoomName name, long from, int maxEvents, int maxBytes) {
        Commits answers = opened(commits);
        RoomJournal room = rooms.get(name);
        if (room == null) {
            answers.onRead(readId, name, 1, List.of());
            return;
        }
        try {
            JournalReader reader = new JournalReader(log, opened(writer)::seal);
            JournalReader.Page page = reader.read(room.segments(), from, maxEvents, maxBytes);
            answers.onRead(
                    readId,
                    name,
                    page.first(),
                    room.hints().deletions().pending().shown(page.entries()));
        } catch (IOException e) {
            log.cannotRead(name, e);
            answers.readFailed(readId, name);
        } catch (RuntimeException e) {
            log.failed("reading the log of " + name, e);
            answers.readFailed(readId, name);
        }
    }

    /** Texts of deleted messages go out of the files, where nobody reads meanwhile. */
    private void takeOut(RoomName name, boolean newestToo) {
        try {
            opened(reading).execute(() -> takeOutNow(name, newestToo));
        } catch (RejectedExecutionException e) {
            // asked again an hour later
        }
    }

    private void takeOutNow(RoomName name, boolean newestToo) {
        RoomJournal room = rooms.get(name);
        try {
            if (room != null && !new DeletedTexts(room).takeOut() && newestToo) {
                opened(writer).seal(name); // and the next time it is not the newest segment
            }
        } catch (IOException | RuntimeException e) {
            log.cannotTakeOut(name, e);
        }
    }

    @Override
    public String retention(RoomName room) {
        return rules.of(room).sentence();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (writer != null && writing != null && reading != null && sweep != null) {
            sweep.close();
            writer.stop();
            join(writing);
            writer.refuseLatecomers();
            reading.shutdown();
            JournalThreads.await(reading);
        }
        sync.close();
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T opened(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("The journal is not open.");
        }
        return part;
    }
}
