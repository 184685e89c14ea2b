package io.kabar.storage.csv.room;

import io.kabar.storage.csv.files.SegmentFile;
import io.kabar.storage.csv.segment.CsvEvents;
import io.kabar.storage.csv.segment.RoomFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The beginning of a segment: its file and the line that names the columns. */
final class NewSegment {

    private NewSegment() {}

    /**
     * Makes a segment without events; returns its size.
     *
     * @throws FileAlreadyExistsException if there is a file of its name: whatever it is, nobody writes over it
     */
    static int create(Storage storage, RoomFolder folder, long first) throws IOException {
        return create(storage, folder, first, true);
    }

    static int create(Storage storage, RoomFolder folder, long first, boolean forced) throws IOException {
        Path path = folder.segment(first);
        try (SegmentFile out = storage.opener().open(path, true)) {
            return writeHeader(storage, out, path, forced);
        } catch (FileAlreadyExistsException e) {
            throw new FileAlreadyExistsException(path.toString(), null, path + " is there, though nobody has made it");
        } catch (IOException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /** Writes the header of a segment without events that has none, or a part of it; returns its size. */
    static int beginAgain(Storage storage, RoomFolder folder, long first) throws IOException {
        Path path = folder.segment(first);
        try (SegmentFile out = storage.opener().open(path, false)) {
            if (out.size() > CsvEvents.header().length()) {
                throw new IOException(path + " holds more than this server has written there");
            }
            out.truncate(0);
            return writeHeader(storage, out, path, true);
        }
    }

    private static int writeHeader(Storage storage, SegmentFile out, Path path, boolean forced) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(CsvEvents.header().getBytes(StandardCharsets.UTF_8));
        int length = header.remaining();
        out.writeAll(header, 0);
        if (forced) {
            out.force();
            storage.opener().forceName(path);
        }
        return length;
    }
}
