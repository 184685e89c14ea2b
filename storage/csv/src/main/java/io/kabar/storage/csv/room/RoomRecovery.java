package io.kabar.storage.csv.room;

import io.kabar.chat.spi.Journal.Entry;
import io.kabar.storage.csv.files.AtomicFile;
import io.kabar.storage.csv.files.DamagedException;
import io.kabar.storage.csv.files.FileTrouble;
import io.kabar.storage.csv.files.SegmentFile;
import io.kabar.storage.csv.layout.Aside;
import io.kabar.storage.csv.segment.RoomFolder;
import io.kabar.storage.csv.segment.SegmentDamage;
import io.kabar.storage.csv.segment.SegmentEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Opens a room's log after a stop or a crash. Reads no more than the header of each segment and the records behind its
 * last index entry, so a start takes little longer for a longer history.
 */
public final class RoomRecovery {

    /** Fewer bytes than any record has: a bound on how many records some bytes may have held. */
    private static final int SHORTEST_RECORD = 30;

    /** 2026-01-01 in milliseconds: no room is older. */
    private static final long FIRST_RELEASE = 1_767_225_600_000L;
    /** The year 2100 in milliseconds: a clock behind it is wrong, and numbers are not to run out. */
    private static final long WRONG_CLOCK = 4_102_444_800_000L;

    private final RoomFolder folder;
    private final Storage storage;
    private RoomTopic newestTopic = RoomTopic.NONE;
    private Instant newest = Instant.MIN;
    /** The epochs at the end of the log, and where that begins. */
    private final RoomEpochs newestEpochs = new RoomEpochs();

    private long tail;
    private boolean onlyMoves = true;
    private boolean allSeen;

    private RoomRecovery(RoomFolder folder, Storage storage) {
        this.folder = folder;
        this.storage = storage;
    }

    /** A room nothing was ever written of, whose first event is the one behind {@code last}. */
    public static RoomJournal create(RoomFolder folder, long last, Storage storage) {
        RoomJournal room = new RoomJournal(
                new RoomSegments(folder, new RoomSegments.View(new long[0], 0, last)),
                RoomTopic.NONE,
                false,
                RoomMembers.none(),
                Instant.MIN,
                new RoomEpochs(),
                storage);
        room.nothingSaidYet();
        return room;
    }

    public static RoomJournal open(RoomFolder folder, Storage storage) throws IOException {
        for (Path beyond : folder.beyond()) {
            Path aside = Aside.name(beyond);
            Files.move(beyond, aside);
            storage.log().beyond(beyond.toString(), String.valueOf(aside.getFileName()));
        }
        return new RoomRecovery(folder, storage).recover(folder.segments());
    }

    private RoomJournal recover(long[] firsts) throws IOException {
        RoomSegments.View view;
        @Nullable SegmentDamage damage = null;
        check(firsts);
        try {
            view = firsts.length == 0 ? new RoomSegments.View(firsts, 0, 0) : readTail(firsts);
        } catch (SegmentDamage e) {
            damage = e;
            view = goOnBehind(e, firsts);
        }
        RoomSegments segments = new RoomSegments(folder, behindNumbers(view));
        if (damage != null) {
            storage.log().setAside(damage, segments.setAside(damage));
        }
        RoomTopic kept = RoomTopic.read(folder);
        RoomTopic topic = topic(kept, segments.view());
        RoomJournal room = new RoomJournal(
                segments,
                topic,
                topic.equals(kept),
                members(segments.view()),
                newest,
                epochs(segments.view()),
                storage);
        if (!room.hints()
                .deletions()
                .load(segments.view().firsts(), segments.view().last())) {
            Aside.move(folder.deletionsFile(), "what was deleted is taken from the log", storage.log());
        }
        room.hints().save(segments.view().last());
        if (damage == null && onlyMoves && allSeen) {
            room.nothingSaidYet();
        }
        return room;
    }

    /**
     * Looks at the beginning of each segment, and at the end of each but the newest.
     *
     * @throws Placement.Unplaced if one begins with a number that is given in the one before, so that one of the two
     *     does not belong here, or if a newer program has written it
     */
    private void check(long[] firsts) throws IOException {
        checkColumns(folder);
        for (int i = 0; i + 1 < firsts.length; i++) {
            checkEnd(firsts[i], firsts[i + 1]);
        }
    }

    /**
     * Looks for segments of a newer program.
     *
     * @throws Placement.Unplaced if a newer program has written a segment
     */
    public static void checkColumns(RoomFolder folder) throws IOException {
        for (long first : folder.segments()) {
            if (SegmentEvents.isNewer(folder, first)) {
                throw new Placement.Unplaced("The file " + folder.segment(first)
                        + " has columns that this Kabar does not know: use the newer Kabar that wrote it.");
            }
        }
    }

    private void checkEnd(long before, long next) throws IOException {
        try (SegmentEvents events = SegmentEvents.from(folder, before, next - 1, Long.MAX_VALUE, true)) {
            for (Entry entry = events.next(); entry != null; entry = events.next()) {
                newest = entry.event().time();
                if (entry.event().sequence() >= next) {
                    throw new Placement.Unplaced("The file " + folder.segment(next) + " begins with number " + next
                            + ", which " + folder.segment(before) + " has given already: move the one that does not"
                            + " belong there out of the folder.");
                }
            }
        } catch (SegmentDamage e) {
            // Told, and moved aside, when somebody reads there.
        }
    }

    private RoomSegments.View readTail(long[] firsts) throws IOException {
        long active = firsts[firsts.length - 1];
        try (SegmentEvents events = SegmentEvents.from(folder, active, Long.MAX_VALUE, Long.MAX_VALUE, true)) {
            Entry entry = events.next();
            // Whether the whole log was read, and is one that begins with event 1: of any other nobody knows what was
            // said.
            allSeen = firsts.length == 1 && entry != null && entry.event().sequence() == 1;
            for (; entry != null; entry = events.next()) {
                note(entry);
            }
            long size = events.end();
            if (events.torn()) {
                cut(active, size, events.tornBytes());
            }
            if (size == 0) {
                size = makeHeader(active);
            }
            return new RoomSegments.View(firsts, size, events.last());
        }
    }

    /**
     * Where no events are kept, a file tells the newest number. Events that are there all the same stay, whatever it
     * says, and the log goes on behind both: whether they are to be kept is not the file's affair.
     */
    private RoomSegments.View behindNumbers(RoomSegments.View view) throws IOException {
        long last;
        try {
            last = RoomNumbers.read(folder);
        } catch (DamagedException e) {
            // Certainly more than were ever given: a thousand a second since 1970.
            // Or it has no clock, or a wrong one.
            long now = Math.min(Math.max(System.currentTimeMillis(), FIRST_RELEASE), WRONG_CLOCK);
            last = Math.max(view.last(), now);
            Aside.move(folder.numbers(), "numbers go on far behind", storage.log());
            AtomicFile.write(folder.numbers(), RoomNumbers.text(last));
            storage.log().numbersLost(folder.room(), e, last);
        }
        if (last <= view.last()) {
            return view;
        }
        return view.isEmpty() ? new RoomSegments.View(view.firsts(), 0, last) : goOnAt(last + 1, view.firsts());
    }

    /** On a disk that takes nothing, the room is readable all the same; the next write makes the header. */
    private long makeHeader(long segment) {
        try {
            return NewSegment.beginAgain(storage, folder, segment);
        } catch (IOException e) {
            storage.log().cannotWrite(folder.room(), FileTrouble.reason(e), 0);
            return 0;
        }
    }

    private void cut(long segment, long size, long bytes) throws IOException {
        try (SegmentFile file = storage.opener().open(folder.segment(segment), false)) {
            file.truncate(size);
            file.force();
        }
        storage.log().cut(folder.segment(segment), bytes);
    }

    /**
     * Makes a new segment that begins at a number which was certainly never given to anybody: no more events can have
     * stood behind the damage than there is space for.
     */
    private RoomSegments.View goOnBehind(SegmentDamage damage, long[] firsts) throws IOException {
        long lost = Files.size(folder.segment(damage.segment())) - damage.goodBytes();
        long next = damage.lastGood() + 2 + lost / SHORTEST_RECORD;
        return goOnAt(next, firsts);
    }

    private RoomSegments.View goOnAt(long next, long[] firsts) throws IOException {
        int size = NewSegment.create(storage, folder, next);
        long[] more = Arrays.copyOf(firsts, firsts.length + 1);
        more[firsts.length] = next;
        return new RoomSegments.View(more, size, next - 1);
    }

    private void note(Entry entry) {
        newest = entry.event().time().isAfter(newest) ? entry.event().time() : newest;
        if (tail == 0) {
            tail = entry.event().sequence();
        }
        newestEpochs.note(entry);
        onlyMoves &= entry.event().isComingOrGoing();
        if (entry.event().isTopic()) {
            newestTopic = new RoomTopic(entry.event().sequence(), entry.event().text());
        }
    }

    private RoomTopic topic(@Nullable RoomTopic kept, RoomSegments.View view) throws IOException {
        if (kept == null && Files.exists(folder.topicFile())) {
            Aside.move(folder.topicFile(), "the topic is taken from the log, as far as it is there", storage.log());
        } else if (kept != null && RoomTopic.readWhole(folder) == null) {
            searchTopic(view);
            if (newestTopic.seq() == kept.seq() && newestTopic.text().startsWith(kept.text())) {
                return newestTopic; // of which the end was cut off; anything else a person has written
            }
        }
        // A number from the future was written just before a crash that the event itself did not survive.
        boolean trusted = kept != null && kept.seq() <= view.last();
        if (kept != null && trusted && kept.seq() >= newestTopic.seq()) {
            return kept;
        }
        if (!trusted && newestTopic.seq() == 0) {
            searchTopic(view);
        }
        return newestTopic;
    }

    /** Who is inside: what the file says, and what came after it; all of the log if there is no such file. */
    private RoomMembers members(RoomSegments.View view) throws IOException {
        RoomMembers kept = RoomMembers.read(folder);
        if (kept == null && Files.exists(folder.membersFile())) {
            Aside.move(folder.membersFile(), "who is inside is taken from the log", storage.log());
        }
        RoomMembers members = kept == null || kept.saved() > view.last() ? RoomMembers.none() : kept;
        long next = members.saved() + 1;
        for (int i = view.indexOf(next); i < view.firsts().length; i++) {
            SegmentEvents.each(folder, view.firsts()[i], next, entry -> members.note(entry.event()));
        }
        return members;
    }

    /**
     * Whose writing the log is: what the file says, and what came after it; all of the log if the file is not of this
     * log.
     */
    private RoomEpochs epochs(RoomSegments.View view) throws IOException {
        RoomEpochs epochs = RoomEpochs.read(folder);
        if (epochs != null) {
            epochs.endAt(view.last());
        } else if (Files.exists(folder.epochsFile())) {
            Aside.move(folder.epochsFile(), "who wrote the log is taken from it", storage.log());
        }
        if (epochs == null || (tail > 0 && epochs.at(tail) != newestEpochs.at(tail))) {
            epochs = searchEpochs(view);
        } else if (tail > 0) {
            epochs.addAll(newestEpochs);
        }
        return epochs;
    }

    private RoomEpochs searchEpochs(RoomSegments.View view) throws IOException {
        RoomEpochs found = new RoomEpochs();
        for (long first : view.firsts()) {
            if (!SegmentEvents.hasEpochs(folder, first)) {
                found.note(0, first);
            } else {
                SegmentEvents.each(folder, first, first, found::note);
            }
        }
        return found;
    }

    /** Only when room.csv was lost: looks for the newest topic, newest segment first. */
    private void searchTopic(RoomSegments.View view) throws IOException {
        for (int i = view.firsts().length - 1; i >= 0 && newestTopic.seq() == 0; i--) {
            long first = view.firsts()[i];
            SegmentEvents.each(folder, first, first, this::note);
        }
    }
}
