package io.kabar.storage.csv.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * How long the list of files at the end of a zip archive is, found out before the JDK reads it into memory (APPNOTE
 * 4.3).
 */
final class ZipDirectory {

    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int LOCATOR_64_LENGTH = 20;
    private static final int END_64 = 0x06064b50;
    private static final int END_64_LENGTH = 56;
    private static final int LONGEST_COMMENT = 65_535;
    private static final long ELSEWHERE = 0xffff_ffffL;

    private ZipDirectory() {}

    /**
     * The bytes of the list.
     *
     * @throws IOException with half a sentence, if the archive has no end
     */
    static long bytes(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            int length = (int) Math.min(channel.size(), END_LENGTH + LONGEST_COMMENT + LOCATOR_64_LENGTH);
            long from = channel.size() - length;
            ByteBuffer tail = read(channel, from, length);
            for (int at = length - END_LENGTH; at >= 0; at--) {
                if (tail.getInt(at) == END) {
                    long bytes = Integer.toUnsignedLong(tail.getInt(at + 12));
                    return bytes == ELSEWHERE ? bytes64(channel, tail, at - LOCATOR_64_LENGTH) : bytes;
                }
            }
            throw new IOException("it is no whole zip archive");
        }
    }

    private static long bytes64(FileChannel channel, ByteBuffer tail, int locator) throws IOException {
        if (locator >= 0 && tail.getInt(locator) == LOCATOR_64) {
            long at = tail.getLong(locator + 8);
            if (at >= 0 && at <= channel.size() - END_64_LENGTH) {
                ByteBuffer end = read(channel, at, END_64_LENGTH);
                long bytes = end.getLong(40);
                if (end.getInt(0) == END_64 && bytes >= 0) {
                    return bytes;
                }
            }
        }
        throw new IOException("it is no whole zip archive");
    }

    private static ByteBuffer read(FileChannel channel, long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) > 0) {
            // Until it is full.
        }
        return bytes;
    }
}
