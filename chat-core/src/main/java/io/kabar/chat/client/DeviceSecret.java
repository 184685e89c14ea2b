package io.kabar.chat.client;

import io.kabar.chat.internal.files.EditedText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The secret of this device, from which it proves that the names it uses are its own. It never leaves the device: each
 * server sees only a value derived from it for that server and name, which is worth nothing anywhere else.
 */
public final class DeviceSecret {

    private static final int LENGTH = 32;
    /** In hexadecimal digits, with what an editor may have put around them. */
    private static final int LONGEST_FILE = 4096;

    private final byte[] bytes;

    private DeviceSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A new secret that lasts as long as the program keeps it. */
    public static DeviceSecret generate() {
        byte[] bytes = new byte[LENGTH];
        new SecureRandom().nextBytes(bytes);
        return new DeviceSecret(bytes);
    }

    /**
     * The secret in a file; made, readable by its owner only, if there is none.
     *
     * @throws UncheckedIOException if the file can neither be read nor made, or holds something else
     */
    public static DeviceSecret inFile(Path file) {
        return inFile(file, Files::createLink);
    }

    /** Puts a second name to a file, if there is nothing of that name; not every file system can. */
    interface Linker {
        void link(Path name, Path file) throws IOException;
    }

    static DeviceSecret inFile(Path file, Linker linker) {
        try {
            if (!Files.exists(file)) {
                create(file, linker);
            }
            byte[] bytes = HexFormat.of()
                    .parseHex(EditedText.read(file, LONGEST_FILE).text().strip());
            if (bytes.length != LENGTH) {
                throw new IllegalArgumentException("wrong length");
            }
            return new DeviceSecret(bytes);
        } catch (IllegalArgumentException e) {
            throw new UncheckedIOException(file + " does not hold a device secret.", new IOException(e));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read or make the device secret " + file + ".", e);
        }
    }

    private static void create(Path file, Linker linker) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        boolean posix =
                Files.getFileStore(folder == null ? Path.of(".") : folder).supportsFileAttributeView("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        // Written beside and linked into place, so that two programs started at once agree on one secret.
        Path draft = Files.createTempFile(folder, ".device", ".tmp", ownerOnly);
        try {
            Files.writeString(
                    draft, HexFormat.of().formatHex(generate().bytes) + "\n", StandardOpenOption.TRUNCATE_EXISTING);
            try {
                linker.link(file, draft);
            } catch (FileAlreadyExistsException e) {
                return; // the other program was first; its secret is the one to read
            } catch (UnsupportedOperationException | FileSystemException e) {
                moveUnlessThere(draft, file); // FAT, and many a network's
            }
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Without hard links a lock keeps two programs from each other, for a rename would take the place of a file. */
    @SuppressWarnings("try") // the lock is only held
    private static synchronized void moveUnlessThere(Path draft, Path file) throws IOException {
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = channel.lock()) {
            if (!Files.exists(file)) {
                Files.move(draft, file);
            }
        }
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** Says nothing of the secret. */
    @Override
    public String toString() {
        return "DeviceSecret";
    }
}
