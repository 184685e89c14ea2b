package io.kabar.storage.csv.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a CSV file into records as text: a record ends at a line feed outside quotes. Holds one record and a buffer, and
 * no record that is longer than {@link #LONGEST}, whatever the file is.
 */
public final class SegmentReader implements Closeable {

    /** Bytes of a record: many times those of the longest event, with every character escaped. */
    public static final int LONGEST = 256 * 1024;

    private static final int BUFFER = 64 * 1024;

    /** A byte order mark, as editors and spreadsheets put before what they save. */
    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final FileChannel channel;
    private final long limit;
    private byte[] buffer = new byte[BUFFER];
    /** File offset of buffer[0]. */
    private long base;

    private int filled;
    private int recordStart;
    private int recordEnd;
    /** Bytes of the unfinished record that are behind what is held of it. */
    private long beyond;

    /** Reads from {@code offset}, where a record begins, up to {@code limit} or the end of the file. */
    public SegmentReader(Path file, long offset, long limit) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.READ);
        base = offset;
        this.limit = limit;
    }

    /**
     * The next whole record; null if there is none, though there may be the beginning of one.
     *
     * @throws DamagedException if there is one that is too long, or not UTF-8
     */
    @Nullable
    public String next() throws IOException {
        recordStart = recordEnd;
        boolean quoted = false;
        int scan = recordStart;
        while (true) {
            for (; scan < filled; scan++) {
                byte b = buffer[scan];
                if (b == '"') {
                    quoted = !quoted;
                } else if (b == '\n' && !quoted) {
                    recordEnd = scan + 1;
                    return text();
                }
            }
            if (filled - recordStart >= LONGEST) {
                pass(quoted);
                recordEnd = recordStart;
                return null;
            }
            int before = recordStart;
            if (!fill()) {
                recordEnd = recordStart;
                return null;
            }
            scan -= before - recordStart;
        }
    }

    /** Looks for the end of a record that is too long to be held. */
    private void pass(boolean inQuotes) throws IOException {
        boolean quoted = inQuotes;
        ByteBuffer chunk = ByteBuffer.allocate(BUFFER);
        long at = base + filled;
        while (at < limit) {
            chunk.clear().limit((int) Math.min(BUFFER, limit - at));
            int read = channel.read(chunk, at);
            if (read <= 0) {
                break;
            }
            for (int i = 0; i < read; i++) {
                byte b = chunk.array()[i];
                if (b == '"') {
                    quoted = !quoted;
                } else if (b == '\n' && !quoted) {
                    throw new DamagedException("this is longer than any event: " + (at + i - start()) + " bytes");
                }
            }
            at += read;
        }
        beyond = at - base - filled;
    }

    /** File offset of the record that {@link #next} gave last, or of the unfinished one where it gave none. */
    public long start() {
        return base + recordStart;
    }

    /** File offset behind the last whole record. */
    public long end() {
        return base + recordEnd;
    }

    /** The first {@link #LONGEST} bytes of what follows the last whole record; for when {@link #next} gave none. */
    public byte[] rest() {
        return Arrays.copyOfRange(buffer, recordStart, filled);
    }

    /** All the bytes of what follows the last whole record; for when {@link #next} gave none. */
    public long restLength() {
        return filled - recordStart + beyond;
    }

    private String text() throws DamagedException {
        int from = start() == 0 && begins(MARK) ? MARK.length : recordStart;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(buffer, from, recordEnd - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new DamagedException("this is not UTF-8 text");
        }
    }

    private boolean begins(byte[] bytes) {
        return filled >= bytes.length && Arrays.equals(buffer, 0, bytes.length, bytes, 0, bytes.length);
    }

    private boolean fill() throws IOException {
        if (recordStart > 0) {
            System.arraycopy(buffer, recordStart, buffer, 0, filled - recordStart);
            base += recordStart;
            filled -= recordStart;
            recordStart = 0;
        }
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(buffer.length * 2, LONGEST + BUFFER));
        }
        int wanted = (int) Math.min(buffer.length - filled, limit - base - filled);
        int read = wanted <= 0 ? -1 : channel.read(ByteBuffer.wrap(buffer, filled, wanted), base + filled);
        filled += Math.max(read, 0);
        return read > 0;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
