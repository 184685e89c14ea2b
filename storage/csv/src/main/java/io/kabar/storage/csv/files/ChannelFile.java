package io.kabar.storage.csv.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** A segment on the operating system's disk. */
public record ChannelFile(FileChannel channel) implements SegmentFile {

    public static SegmentFile open(Path file, boolean create) throws IOException {
        Set<StandardOpenOption> options = create
                ? Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)
                : Set.of(StandardOpenOption.WRITE);
        return new ChannelFile(FileChannel.open(file, options, AtomicFile.mode(file, AtomicFile.OWNER_FILE)));
    }

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
