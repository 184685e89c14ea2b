package io.kabar.storage.csv.folder;

import io.kabar.chat.internal.files.OwnerOnly;
import io.kabar.chat.internal.text.Parts;
import io.kabar.storage.csv.files.AtomicFile;
import io.kabar.storage.csv.files.FileTrouble;
import io.kabar.storage.csv.files.SmallFile;
import io.kabar.storage.csv.files.WholeFolder;
import io.kabar.storage.csv.layout.DataFormat;
import io.kabar.storage.csv.layout.FolderParts;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder a server keeps everything in, held by one server at a time and closed to everybody but its owner. */
public final class DataFolder implements AutoCloseable {

    private static final String LOCK = "lock";
    /** Who holds the lock. Another file, because a process that opens and closes a locked file loses its POSIX lock. */
    private static final String HOLDER = "lock.holder";

    private static final int LONGEST_HOLDER = 256;

    /** What lies there beside the parts. */
    private static final Set<String> OTHERS = Set.of(FolderParts.IMPORT, LOCK, HOLDER, "control", "kabar.toml");

    private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);

    private final Path path;
    private final @Nullable FileChannel lock;

    private DataFolder(Path path, @Nullable FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes the folder if needed, and takes it.
     *
     * @throws IOException in one sentence, if it cannot be written, another server has it, or it belongs to another
     *     user
     */
    public static DataFolder open(Path folder) throws IOException {
        return open(folder, FolderOwner.Owners.OF_FILES);
    }

    /** A folder that the caller holds already; to close this lets go of nothing. */
    public static DataFolder held(Path folder) {
        return new DataFolder(folder.toAbsolutePath().normalize(), null);
    }

    static DataFolder open(Path folder, FolderOwner.Owners owners) throws IOException {
        Path path = folder.toAbsolutePath().normalize();
        try {
            prepare(path, owners);
            return take(path);
        } catch (InUse | NotOurs | FolderParts.Unusable e) {
            throw new IOException(e.getMessage(), e);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("The data folder " + path + " cannot be used: there is a file of that name.", e);
        } catch (IOException e) {
            throw new IOException("The data folder " + path + " cannot be used: " + FileTrouble.reason(e) + ".", e);
        }
    }

    private static void prepare(Path path, FolderOwner.Owners owners) throws IOException {
        if (!Files.isDirectory(path)) {
            Path parent = path.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(path, AtomicFile.mode(path, AtomicFile.OWNER_FOLDER));
        } else {
            Optional<String> complaint = FolderOwner.complaint(path, owners);
            if (complaint.isPresent()) {
                throw new NotOurs(complaint.get());
            }
            DataFormat.check(path);
            FolderParts.check(path);
        }
    }

    /** What a copy, an unpacked archive or another program has left open is closed to everybody but the owner. */
    private static void close(Path path) throws IOException {
        List<String> open = new ArrayList<>();
        boolean ours = isOurs(path);
        boolean wasOpen = ours ? close(path, open) : OwnerOnly.isOpenToAll(path);
        if (!ours && wasOpen) {
            LOG.warn("{} is open to everybody on this machine and holds other things, so its rights were left", path);
        }
        for (String part : FolderParts.PRIVATE) {
            close(path.resolve(part), open);
        }
        // In a folder that is closed, the rights of what is in it have shown nobody anything.
        if (wasOpen && !open.isEmpty()) {
            LOG.warn(
                    "closed to others, who could look into it until now: {}; if some have, make a new server key and "
                            + "join password",
                    String.join(", ", open));
        }
    }

    /** Whether it was open. */
    private static boolean close(Path path, List<String> told) {
        try {
            Optional<String> rights = OwnerOnly.close(path);
            rights.ifPresent(had -> told.add(path + " (" + had + ")"));
            return rights.isPresent();
        } catch (IOException e) {
            LOG.warn("{} is open to others: {}", path, FileTrouble.reason(e));
            return true;
        }
    }

    /** A folder that holds other things, perhaps somebody's home, keeps the rights it has. */
    private static boolean isOurs(Path path) throws IOException {
        try (Stream<Path> content = Files.list(path)) {
            return content.map(each -> String.valueOf(each.getFileName()))
                    .allMatch(name -> FolderParts.isPart(name)
                            || OTHERS.contains(name)
                            || (name.startsWith(".") && name.endsWith(".tmp")));
        }
    }

    private static DataFolder take(Path path) throws IOException {
        String holder = holder(path);
        if (identity(ProcessHandle.current()).equals(holder)) {
            throw new InUse(path, "this program itself");
        }
        Path file = path.resolve(LOCK);
        FileChannel lock = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                AtomicFile.mode(file, AtomicFile.OWNER_FILE));
        try {
            if (lock.tryLock() == null) {
                throw new InUse(
                        path,
                        holder == null
                                ? "another process"
                                : "process " + Parts.of(holder, ' ').get(0));
            }
            nameHolder(path);
            DataFormat.mark(path);
            close(path);
            WholeFolder.delete(path.resolve(FolderParts.IMPORT));
            return new DataFolder(path, lock);
        } catch (OverlappingFileLockException e) {
            throw new InUse(path, "this program itself");
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    @SuppressWarnings("EmptyCatch")
    private static void nameHolder(Path path) {
        try {
            AtomicFile.write(path.resolve(HOLDER), identity(ProcessHandle.current()));
        } catch (IOException e) {
            // It only serves a better sentence, and a full disk is no reason not to serve what is on it.
        }
    }

    private static @Nullable String holder(Path path) {
        try {
            return new String(SmallFile.read(path.resolve(HOLDER), LONGEST_HOLDER), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return null;
        }
    }

    /** The number alone would be the same after each restart of a container. */
    private static String identity(ProcessHandle process) {
        return process.pid() + " since "
                + process.info().startInstant().map(Object::toString).orElse("?");
    }

    /** The folder. */
    public Path path() {
        return path;
    }

    /** The server's key. */
    public Path key() {
        return path.resolve(FolderParts.KEY);
    }

    /** What is kept of the join password. */
    public Path verifier() {
        return path.resolve(FolderParts.VERIFIER);
    }

    /** Whether a server has run on it before. */
    public boolean wasUsed() {
        return Files.exists(rooms());
    }

    /** The folder of the rooms' logs; there is none before the first start. */
    public Path rooms() {
        return path.resolve(FolderParts.ROOMS);
    }

    /** The accounts. */
    public Path users() {
        return path.resolve(FolderParts.USERS);
    }

    /** Bans, invitations and what else the server remembers by itself. */
    public Path records() {
        return path.resolve(FolderParts.RECORDS);
    }

    /** The devices of the accounts. */
    public Path devices() {
        return path.resolve(FolderParts.DEVICES);
    }

    /** Up to which number ids were given to people without an account. */
    public Path ids() {
        return path.resolve(FolderParts.IDS);
    }

    /** Every name that was ever given. */
    public Path names() {
        return path.resolve(FolderParts.NAMES);
    }

    /** Lets go of the folder. May be called twice. */
    @Override
    @SuppressWarnings("EmptyCatch")
    public void close() {
        if (lock == null || !lock.isOpen()) {
            return;
        }
        try {
            Files.deleteIfExists(path.resolve(HOLDER));
            lock.close();
        } catch (IOException e) {
            // The system lets go of it when the process ends.
        }
    }

    private static final class NotOurs extends IOException {
        @java.io.Serial
        private static final long serialVersionUID = 1L;

        NotOurs(String sentence) {
            super(sentence);
        }
    }

    private static final class InUse extends IOException {
        @java.io.Serial
        private static final long serialVersionUID = 1L;

        InUse(Path path, String who) {
            super("The data folder " + path + " is in use by another server (" + who + ").");
        }
    }
}
