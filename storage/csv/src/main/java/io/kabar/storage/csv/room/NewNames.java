package io.kabar.storage.csv.room;

import io.kabar.storage.csv.files.SegmentFile;
import io.kabar.storage.csv.segment.RoomFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Names that a room's log has got on the disk and that are to last as what stands under them does. */
final class NewNames {

    private final RoomFolder folder;
    private final Storage storage;
    /** Whether the file that is written to has a name that is to last before what stands in it is seen. */
    private boolean newName;

    private boolean newFolder;

    NewNames(RoomFolder folder, Storage storage) {
        this.folder = folder;
        this.storage = storage;
    }

    void makeFolder() throws IOException {
        newFolder |= !Files.isDirectory(folder.path());
        Files.createDirectories(folder.path());
    }

    /** Whether the folder was made since this was asked last. */
    boolean takeNewFolder() {
        boolean made = newFolder;
        newFolder = false;
        return made;
    }

    /** A file is new: its name lasts with the next write to it, or a little later, as the events do. */
    void place(Path made) {
        if (storage.always()) {
            newName = true;
        } else {
            storage.sync().placed(made, () -> {});
        }
    }

    /** The file that is written to has such a name. */
    void toLast() {
        newName = true;
    }

    /** Brings a file to the disk, and its name if that is new. */
    void force(SegmentFile out, Path path) throws IOException {
        out.force();
        if (newName) {
            storage.opener().forceName(path);
            newName = false;
        }
    }
}
