package io.kabar.storage.csv.room;

import io.kabar.chat.spi.Journal.Entry;
import io.kabar.storage.csv.files.AtomicFile;
import io.kabar.storage.csv.segment.CsvEvents;
import io.kabar.storage.csv.segment.RoomFolder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Writes a segment anew, beside it, with some of its events as others: it takes the place of the old one whole, so that
 * after a crash there is the old one or the new one.
 */
public final class SegmentRewrite {

    private SegmentRewrite() {}

    /**
     * Writes the new segment and puts it in the place of the old one, of a log that nobody else reads or writes.
     *
     * @param newest whether what follows the last whole record is no damage
     * @param length the bytes of its whole records
     * @param change what each event is to be
     */
    public static void replace(StoredRoom room, long segment, boolean newest, long length, UnaryOperator<Entry> change)
            throws IOException {
        place(room.folder(), segment, write(room, segment, newest, length, change));
    }

    /** Puts a new segment in the place of the old one; it lasts when this returns. */
    static void place(RoomFolder folder, long segment, Path fresh) throws IOException {
        Path file = folder.segment(segment);
        folder.index(segment).delete();
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        AtomicFile.forceFolder(file);
    }

    /**
     * Writes the new segment, as {@link #replace} says; on the disk when this returns.
     *
     * @return where it is
     */
    static Path write(StoredRoom room, long segment, boolean newest, long length, UnaryOperator<Entry> change)
            throws IOException {
        Path file = room.folder().segment(segment);
        Path fresh = file.resolveSibling("." + file.getFileName() + ".tmp");
        Files.deleteIfExists(fresh);
        try (FileChannel channel = FileChannel.open(
                        fresh,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        AtomicFile.mode(fresh, AtomicFile.OWNER_FILE));
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
            out.write(CsvEvents.header().getBytes(StandardCharsets.UTF_8));
            StringBuilder line = new StringBuilder();
            long read = room.read(segment, newest, entry -> {
                line.setLength(0);
                CsvEvents.append(line, change.apply(entry));
                out.write(line.toString().getBytes(StandardCharsets.UTF_8));
            });
            if (read != length) {
                throw new IOException(file + " has changed meanwhile");
            }
            out.flush();
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
        return fresh;
    }
}
