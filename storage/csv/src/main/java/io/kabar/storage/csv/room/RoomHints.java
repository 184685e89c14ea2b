package io.kabar.storage.csv.room;

import io.kabar.chat.spi.Journal.Entry;
import io.kabar.storage.csv.segment.RoomFolder;
import java.io.IOException;
import java.util.List;

/**
 * What a room's log says of its members, its epochs and what was deleted, in files beside it, so that not all of it is
 * read at a start. They follow the log: one that cannot be written is made anew from the log.
 */
public final class RoomHints {

    private final RoomFolder folder;
    private final Storage storage;
    private final RoomMembers members;
    private final RoomEpochs epochs;
    private final RoomDeletions deletions;

    RoomHints(RoomFolder folder, Storage storage, RoomMembers members, RoomEpochs epochs) {
        this.folder = folder;
        this.storage = storage;
        this.members = members;
        this.epochs = epochs;
        deletions = new RoomDeletions(folder);
    }

    /** Which texts nobody is given any more. */
    public RoomDeletions deletions() {
        return deletions;
    }

    /** Who is inside; to be asked before anything is appended. */
    public RoomMembers members() {
        return members;
    }

    /** Whose writing it is; to be asked before anything is appended. */
    public RoomEpochs epochs() {
        return epochs;
    }

    /** Writes what was found in the log and the files do not say; its newest event is {@code last}. */
    void save(long last) {
        saveMembers(last);
        saveEpochs();
        saveDeletions(last);
    }

    void noteEpochs(List<Entry> entries) {
        entries.forEach(epochs::note);
        saveEpochs();
    }

    private void saveEpochs() {
        try {
            epochs.save(folder, storage);
        } catch (IOException e) {
            storage.log().cannotKeepEpochs(folder.room(), e);
        }
    }

    /** Notes entries, of which the newest is event {@code last}. */
    void noteMembers(List<Entry> entries, long last) {
        entries.forEach(entry -> members.note(entry.event()));
        saveMembers(last);
        saveDeletions(last);
    }

    private void saveDeletions(long last) {
        try {
            deletions.save(last);
        } catch (IOException e) {
            storage.log().cannotKeepDeletions(folder.room(), e);
        }
    }

    private void saveMembers(long last) {
        try {
            members.save(folder, last);
        } catch (IOException e) {
            storage.log().cannotKeepMembers(folder.room(), e);
        }
    }
}
