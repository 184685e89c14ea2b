package io.kabar.storage.csv.segment;

import io.kabar.chat.Limits;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.Parts;
import io.kabar.storage.csv.layout.Aside;
import io.kabar.storage.csv.layout.KeptSnapshots;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a room's files are: its log in segments, each named by the number of its first event, an index beside each
 * segment, and {@code room.csv}.
 *
 * @param room the room
 * @param path its folder
 */
public record RoomFolder(RoomName room, Path path) {

    /** So that they sort by name up to a trillion. */
    public static final int NUMBER_DIGITS = 12;

    public static final int MOST_DIGITS = 18;

    private static final String LOG = "messages-";

    private static final String CSV = ".csv";

    /** Digits of the longest number that an import of version 0.1 can have made. */
    private static final int LONGEST_IMPORTED = 19;

    public static RoomFolder of(Path rooms, RoomName room) {
        return new RoomFolder(room, FolderName.path(rooms, room.text()));
    }

    /** The room whose folder this is; null if it is not one that {@link #of} would make. */
    public static @Nullable RoomFolder at(Path rooms, Path folder, String encoded) {
        try {
            return FolderName.name(rooms, folder, encoded)
                    .map(name -> new RoomFolder(new RoomName(name), folder))
                    .orElse(null);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The digits in a segment's name; null if it has not so many, or is not one. */
    private static @Nullable String digits(String name, int most) {
        String digits = Parts.between(LOG, name, CSV);
        return digits != null && Parts.isDigits(digits, NUMBER_DIGITS, most) ? digits : null;
    }

    /** Whether this is the name that {@link #segment} gives. */
    public boolean isSegment(String name) {
        String digits = digits(name, MOST_DIGITS);
        return digits != null && name.equals(segmentName(Digits.parseLong(digits)));
    }

    /** First numbers of the segments, in order. */
    public long[] segments() throws IOException {
        if (!Files.isDirectory(path)) {
            return new long[0];
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(this::isSegment)
                    .mapToLong(RoomFolder::number)
                    .filter(first -> first <= Limits.LAST_FOREIGN_NUMBER)
                    .sorted()
                    .toArray();
        }
    }

    public Path segment(long first) {
        return path.resolve(segmentName(first));
    }

    private static String segmentName(long first) {
        return LOG + Digits.padded(first, NUMBER_DIGITS) + CSV;
    }

    private static long number(String segmentName) {
        return Digits.parseLong(segmentName.substring(LOG.length(), segmentName.length() - CSV.length()));
    }

    public SegmentIndex index(long first) {
        return new SegmentIndex(path.resolve(LOG + Digits.padded(first, NUMBER_DIGITS) + ".index"));
    }

    /** The snapshots of the room's state. */
    public KeptSnapshots snapshots() {
        return new KeptSnapshots(path, room);
    }

    public Path topicFile() {
        return path.resolve("room.csv");
    }

    public Path epochsFile() {
        return path.resolve("epochs.csv");
    }

    public Path membersFile() {
        return path.resolve("members.csv");
    }

    public Path deletionsFile() {
        return path.resolve("deleted.csv");
    }

    /** Holds the number of the newest event where no events are kept. */
    public Path numbers() {
        return path.resolve("last.csv");
    }

    /** Deletes a segment with its index, and what was set aside of it or of older ones. */
    public void delete(long first) throws IOException {
        index(first).delete();
        Files.deleteIfExists(segment(first));
        List<Path> aside;
        try (Stream<Path> files = Files.list(path)) {
            aside = files.filter(file -> isAside(file, first)).toList();
        }
        for (Path file : aside) {
            Files.deleteIfExists(file);
        }
    }

    /** Deletes a room's files, and its folder if nobody has put anything else there. */
    public void deleteAll() throws IOException {
        for (long first : segments()) {
            index(first).delete();
            Files.deleteIfExists(segment(first));
        }
        for (Path file : snapshots().files()) {
            Files.deleteIfExists(file);
        }
        for (Path file : List.of(topicFile(), epochsFile(), membersFile(), deletionsFile(), numbers())) {
            Files.deleteIfExists(file);
        }
        try {
            Files.deleteIfExists(path);
        } catch (DirectoryNotEmptyException e) {
            return; // theirs, not ours
        }
    }

    /** Whether this is a part of the log that could not be served. */
    public boolean isAside(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith(LOG) && name.endsWith(Aside.DAMAGED);
    }

    private static boolean isAside(Path file, long upTo) {
        String name = Parts.between("", String.valueOf(file.getFileName()), Aside.DAMAGED);
        int end = name == null ? -1 : name.lastIndexOf(CSV);
        if (name == null || end < 0) {
            return false;
        }
        String digits = digits(name.substring(0, end + CSV.length()), MOST_DIGITS);
        String copy = name.substring(end + CSV.length());
        boolean numbered = copy.isEmpty() || (copy.startsWith(".") && Parts.areAll(copy.substring(1), Parts::isDigit));
        return digits != null && numbered && Digits.parseLong(digits) <= upTo;
    }

    /** Files of segments whose numbers are beyond what an event can have; {@link #segments} passes them over. */
    public List<Path> beyond() throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(RoomFolder::isBeyond).sorted().toList();
        }
    }

    /** Whether this is a segment whose number is beyond what an event can have. */
    public static boolean isBeyond(Path file) {
        String number = digits(String.valueOf(file.getFileName()), LONGEST_IMPORTED);
        if (number == null) {
            return false;
        }
        // Compared as text of one length: a long cannot hold all of them.
        String padded = "0".repeat(LONGEST_IMPORTED - number.length()) + number;
        return padded.compareTo(Digits.padded(Limits.LAST_FOREIGN_NUMBER, LONGEST_IMPORTED)) > 0;
    }

    /** A name that is not taken, for a segment that cannot be served. */
    public Path aside(long first) {
        return Aside.name(segment(first));
    }
}
