package io.kabar.storage.csv.exchange;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.RoomChange;
import io.kabar.chat.StaffAction;
import io.kabar.chat.UserName;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.Journal.Entry;
import io.kabar.chat.spi.Journal.Snapshot;
import io.kabar.storage.csv.accounts.CsvAccounts;
import io.kabar.storage.csv.folder.DataFolder;
import io.kabar.storage.csv.layout.KeptSnapshots;
import io.kabar.storage.csv.room.Placement;
import io.kabar.storage.csv.room.RoomTopic;
import io.kabar.storage.csv.room.SegmentRewrite;
import io.kabar.storage.csv.room.StoredRoom;
import io.kabar.storage.csv.segment.RoomFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes the texts of one person out of the logs: what they said, the topics they set, the reasons they left for. The
 * events stay, empty, so that every number keeps its place. A segment is replaced whole: after a crash it is the old
 * one or the new one. Who holds the {@link DataFolder} has no server running.
 */
public final class PersonEraser {

    private final DataFolder data;
    private final UserName person;
    private final List<Account> accounts;
    private final Whose whose;
    private final List<String> troubles = new ArrayList<>();
    private long texts;
    private int rooms;

    /**
     * Of a folder that this program holds.
     *
     * @throws IOException if its accounts, which say whose a name is, cannot be read
     */
    public PersonEraser(DataFolder data, UserName person) throws IOException {
        this.data = data;
        this.person = person;
        accounts = CsvAccounts.read(data.users()).accounts();
        whose = new Whose(person, accounts);
    }

    /** Texts found, and taken out unless it was only a count. */
    public long texts() {
        return texts;
    }

    /** Rooms they were found in. */
    public int rooms() {
        return rooms;
    }

    /** What may still hold texts of theirs, in sentences. */
    public List<String> troubles() {
        return List.copyOf(troubles);
    }

    /**
     * Goes through all rooms; changes nothing if it is only to count.
     *
     * @throws NobodyException if there is nobody of that name, and nothing said under it
     */
    public void run(boolean onlyCount) throws IOException {
        for (RoomFolder folder : Placement.complete(data.rooms()).rooms()) {
            long before = texts;
            erase(folder, onlyCount);
            rooms += texts > before ? 1 : 0;
        }
        for (Account account : accounts) {
            if (whose.test(account.name())) {
                if (!onlyCount) {
                    ExchangedDevices.erase(data.devices(), account.id());
                }
                int unused = ExchangedRecords.erase(data.records(), account.id(), onlyCount);
            }
        }
        if (texts == 0 && troubles.isEmpty() && !whose.hasAccount()) {
            throw new NobodyException(person, accounts);
        }
    }

    private void erase(RoomFolder folder, boolean onlyCount) throws IOException {
        List<String> damage = new ArrayList<>();
        StoredRoom room = StoredRoom.asItIs(folder, damage::add);
        long topicTakenOut = 0;
        long[] segments = folder.segments();
        for (int i = 0; i < segments.length; i++) {
            boolean newest = i == segments.length - 1;
            long[] found = {0, 0};
            damage.clear();
            long length = room.read(segments[i], newest, entry -> {
                if (isTheirs(entry.event())) {
                    found[0]++;
                    found[1] = entry.event().isTopic() ? entry.event().sequence() : found[1];
                }
            });
            texts += found[0];
            topicTakenOut = Math.max(topicTakenOut, found[1]);
            if (!damage.isEmpty()) {
                troubles.add(
                        folder.segment(segments[i]) + " is damaged and was left as it is: start the server once and "
                                + "read there, so that it is set aside, or mend it; then erase again.");
            } else if (found[0] > 0 && !onlyCount) {
                SegmentRewrite.replace(
                        room, segments[i], newest, length, entry -> new Entry(erased(entry.event()), entry.id()));
            }
        }
        eraseValues(folder, segments.length == 0 ? Long.MAX_VALUE : segments[0], onlyCount);
        RoomTopic topic = RoomTopic.read(folder);
        if (!onlyCount && topic != null && topicTakenOut > 0 && topic.seq() == topicTakenOut) {
            new RoomTopic(topic.seq(), "").write(folder);
        }
        room.aside()
                .forEach(file -> troubles.add(
                        file + " was set aside as damaged and may hold texts of theirs: remove it by hand."));
    }

    /**
     * The values of a room outlast the log with its state, which is damaged if it cannot be read: nobody goes by it.
     */
    private void eraseValues(RoomFolder folder, long firstKept, boolean onlyCount) throws IOException {
        Set<Long> found = new HashSet<>();
        for (Path file : folder.snapshots().files()) {
            Snapshot snapshot = KeptSnapshots.read(file, folder.room());
            List<ChatEvent> kept = snapshot == null ? List.of() : snapshot.events();
            List<ChatEvent> theirs = kept.stream().filter(this::isTheirs).toList();
            theirs.stream()
                    .map(ChatEvent::sequence)
                    .filter(number -> number < firstKept)
                    .forEach(found::add);
            if (snapshot != null && !theirs.isEmpty() && !onlyCount) {
                List<ChatEvent> left = kept.stream().map(this::erased).toList();
                folder.snapshots().replace(new Snapshot(snapshot.position(), snapshot.bytes(), left));
            }
        }
        texts += found.size();
    }

    private boolean isTheirs(ChatEvent event) {
        return (whose.test(event.author()) || isAboutThem(event.content())) && !event.equals(event.withoutText());
    }

    private ChatEvent erased(ChatEvent event) {
        return isTheirs(event) ? event.withoutText() : event;
    }

    /** What somebody wrote of them when they were put out, say, names them. */
    private boolean isAboutThem(Content content) {
        RoomChange.Whom whom = content instanceof RoomChange.OfSomebody about
                ? about.whom()
                : content instanceof StaffAction done ? done.whom() : RoomChange.Whom.NOBODY;
        return !whom.name().isEmpty() && whose.test(new UserName(whom.name()));
    }
}
