package io.kabar.storage.csv.segment;

import io.kabar.storage.csv.files.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Where every 256th record of a segment begins: big-endian longs, the k-th one the byte offset of record 256 k. Only a
 * hint: whoever uses it checks that the record of that number is there, so it may be missing, stale or wrong.
 *
 * @param file the index file
 */
public record SegmentIndex(Path file) {

    /** Records from one entry to the next: at most this many are read to find one. */
    public static final int STRIDE = 256;

    /** The number of entries. */
    int entries() {
        try {
            return (int) Math.min(Files.size(file) / Long.BYTES, Integer.MAX_VALUE);
        } catch (IOException e) {
            return 0;
        }
    }

    /** Offset of record 256 k of the segment, k from 1; 0 if unknown. */
    long offset(int k) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer entry = ByteBuffer.allocate(Long.BYTES);
            return channel.read(entry, (k - 1L) * Long.BYTES) == Long.BYTES ? entry.getLong(0) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Remembers an offset, if it can. */
    @SuppressWarnings("EmptyCatch")
    public void put(int k, long offset) {
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                AtomicFile.mode(file, AtomicFile.OWNER_FILE))) {
            channel.write(ByteBuffer.allocate(Long.BYTES).putLong(0, offset), (k - 1L) * Long.BYTES);
        } catch (IOException e) {
            // Reading takes longer without it, nothing else.
        }
    }

    @SuppressWarnings("EmptyCatch")
    public void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // A stale index is found out when it is used.
        }
    }
}
