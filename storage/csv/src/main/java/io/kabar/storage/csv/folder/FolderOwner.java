package io.kabar.storage.csv.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose a folder is. What a server keeps in the folder of another user is that user's to read and change, rights or no
 * rights; so a folder that somebody else has made beforehand, in a place where everybody may, is not used.
 */
final class FolderOwner {

    /** Who may do anything anyhow, by name or, where there are no names, by number. */
    private static final Set<String> ADMINISTRATOR = Set.of("root", "0");

    private FolderOwner() {}

    /** Tells the owner of a file. */
    @FunctionalInterface
    public interface Owners {
        Owners OF_FILES = file -> Files.getOwner(file).getName();

        String of(Path file) throws IOException;
    }

    /**
     * What to say of a folder that is another user's: a sentence; empty if it is this program's own or the
     * administrator's, or if that cannot be known. Who this program is tells a file that it makes there: names and
     * numbers of users mean something else within containers and on drives of other machines.
     */
    static Optional<String> complaint(Path folder, Owners owners) {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return Optional.empty();
        }
        Path own = null;
        try {
            own = Files.createTempFile(folder, ".owner", ".tmp");
            String folders = owners.of(folder);
            String ours = owners.of(own);
            return folders.equals(ours) || ADMINISTRATOR.contains(folders)
                    ? Optional.empty()
                    : Optional.of("The data folder " + folder + " belongs to " + folders + ", and this program runs as "
                            + ours + ": run it as " + folders + ", or make the folder " + ours + "'s if you trust what"
                            + " is in it.");
        } catch (IOException e) {
            return Optional.empty(); // nothing can be made there, which whoever wants to will say
        } finally {
            remove(own);
        }
    }

    @SuppressWarnings("EmptyCatch")
    private static void remove(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // An empty file is left, which is no part of the data.
        }
    }
}
