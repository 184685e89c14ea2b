package io.kabar.storage.csv.accounts;

import io.kabar.storage.csv.files.AtomicFile;
import io.kabar.storage.csv.files.FileStamp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A text file that this program appends to and a person may change at any moment: knows what should be in it, and so
 * whether somebody else has written there. It goes by the content; the time of a file only says that nobody need look.
 */
public final class AccountFile {

    /** Writes so that it is on the disk; a port, so that a test can count, fail, and edit in between. */
    public interface Disk {

        Disk SYSTEM = new Disk() {
            @Override
            public void replace(Path file, String text) throws IOException {
                AtomicFile.write(file, text);
            }

            @Override
            public void append(Path file, byte[] bytes) throws IOException {
                try (FileChannel channel =
                        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
                    ByteBuffer rest = ByteBuffer.wrap(bytes);
                    while (rest.hasRemaining()) {
                        channel.write(rest);
                    }
                    channel.force(true);
                }
            }
        };

        void replace(Path file, String text) throws IOException;

        public void append(Path file, byte[] bytes) throws IOException;
    }

    private final Path path;
    private final Disk disk;
    private MessageDigest content = sha256();
    private long size;
    private boolean endsInLine = true;
    /** Looked at, and too old to be changed again without showing it. */
    private volatile @Nullable FileStamp known;
    /** As our own last write has left it; somebody else may have written at the same moment. */
    private @Nullable FileStamp ours;
    /** What is to stand in the file instead of what is there. */
    private @Nullable String due;
    /** An append that failed: some of it may be there. */
    private byte @Nullable [] failed;

    /** A file with this content; null if there is none. */
    public AccountFile(Path path, Disk disk, FileStamp stamp, byte @Nullable [] bytes) {
        this.path = path;
        this.disk = disk;
        if (bytes == null) {
            known = stamp;
        } else {
            expect(bytes);
            ours = stamp;
        }
    }

    private void expect(byte[] bytes) {
        content = sha256();
        size = 0;
        grow(bytes);
    }

    private void grow(byte[] bytes) {
        content.update(bytes);
        size += bytes.length;
        endsInLine = bytes.length == 0 ? endsInLine : isEnd(bytes[bytes.length - 1]);
    }

    private static boolean isEnd(byte last) {
        return last == '\n' || last == '\r';
    }

    /** Whether this text is what should be in the file. */
    public boolean holds(String text) {
        MessageDigest digest = sha256();
        return MessageDigest.isEqual(digest.digest(text.getBytes(StandardCharsets.UTF_8)), expected());
    }

    private byte[] expected() {
        try {
            return ((MessageDigest) content.clone()).digest();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("the JDK's SHA-256 can be cloned", e);
        }
    }

    /** Whether nobody need look: nothing has changed since somebody did. */
    public boolean isKnown(FileStamp stamp) {
        return stamp.equals(known);
    }

    /** Whether the file is as the last write from here has left it, as far as can be seen. */
    public boolean isOurs(FileStamp stamp) {
        return stamp.equals(ours);
    }

    /**
     * Reads a file that has settled.
     *
     * @return its bytes if they are not what should be there; null if they are
     */
    public byte @Nullable [] read(FileStamp stamp) throws IOException {
        byte[] bytes = CsvAccounts.bytes(path);
        if (!FileStamp.of(path).equals(stamp)) {
            throw new BeingEdited(path);
        }
        if (MessageDigest.isEqual(sha256().digest(bytes), expected())) {
            known = stamp;
            return null;
        }
        byte[] attempt = failed;
        if (attempt != null && bytes.length > size && bytes.length - size <= attempt.length) {
            byte[] head = Arrays.copyOf(bytes, (int) size);
            boolean ownRest = Arrays.equals(bytes, (int) size, bytes.length, attempt, 0, (int) (bytes.length - size));
            if (ownRest && MessageDigest.isEqual(sha256().digest(head), expected())) {
                cut();
                return null;
            }
        }
        return bytes;
    }

    private void cut() throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(size);
            channel.force(true);
        }
        failed = null;
        ours = FileStamp.of(path);
    }

    /** What a person has written is what should be there from now on. */
    public void accept(FileStamp stamp, byte[] bytes) {
        expect(bytes);
        known = stamp;
        ours = null;
        failed = null;
        due = null;
    }

    /** The file is to be replaced before anything is added, as soon as that can be done. */
    public void replaceLater(String text) {
        due = text;
    }

    /** Replaces the file, unless somebody has changed it since it was read. */
    public void replaceIfDue() throws IOException {
        String text = due;
        if (text == null) {
            return;
        }
        FileStamp before = FileStamp.of(path);
        if (!before.equals(known) && !before.equals(ours)) {
            throw new BeingEdited(path);
        }
        disk.replace(path, text);
        due = null;
        failed = null;
        expect(text.getBytes(StandardCharsets.UTF_8));
        known = null;
        ours = FileStamp.of(path);
    }

    /**
     * Appends rows; they are on the disk when this returns.
     *
     * @param whole what the file holds with them, if it has to be made
     */
    public void append(String rows, Supplier<String> whole) throws IOException {
        FileStamp before = FileStamp.of(path);
        if (size == 0 && before.isNone()) {
            known = before;
            due = whole.get();
            try {
                replaceIfDue();
            } finally {
                due = null; // there is nothing yet that would have to go
            }
            return;
        }
        if (due != null) {
            due = whole.get();
            replaceIfDue();
            return;
        }
        byte[] bytes = ((endsInLine ? "" : "\r\n") + rows).getBytes(StandardCharsets.UTF_8);
        if (before.size() != size) {
            throw new BeingEdited(path);
        }
        try {
            disk.append(path, bytes);
        } catch (IOException e) {
            failed = bytes;
            ours = FileStamp.of(path);
            repair();
            throw e;
        }
        grow(bytes);
        known = null; // somebody else may have written while we did: the next look compares the content
        FileStamp after = FileStamp.of(path);
        ours = after.size() == size && Objects.equals(after.key(), before.key()) ? after : null;
    }

    /** Takes half a row away again, if the disk lets it; else the next look does. */
    @SuppressWarnings("EmptyCatch")
    private void repair() {
        try {
            read(FileStamp.of(path));
            known = null; // the file is too young to be trusted
        } catch (IOException e) {
            // The next look tries again.
        }
    }

    /** Somebody is writing there at the moment: to be asked again in a second. */
    public static final class BeingEdited extends IOException {
        @java.io.Serial
        private static final long serialVersionUID = 1L;

        public BeingEdited(Path path) {
            super(path.getFileName() + " is being edited");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
