package io.kabar.chat.internal.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Keys, passwords and logs are for their owner's eyes. Where rights are not those of POSIX this finds nothing: a folder
 * in somebody's profile is closed to others by itself.
 */
public final class OwnerOnly {

    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private OwnerOnly() {}

    /**
     * Takes from everybody but the owner what rights they have to a file or folder.
     *
     * @return the rights it had, such as {@code rw-r--r--}, if others had any; empty too if there is no such file
     * @throws IOException if they have some and keep them
     */
    public static Optional<String> close(Path path) throws IOException {
        if (!isPosix(path) || !Files.exists(path)) {
            return Optional.empty();
        }
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
        if (OWNERS.containsAll(rights)) {
            return Optional.empty();
        }
        Set<PosixFilePermission> kept = EnumSet.copyOf(OWNERS);
        kept.retainAll(rights);
        try {
            Files.setPosixFilePermissions(path, kept);
        } catch (FileSystemException e) {
            throw new IOException(
                    "its rights are " + PosixFilePermissions.toString(rights) + " and cannot be changed", e);
        }
        return Optional.of(PosixFilePermissions.toString(rights));
    }

    /**
     * What to tell somebody whose secret stands in a file that others on this machine may read, everybody or, where it
     * is the user's own, those of its group: a sentence; empty if nobody else may, or that cannot be known.
     *
     * @param what the file is, such as {@code password file}
     */
    public static Optional<String> remark(String what, Path file) {
        Set<PosixFilePermission> rights = rights(file);
        String whom = rights.contains(PosixFilePermission.OTHERS_READ)
                ? "everybody on this machine"
                : rights.contains(PosixFilePermission.GROUP_READ) && isOwn(file) ? "others of its group" : "";
        return whom.isEmpty()
                ? Optional.empty()
                : Optional.of("The " + what + " " + file + " can be read by " + whom + ": chmod 600.");
    }

    /** Somebody else's file may be given to us by way of its group. */
    private static boolean isOwn(Path file) {
        try {
            return Files.getOwner(file).getName().equals(System.getProperty("user.name"));
        } catch (IOException e) {
            return false;
        }
    }

    private static Set<PosixFilePermission> rights(Path path) {
        try {
            return isPosix(path) ? Files.getPosixFilePermissions(path) : Set.of();
        } catch (IOException e) {
            return Set.of();
        }
    }

    /** Whether everybody on this machine may read a file; false if that cannot be known. */
    public static boolean isOpenToAll(Path path) {
        return rights(path).contains(PosixFilePermission.OTHERS_READ);
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
