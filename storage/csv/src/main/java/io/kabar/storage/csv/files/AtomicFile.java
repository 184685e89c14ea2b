package io.kabar.storage.csv.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Replaces small files whole: after a crash there is the old one or the new one, readable by the owner alone. */
public final class AtomicFile {

    public static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    public static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");

    private AtomicFile() {}

    /** Writes a text in UTF-8; it is on the disk when this returns. */
    public static void write(Path file, String text) throws IOException {
        write(file, text, true);
    }

    /** Writes a text in UTF-8; a power failure may leave neither the old one nor the new. */
    public static void writeUnforced(Path file, String text) throws IOException {
        write(file, text, false);
    }

    /** What a link leads to is replaced, not the link: somebody has put it there. */
    private static void write(Path place, String text, boolean force) throws IOException {
        Path file = Files.isSymbolicLink(place) ? place.toRealPath() : place;
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        try (FileChannel channel = FileChannel.open(
                temporary,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                mode(temporary, OWNER_FILE))) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (force) {
                channel.force(true);
            }
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (force) {
            forceFolder(file);
        }
    }

    /** Makes a new name in a folder last; a no-op where folders cannot be forced, as on Windows. */
    @SuppressWarnings("EmptyCatch")
    public static void forceFolder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // The file itself is forced; some systems have nothing more to offer.
        }
    }

    /** Rights for a file or folder to be made; none where rights are not those of POSIX. */
    public static FileAttribute<?>[] mode(Path path, Set<PosixFilePermission> rights) {
        return isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(rights)}
                : new FileAttribute<?>[0];
    }

    static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
