package io.kabar.daemon.storage;

import io.kabar.chat.Limits;
import io.kabar.chat.internal.text.Digits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The number of the newest event of a room of which no events are kept, so that it never gives a number twice. The file
 * has a fixed size and is overwritten in place: numbers only grow, so what a torn write leaves is not smaller than what
 * was there.
 */
final class RoomNumbers {

    /** More than the file ever has. */
    private static final int LONGEST = 64;

    /** With what an editor may have put around it, as ISO 8859-1. */
    private static final Pattern FORM = Pattern.compile("(\u00EF\u00BB\u00BF)?last\\s+(\\d{19})\\s*");

    private RoomNumbers() {}

    /** The number; 0 if there is no file. */
    static long read(RoomFolder folder) throws IOException {
        Path file = folder.numbers();
        try {
            Matcher matcher = FORM.matcher(content(file));
            if (matcher.matches()) {
                long last = Digits.parseLong(matcher.group(2));
                if (last <= Limits.LAST_FOREIGN_NUMBER) {
                    return last;
                }
            }
        } catch (NoSuchFileException e) {
            return 0;
        } catch (NumberFormatException | DamagedException e) {
            // More than a number: somebody else wrote it.
        }
        throw new DamagedException(file + ", line 2: this is no number of an event");
    }

    private static String content(Path file) throws IOException {
        return new String(SmallFile.read(file, LONGEST), StandardCharsets.ISO_8859_1);
    }

    /**
     * Whether there is a file that can be overwritten in place, and not one that an editor has saved in another form.
     */
    static boolean isInForm(RoomFolder folder) throws IOException {
        return Files.exists(folder.numbers()) && Files.size(folder.numbers()) == text(0).length();
    }

    /** The file, open for more. */
    static SegmentFile open(Storage storage, RoomFolder folder) throws IOException {
        return storage.opener().open(folder.numbers(), false);
    }

    static void write(SegmentFile file, long last) throws IOException {
        file.writeAll(ByteBuffer.wrap(text(last).getBytes(StandardCharsets.ISO_8859_1)), 0);
    }

    static String text(long last) {
        return "last\r\n" + Digits.padded(last, 19) + "\r\n";
    }
}
