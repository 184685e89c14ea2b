package io.kabar.chat.internal.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands in a text file that a person may have written or edited, with any editor on any system: UTF-8 with or
 * without a byte order mark, lines that end in LF, CRLF or CR, the last one also in nothing. Whatever else is in it is
 * refused with the line it stands in, and never passed over: a file that cannot be read is not a file that is not
 * there.
 */
public final class EditedText {

    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final String text;
    private final List<String> lines;

    private EditedText(String text, List<String> lines) {
        this.text = text;
        this.lines = List.copyOf(lines);
    }

    /**
     * Reads a file.
     *
     * @param longest bytes that such a file can have; one that has more is another file, named by mistake
     * @throws IllegalArgumentException with half a sentence, to follow a colon: it is longer, or not UTF-8
     * @throws IOException if it cannot be read
     */
    public static EditedText read(Path file, int longest) throws IOException {
        return of(bytes(file, longest));
    }

    /**
     * The bytes of a file, of which never more are held than it can have.
     *
     * @throws IllegalArgumentException with half a sentence, to follow a colon: it is longer
     * @throws IOException if it cannot be read
     */
    public static byte[] bytes(Path file, int longest) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(longest);
            if (in.read() >= 0) {
                throw new IllegalArgumentException("it is longer than " + longest + " bytes");
            }
            return bytes;
        }
    }

    /**
     * Reads the bytes of a file.
     *
     * @throws IllegalArgumentException with half a sentence, to follow a colon, that names the line: it is not UTF-8
     */
    public static EditedText of(byte[] bytes) {
        if (begins(bytes, (byte) 0xff, (byte) 0xfe) || begins(bytes, (byte) 0xfe, (byte) 0xff)) {
            throw new IllegalArgumentException("it looks like UTF-16; save it as UTF-8");
        }
        int start = begins(bytes, MARK) ? MARK.length : 0;
        List<String> lines = new ArrayList<>();
        StringBuilder text = new StringBuilder(bytes.length);
        int at = start;
        while (at < bytes.length) {
            int end = at;
            while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
                end++;
            }
            // No byte of a longer character is that of a line end, so what is between two of them can be read by
            // itself.
            String line = decode(bytes, at, end, lines.size() + 1);
            lines.add(line);
            int next = end;
            if (next < bytes.length) {
                next += bytes[next] == '\r' && next + 1 < bytes.length && bytes[next + 1] == '\n' ? 2 : 1;
            }
            text.append(line);
            for (int i = end; i < next; i++) {
                text.append((char) bytes[i]);
            }
            at = next;
        }
        return new EditedText(text.toString(), lines);
    }

    private static String decode(byte[] bytes, int from, int to, int line) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == 0) {
                throw new IllegalArgumentException(
                        "line " + line + " holds a NUL, as UTF-16 does; save the file as UTF-8");
            }
        }
        try {
            CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
            return decoded.toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("line " + line + " is not UTF-8; save the file as UTF-8", e);
        }
    }

    private static boolean begins(byte[] bytes, byte... with) {
        if (bytes.length < with.length) {
            return false;
        }
        for (int i = 0; i < with.length; i++) {
            if (bytes[i] != with[i]) {
                return false;
            }
        }
        return true;
    }

    /** The text as it stands there, line ends included, without the byte order mark. */
    public String text() {
        return text;
    }

    /** The lines, without what ends them; the first is line 1 of the file. */
    public List<String> lines() {
        return lines;
    }

    /**
     * The first line without the blanks that nobody sees at its end: how a file holds a password, a key or another
     * single value. Empty if there is none.
     */
    public String firstLine() {
        return lines.isEmpty() ? "" : lines.get(0).stripTrailing();
    }

    /** How many lines there are; nothing of what they hold, which may be a secret. */
    @Override
    public String toString() {
        return "EditedText[" + lines.size() + " lines]";
    }
}
