package io.kabar.storage.csv.files;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a UTF-8 text of any length, of which none takes more memory than {@link SegmentReader#LONGEST} bytes.
 */
public final class BoundedLines implements Closeable {

    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private int at;
    private int filled;
    private long number;

    /** A file, with or without a byte order mark. */
    public BoundedLines(Path file) throws IOException {
        in = Files.newInputStream(file);
        filled = in.readNBytes(buffer, 0, MARK.length);
        if (filled == MARK.length && Arrays.equals(buffer, 0, filled, MARK, 0, filled)) {
            at = filled;
        } else if (filled >= 2 && (buffer[0] & 0xff) + (buffer[1] & 0xff) == 0xff + 0xfe) {
            in.close();
            throw new IOException("it looks like UTF-16; save it as UTF-8");
        }
    }

    /**
     * The next line, without its end; null if there is none.
     *
     * @throws DamagedException if it is too long; the next call gives the one behind it
     * @throws CharacterCodingException if it is not UTF-8
     */
    @Nullable
    public String next() throws IOException {
        if (!fill()) {
            return null;
        }
        number++;
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long length = 0;
        boolean ended = false;
        while (!ended && fill()) {
            int end = at;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            length += end - at;
            if (length <= SegmentReader.LONGEST) {
                line.write(buffer, at, end - at);
            }
            ended = end < filled;
            at = ended ? end + 1 : end;
        }
        if (length > SegmentReader.LONGEST) {
            throw new DamagedException("it is longer than any event: " + length + " bytes");
        }
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(line.toByteArray()))
                .toString();
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** Whether there is more. */
    private boolean fill() throws IOException {
        if (at == filled) {
            at = 0;
            filled = Math.max(0, in.read(buffer));
        }
        return at < filled;
    }

    /** The number of the line that {@link #next} gave last, from 1. */
    public long number() {
        return number;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
