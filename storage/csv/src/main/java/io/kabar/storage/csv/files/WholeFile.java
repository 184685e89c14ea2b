package io.kabar.storage.csv.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** Writes files of any length that are there whole or not at all, readable by the owner alone. */
public final class WholeFile {

    /** What is to be in the file. */
    public interface Content {
        /** Writes it; may close the stream. */
        void write(OutputStream out) throws IOException;
    }

    private WholeFile() {}

    /**
     * Writes a file, in place of one that may be there.
     *
     * @throws IOException in a sentence
     */
    public static void write(Path file, Content content) throws IOException {
        Path whole = file.toAbsolutePath();
        Path unfinished = whole.resolveSibling("." + whole.getFileName() + ".tmp");
        try {
            Files.deleteIfExists(unfinished);
            try (FileChannel channel = FileChannel.open(
                            unfinished,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            AtomicFile.mode(unfinished, AtomicFile.OWNER_FILE));
                    OutputStream out = new Forcing(channel)) {
                content.write(out);
            }
            Files.move(unfinished, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            AtomicFile.forceFolder(whole);
        } catch (IOException e) {
            Files.deleteIfExists(unfinished);
            throw new IOException(file + " cannot be written: " + FileTrouble.reason(e) + ".", e);
        }
    }

    /** Is on the disk when it is closed. */
    private static final class Forcing extends java.io.FilterOutputStream {
        private final FileChannel channel;

        Forcing(FileChannel channel) {
            super(Channels.newOutputStream(channel));
            this.channel = channel;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            if (channel.isOpen()) {
                channel.force(true);
            }
            super.close();
        }
    }
}
