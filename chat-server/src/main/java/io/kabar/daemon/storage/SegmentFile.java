package io.kabar.daemon.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** The part of a file that a journal writes to; a port, so that a test can fill the disk. */
interface SegmentFile extends Closeable {

    /** Opens segments for writing. */
    interface Opener {
        /** Opens a file that is there, or makes it. */
        SegmentFile open(Path file, boolean create) throws IOException;
    }

    /** Files of the operating system. */
    Opener SYSTEM = (file, create) -> {
        Set<StandardOpenOption> options =
                create ? Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE) : Set.of(StandardOpenOption.WRITE);
        return new ChannelFile(FileChannel.open(file, options, AtomicFile.mode(file, AtomicFile.OWNER_FILE)));
    };

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

    /** A file by way of its channel. */
    record ChannelFile(FileChannel channel) implements SegmentFile {
        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public int write(ByteBuffer bytes, long offset) throws IOException {
            return channel.write(bytes, offset);
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
