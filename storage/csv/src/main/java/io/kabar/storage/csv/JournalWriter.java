package io.kabar.storage.csv;

import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.spi.Journal.Commits;
import io.kabar.chat.spi.Journal.Entry;
import io.kabar.chat.spi.Journal.Proposal;
import io.kabar.chat.spi.Journal.Snapshot;
import io.kabar.storage.csv.files.FileTrouble;
import io.kabar.storage.csv.files.FreeSpace;
import io.kabar.storage.csv.layout.StorageLog;
import io.kabar.storage.csv.room.RoomJournal;
import io.kabar.storage.csv.room.Storage;
import io.kabar.storage.csv.segment.FolderName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;

/**
 * The one thread that appends. It takes whatever waits, writes each room's share at once, and then reports in the order
 * of the proposals: the busier it is, the less an event costs.
 */
final class JournalWriter implements Runnable {

    /** More than a server's proposals can be, so that it is full only if somebody breaks that rule. */
    private static final int QUEUE = 16 * 1024;

    private static final int BATCH = 1024;
    /**
     * New rooms made in one turn: each costs some files, and what is said elsewhere must not wait for a thousand of
     * them.
     */
    static final int NEW_ROOMS = 8;
    /** Files held open for writing: far fewer than a process may have. */
    private static final int OPEN_FILES = 128;

    private sealed interface Job {
        record Append(Proposal proposal) implements Job {}

        record Seal(RoomName room) implements Job {}

        record Forget(RoomName room, long first) implements Job {}

        record Drop(RoomName room) implements Job {}

        record Keep(RoomName room, Snapshot snapshot) implements Job {}

        record Stop() implements Job {}
    }

    private final BlockingQueue<Job> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Map<RoomName, RoomJournal> rooms;
    private final RoomMaker maker;
    private final DroppedNumbers numbers;
    private final FreeSpace space;
    private final Commits commits;
    private final Storage storage;
    private final StorageLog log;
    private final Supplier<Instant> floor;
    /** Rooms with an open file, the least recently written first. */
    private final LinkedHashMap<RoomName, RoomJournal> open = new LinkedHashMap<>(16, 0.75f, true);

    private final Set<RoomName> failing = new HashSet<>();
    private boolean spaceWasLow;
    /**
     * Folders that were made in this turn, one in each folder that they were made in: their names have to last before
     * anything said in them is seen.
     */
    private final Map<Path, Path> newFolders = new LinkedHashMap<>();
    /** What is proposed in rooms that have no log yet, those that were first named first. */
    private final Map<RoomName, List<Proposal>> toMake = new LinkedHashMap<>();

    /** Makes the log of a room that has none yet. */
    interface RoomMaker {
        RoomJournal make(RoomName room);
    }

    /** The map is written by this thread alone; nothing that happens now is dated earlier than {@code floor} says. */
    JournalWriter(
            Map<RoomName, RoomJournal> rooms,
            RoomMaker maker,
            DroppedNumbers numbers,
            FreeSpace space,
            Commits commits,
            Storage storage,
            Supplier<Instant> floor) {
        this.floor = floor;
        this.numbers = numbers;
        this.space = space;
        this.rooms = rooms;
        this.maker = maker;
        this.commits = commits;
        this.storage = storage;
        log = storage.log();
    }

    /** Takes a proposal; false if too many wait already. */
    boolean offer(Proposal proposal) {
        return queue.offer(new Job.Append(proposal));
    }

    /** Asks for a room's log to go on in a new segment; may be forgotten under load, as it is asked again. */
    void seal(RoomName room) {
        boolean unused = queue.offer(new Job.Seal(room));
    }

    /** Asks to let go of what a room has before {@code first}; may be forgotten under load, as it is asked again. */
    void forget(RoomName room, long first) {
        boolean unused = queue.offer(new Job.Forget(room, first));
    }

    /** Asks to keep the state of a room; may be forgotten under load, as there is another one later. */
    void keep(RoomName room, Snapshot snapshot) {
        boolean unused = queue.offer(new Job.Keep(room, snapshot));
    }

    /**
     * Asks to let a room go in which nothing was ever said; if that is forgotten under load, the next start does it.
     */
    void drop(RoomName room) {
        boolean unused = queue.offer(new Job.Drop(room));
    }

    /** Ends the thread after everything that waits. */
    void stop() {
        boolean interrupted = false;
        while (true) {
            try {
                queue.put(new Job.Stop());
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        List<Job> jobs = new ArrayList<>();
        boolean running = true;
        while (running) {
            jobs.clear();
            if (toMake.isEmpty()) {
                try {
                    jobs.add(queue.take());
                } catch (InterruptedException e) {
                    continue; // Stop is the only end: what waits must be answered.
                }
            }
            queue.drainTo(jobs, BATCH - 1);
            running = jobs.stream().noneMatch(Job.Stop.class::isInstance);
            makeRooms(NEW_ROOMS - handle(jobs));
        }
        makeRooms(Integer.MAX_VALUE);
        open.values().forEach(RoomJournal::release);
    }

    /** Does what was asked for; returns how many rooms were made. What would be too many new ones waits. */
    private int handle(List<Job> jobs) {
        Set<RoomName> made = new HashSet<>();
        Map<RoomName, List<Proposal>> shares = new LinkedHashMap<>();
        List<Proposal> answered = new ArrayList<>();
        for (Job job : jobs) {
            if (job instanceof Job.Append append) {
                RoomName room = append.proposal().draft().room();
                boolean isNew = !rooms.containsKey(room);
                if (isNew && toMake.isEmpty() && made.size() < NEW_ROOMS) {
                    made.add(room);
                }
                boolean waits = isNew && !made.contains(room);
                (waits ? toMake : shares)
                        .computeIfAbsent(room, name -> new ArrayList<>())
                        .add(append.proposal());
                if (!waits) {
                    answered.add(append.proposal());
                }
            } else if (job instanceof Job.Seal seal) {
                apart("sealing the log of " + seal.room(), () -> sealRoom(seal.room()));
            } else if (job instanceof Job.Forget forget) {
                apart("making " + forget.room() + " shorter", () -> forgetBefore(forget.room(), forget.first()));
            } else if (job instanceof Job.Keep keep) {
                apart("keeping the state of " + keep.room(), () -> keepNow(keep.room(), keep.snapshot()));
            } else if (job instanceof Job.Drop drop) {
                apart("letting go of " + drop.room(), () -> dropRoom(drop.room()));
            }
        }
        appendAndReport(shares, answered);
        return made.size();
    }

    /** Makes rooms, at most so many, and appends what was proposed in them. */
    private void makeRooms(int most) {
        Map<RoomName, List<Proposal>> shares = new LinkedHashMap<>();
        List<Proposal> answered = new ArrayList<>();
        Iterator<Map.Entry<RoomName, List<Proposal>>> next = toMake.entrySet().iterator();
        while (next.hasNext() && shares.size() < most) {
            Map.Entry<RoomName, List<Proposal>> share = next.next();
            shares.put(share.getKey(), share.getValue());
            answered.addAll(share.getValue());
            next.remove();
        }
        appendAndReport(shares, answered);
    }

    private void appendAndReport(Map<RoomName, List<Proposal>> shares, List<Proposal> answered) {
        Map<Long, Entry> stored = new LinkedHashMap<>();
        shares.forEach((room, share) -> append(room, share, stored));
        apart(
                "forcing new folders",
                () -> newFolders
                        .values()
                        .forEach(storage.opener()::forceName)); // once, for all that are new in the same
        newFolders.clear();
        answered.forEach(proposal -> report(proposal, stored));
        for (RoomName name : shares.keySet()) { // behind the reports, so that the state has what was stored
            RoomJournal room = rooms.get(name);
            if (room != null && room.takeStateIsAhead()) {
                commits.snapshotWanted(name);
            }
        }
        if (!shares.isEmpty()) {
            apart("making space", this::makeSpace);
        }
    }

    /** Whatever fails, the next proposals are stored. */
    private void apart(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) { // of a folder that cannot be listed, for one
            log.failed(what, e);
        }
    }

    /**
     * Before everybody is refused for want of space, what is kept beyond the number of events that was asked for goes.
     */
    private void makeSpace() {
        boolean low = space.isLow();
        if (low && !spaceWasLow) {
            rooms.forEach((name, room) -> forgetBefore(name, room.surplusBefore(0)));
        }
        spaceWasLow = low;
    }

    private void append(RoomName name, List<Proposal> share, Map<Long, Entry> stored) {
        RoomJournal room = rooms.computeIfAbsent(name, maker::make);
        List<Entry> entries = new ArrayList<>(share.size());
        String trouble = "";
        try {
            if (space.isLow()) {
                trouble = "the disk is nearly full";
            } else {
                room.append(share, floor.get(), entries);
            }
        } catch (IOException e) {
            trouble = FileTrouble.reason(e);
        } catch (RuntimeException e) {
            trouble = "internal error";
            log.failed("writing the log of " + name, e);
        }
        if (room.takeNewFolder() && storage.always()) {
            noteNew(room.segments().folder().path());
        }
        for (int i = 0; i < entries.size(); i++) {
            stored.put(share.get(i).proposalId(), entries.get(i));
        }
        if (!trouble.isEmpty()) {
            failing.add(name);
            log.cannotWrite(name, trouble, share.size() - entries.size());
        } else if (failing.remove(name)) {
            log.writesAgain(name);
        }
        limitOpenFiles(name, room);
        forgetBefore(name, room.surplusBefore());
    }

    /** A long name goes on in folders within, and those above may be new as well. */
    private void noteNew(Path folder) {
        Path made = folder;
        Path in = made.getParent();
        while (in != null) {
            newFolders.putIfAbsent(in, made);
            made = in;
            in = FolderName.goesOn(String.valueOf(in.getFileName())) ? in.getParent() : null;
        }
    }

    private void forgetBefore(RoomName name, long first) {
        RoomJournal room = rooms.get(name);
        if (room == null || first <= room.segments().view().first()) {
            return;
        }
        try {
            if (!room.forgetBefore(first)) {
                commits.snapshotWanted(name);
                return;
            }
            log.forgot(name, room.segments().view().first());
        } catch (IOException e) {
            log.cannotForget(name, e);
        }
        commits.forgotten(name, room.segments().view().first());
        limitOpenFiles(name, room);
    }

    private void keepNow(RoomName name, Snapshot snapshot) {
        RoomJournal room = rooms.get(name);
        if (room == null) {
            return;
        }
        try {
            room.keep(snapshot);
        } catch (IOException e) {
            log.cannotKeepSnapshot(name, e);
        }
        forgetBefore(name, room.snapshots().takeWanted());
    }

    private void dropRoom(RoomName name) {
        RoomJournal room = rooms.get(name);
        if (room == null || room.isWorthKeeping()) {
            return;
        }
        numbers.dropped(room.segments().view().last());
        open.remove(name);
        room.release();
        rooms.remove(name);
        failing.remove(name);
        try {
            room.segments().folder().deleteAll();
        } catch (IOException e) {
            log.cannotForget(name, e); // the next start finds it, and that nothing was said there
        }
    }

    private void limitOpenFiles(RoomName name, RoomJournal room) {
        if (room.isOpen()) {
            open.put(name, room);
        }
        if (open.size() > OPEN_FILES) {
            RoomName eldest = open.keySet().iterator().next();
            RoomJournal idle = open.remove(eldest);
            if (idle != null) {
                idle.release();
            }
        }
    }

    private void sealRoom(RoomName name) {
        RoomJournal room = rooms.get(name);
        if (room == null) {
            return;
        }
        try {
            room.seal();
        } catch (IOException e) {
            log.cannotWrite(name, FileTrouble.reason(e), 0);
        }
        limitOpenFiles(name, room);
    }

    private void report(Proposal proposal, Map<Long, Entry> stored) {
        Entry entry = stored.get(proposal.proposalId());
        try {
            if (entry == null) {
                commits.refused(proposal.proposalId(), Refusal.STORAGE);
            } else {
                commits.committed(proposal.proposalId(), entry);
            }
        } catch (RuntimeException e) {
            log.failed("reporting a commit", e);
        }
    }

    /** Answers what came after the end; to be called when the thread has ended. */
    void refuseLatecomers() {
        for (Job job = queue.poll(); job != null; job = queue.poll()) {
            if (job instanceof Job.Append append) {
                commits.refused(append.proposal().proposalId(), Refusal.STORAGE);
            }
        }
    }
}
