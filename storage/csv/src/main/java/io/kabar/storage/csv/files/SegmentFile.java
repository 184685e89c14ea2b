package io.kabar.storage.csv.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The part of a file that a journal writes to; a port, so that a test can fill the disk. */
public interface SegmentFile extends Closeable {

    /** Opens segments for writing. */
    interface Opener {
        /** Opens a file that is there, or makes one where none is; never the one in place of the other. */
        SegmentFile open(Path file, boolean create) throws IOException;

        /** Makes the name of a file or folder last in the folder it is in. */
        default void forceName(Path file) {
            AtomicFile.forceFolder(file);
        }
    }

    long size() throws IOException;

    /** Writes some of the bytes; on a full disk fewer than there are, with no exception but at the next call. */
    int write(ByteBuffer bytes, long offset) throws IOException;

    void truncate(long size) throws IOException;

    /** Returns when everything written is on the disk. May be called from another thread than the rest. */
    void force() throws IOException;

    /** Writes all of the bytes or throws. */
    default void writeAll(ByteBuffer bytes, long offset) throws IOException {
        long at = offset;
        while (bytes.hasRemaining()) {
            int written = write(bytes, at);
            if (written <= 0) {
                throw new IOException("the disk takes no more");
            }
            at += written;
        }
    }
}
