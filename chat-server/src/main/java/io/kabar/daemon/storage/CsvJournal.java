package io.kabar.daemon.storage;

import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.server.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rooms' logs in CSV files, one folder a room, in segments that people and spreadsheets can read.
 *
 * <pre>
 *   DATA/rooms/lobby/room.csv                      the room's name and topic
 *                    members.csv                   who was in it after some event; may be deleted
 *                    messages-000000000001.csv     events 1, 2, 3 ...
 *                    messages-000000000001.index   where every 256th of them begins; may be deleted
 * </pre>
 *
 * <p>Three threads: one appends, one reads, one brings to the disk; so neither a long read nor a slow disk delays a
 * commit. Memory does not grow with the history, and neither does the time to open it.
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
    private final StorageLog log = new StorageLog();
    private final BackgroundSync sync = new BackgroundSync(log);
    private final Storage storage;
    private final Map<RoomName, RoomJournal> rooms = new ConcurrentHashMap<>();
    private @Nullable OneAtATime commits;
    private @Nullable JournalWriter writer;
    private @Nullable Thread writing;
    private @Nullable ThreadPoolExecutor reading;
    private volatile boolean closed;

    /** A journal in a folder that this server holds. */
    public CsvJournal(DataFolder data, Durability durability) {
        this(data, durability, ChannelFile::open);
    }

    CsvJournal(DataFolder data, Durability durability, SegmentFile.Opener opener) {
        this.data = data;
        storage = new Storage(opener, durability == Durability.ALWAYS, sync, log);
    }

    @Override
    public Map<RoomName, Kept> open(Commits answers) {
        Map<RoomName, Kept> kept = new HashMap<>();
        log.tell(answers::warning);
        try {
            Files.createDirectories(data.rooms());
            for (RoomFolder folder : RoomFolder.list(data.rooms())) {
                RoomJournal room = RoomRecovery.open(folder, storage);
                rooms.put(folder.room(), room);
                RoomSegments.View view = room.segments().view();
                kept.put(folder.room(), new Kept(view.first(), view.last(), room.topic(), room.members()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The logs in " + data.rooms() + " cannot be opened: " + FileTrouble.reason(e) + ".", e);
        }
        start(new OneAtATime(answers));
        return kept;
    }

    private void start(OneAtATime answers) {
        commits = answers;
        JournalWriter appender = new JournalWriter(
                rooms, room -> RoomRecovery.create(RoomFolder.of(data.rooms(), room), storage), answers, log);
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
    }

    @Override
    public void propose(Proposal proposal) {
        Commits answers = opened(commits);
        if (closed) {
            answers.refused(proposal.ticket(), Refusal.STORAGE);
        } else if (!opened(writer).offer(proposal)) {
            answers.refused(proposal.ticket(), Refusal.BUSY);
        }
    }

    @Override
    public void read(long ticket, RoomName room, long from, int maxEvents, int maxBytes) {
        try {
            opened(reading).execute(() -> readNow(ticket, room, from, maxEvents, maxBytes));
        } catch (RejectedExecutionException e) {
            opened(commits).readFailed(ticket, room);
        }
    }

    private void readNow(long ticket, RoomName name, long from, int maxEvents, int maxBytes) {
        Commits answers = opened(commits);
        RoomJournal room = rooms.get(name);
        if (room == null) {
            answers.onRead(ticket, name, 1, List.of());
            return;
        }
        try {
            JournalReader reader = new JournalReader(log, opened(writer)::seal);
            JournalReader.Page page = reader.read(room.segments(), from, maxEvents, maxBytes);
            answers.onRead(ticket, name, page.first(), page.entries());
        } catch (IOException e) {
            log.cannotRead(name, e);
            answers.readFailed(ticket, name);
        } catch (RuntimeException e) {
            log.failed("reading the log of " + name, e);
            answers.readFailed(ticket, name);
        }
    }

    @Override
    public String retention(RoomName room) {
        return "kept forever";
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (writer != null && writing != null && reading != null) {
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
