package io.kabar.storage.csv.room;

import io.kabar.chat.Limits;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.Parts;
import io.kabar.storage.csv.files.DamagedException;
import io.kabar.storage.csv.files.SegmentFile;
import io.kabar.storage.csv.files.SmallFile;
import io.kabar.storage.csv.segment.RoomFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The number of the newest event of a room of which no events are kept, so that it never gives a number twice. The file
 * has a fixed size and is overwritten in place: numbers only grow, so what a torn write leaves is not smaller than what
 * was there.
 */
public final class RoomNumbers {

    /** More than the file ever has. */
    private static final int LONGEST = 64;

    /** What an editor may have put before it, as ISO 8859-1. */
    private static final String MARK = "\u00EF\u00BB\u00BF";

    private static final int DIGITS = 19;

    private RoomNumbers() {}

    /** The number; 0 if there is no file. */
    public static long read(RoomFolder folder) throws IOException {
        Path file = folder.numbers();
        try {
            String content = content(file);
            String text = content.startsWith(MARK) ? content.substring(MARK.length()) : content;
            List<String> words = Parts.words(text);
            if (words.size() == 2
                    && text.startsWith("last")
                    && words.get(0).equals("last")
                    && Parts.isDigits(words.get(1), DIGITS, DIGITS)) {
                long last = Digits.parseLong(words.get(1));
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

    public static String text(long last) {
        return "last\r\n" + Digits.padded(last, DIGITS) + "\r\n";
    }
}
