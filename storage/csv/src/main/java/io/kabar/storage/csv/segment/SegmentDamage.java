package io.kabar.storage.csv.segment;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;

/** A segment cannot be read on from some record; the message names the file, the line and what is wrong. */
public final class SegmentDamage extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final long segment;
    private final long goodBytes;
    private final long lastGood;

    private SegmentDamage(String message, long segment, long goodBytes, long lastGood) {
        super(message);
        this.segment = segment;
        this.goodBytes = goodBytes;
        this.lastGood = lastGood;
    }

    static SegmentDamage at(RoomFolder folder, long segment, long goodBytes, long lastGood, String what)
            throws IOException {
        Path file = folder.segment(segment);
        return new SegmentDamage(
                file + ", line " + lineAt(file, goodBytes) + ": " + what, segment, goodBytes, lastGood);
    }

    /** First number of the segment. */
    public long segment() {
        return segment;
    }

    /** Where the damaged record begins: everything before is whole. */
    public long goodBytes() {
        return goodBytes;
    }

    /** The number of the last event before the damage; one less than the segment's first if there is none. */
    public long lastGood() {
        return lastGood;
    }

    private static long lineAt(Path file, long offset) throws IOException {
        long line = 1;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[64 * 1024];
            long left = offset;
            int read = 0;
            while (left > 0 && (read = in.read(buffer, 0, (int) Math.min(buffer.length, left))) > 0) {
                for (int i = 0; i < read; i++) {
                    if (buffer[i] == '\n') {
                        line++;
                    }
                }
                left -= read;
            }
        }
        return line;
    }
}
