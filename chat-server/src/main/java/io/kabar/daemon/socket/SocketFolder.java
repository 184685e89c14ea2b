package io.kabar.daemon.socket;

import io.kabar.storage.csv.files.AtomicFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A folder that only its owner may open. Who may reach a socket is decided by the rights of its folder everywhere, by
 * its own on some systems only. Where rights are not those of POSIX a folder in somebody's profile is closed by itself.
 */
final class SocketFolder {

    private SocketFolder() {}

    /**
     * Makes the folder if needed, and closes it to others.
     *
     * @throws IOException with half a sentence, if it is a link, somebody else's, or cannot be closed
     */
    static void prepare(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, AtomicFile.mode(folder, AtomicFile.OWNER_FOLDER));
        } catch (FileAlreadyExistsException e) {
            requireFolder(folder);
        }
        if (isPosix(folder)) {
            requireOurs(folder);
            closeToOthers(folder, AtomicFile.OWNER_FOLDER);
        }
    }

    /** A file that this program makes there tells who it is, by whatever names and numbers the disk has for users. */
    private static void requireOurs(Path folder) throws IOException {
        Path made = Files.createTempFile(folder, ".owner", ".tmp");
        try {
            if (!Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(made))) {
                throw new IOException(folder + " belongs to somebody else");
            }
        } finally {
            Files.deleteIfExists(made);
        }
    }

    /**
     * Gives a file or folder these rights.
     *
     * @throws IOException with half a sentence, if it does not have them then
     */
    static void closeToOthers(Path path, Set<PosixFilePermission> rights) throws IOException {
        if (!isPosix(path)) {
            return;
        }
        Files.setPosixFilePermissions(path, rights);
        Set<PosixFilePermission> now = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        if (!now.equals(rights)) {
            throw new IOException(path + " has the rights " + PosixFilePermissions.toString(now) + " and keeps them");
        }
    }

    /**
     * Looks whether others could have put a socket there.
     *
     * @throws NoSuchFileException if there is no such folder
     * @throws IOException with a sentence, if they could
     */
    static void requireOwnersOnly(Path folder) throws IOException {
        Files.readAttributes(folder, "isDirectory", LinkOption.NOFOLLOW_LINKS);
        requireFolder(folder);
        if (isPosix(folder)
                && !AtomicFile.OWNER_FOLDER.containsAll(
                        Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS))) {
            throw new IOException("Others may open " + folder + ", so what listens there is not trusted: chmod 700.");
        }
    }

    private static void requireFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(folder + " is a link or a file, and should be a folder");
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
