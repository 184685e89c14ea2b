package io.kabar.daemon.storage;

import io.kabar.chat.Limits;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.text.Digits;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a room's files are: its log in segments, each named by the number of its first event, an index beside each
 * segment, and {@code room.csv}.
 *
 * @param room the room
 * @param path its folder
 */
record RoomFolder(RoomName room, Path path) {

    /** So that they sort by name up to a trillion. */
    static final int NUMBER_DIGITS = 12;

    static final int MOST_DIGITS = 18;

    private static final String LOG = "messages-";

    private static final Pattern SEGMENT = Pattern.compile("messages-(\\d{12,18})\\.csv");

    private static final Pattern LONG_SEGMENT = Pattern.compile("messages-(\\d{12,19})\\.csv");

    /** Digits of the longest number that an import of version 0.1 can have made. */
    private static final int LONGEST = 19;

    private static final Pattern ASIDE = Pattern.compile("messages-(\\d{12,18})\\.csv(\\.\\d+)?\\.damaged");

    static RoomFolder of(Path rooms, RoomName room) {
        return new RoomFolder(room, FolderName.path(rooms, room.text()));
    }

    /** The room whose folder this is; null if it is not one that {@link #of} would make. */
    static @Nullable RoomFolder at(Path rooms, Path folder, String encoded) {
        try {
            RoomName room = new RoomName(FolderName.decode(encoded));
            RoomFolder made = of(rooms, room);
            return made.path().equals(folder) ? made : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Whether this is the name that {@link #segment} gives. */
    boolean isSegment(String name) {
        Matcher matcher = SEGMENT.matcher(name);
        return matcher.matches() && name.equals(segmentName(Digits.parseLong(matcher.group(1))));
    }

    /** First numbers of the segments, in order. */
    long[] segments() throws IOException {
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

    Path segment(long first) {
        return path.resolve(segmentName(first));
    }

    private static String segmentName(long first) {
        return LOG + Digits.padded(first, NUMBER_DIGITS) + ".csv";
    }

    private static long number(String segmentName) {
        return Digits.parseLong(segmentName.substring(LOG.length(), segmentName.length() - ".csv".length()));
    }

    SegmentIndex index(long first) {
        return new SegmentIndex(path.resolve(LOG + Digits.padded(first, NUMBER_DIGITS) + ".index"));
    }

    Path topicFile() {
        return path.resolve("room.csv");
    }

    Path epochsFile() {
        return path.resolve("epochs.csv");
    }

    Path membersFile() {
        return path.resolve("members.csv");
    }

    /** Holds the number of the newest event where no events are kept. */
    Path numbers() {
        return path.resolve("last.csv");
    }

    /** Deletes a segment with its index, and what was set aside of it or of older ones. */
    void delete(long first) throws IOException {
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
    void deleteAll() throws IOException {
        for (long first : segments()) {
            index(first).delete();
            Files.deleteIfExists(segment(first));
        }
        for (Path file : List.of(topicFile(), epochsFile(), membersFile(), numbers())) {
            Files.deleteIfExists(file);
        }
        try {
            Files.deleteIfExists(path);
        } catch (DirectoryNotEmptyException e) {
            return; // theirs, not ours
        }
    }

    /** Whether this is a part of the log that could not be served. */
    boolean isAside(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith(LOG) && name.endsWith(Aside.DAMAGED);
    }

    private static boolean isAside(Path file, long upTo) {
        Matcher matcher = ASIDE.matcher(String.valueOf(file.getFileName()));
        return matcher.matches() && Digits.parseLong(matcher.group(1)) <= upTo;
    }

    /** Files of segments whose numbers are beyond what an event can have; {@link #segments} passes them over. */
    List<Path> beyond() throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(RoomFolder::isBeyond).sorted().toList();
        }
    }

    /** Whether this is a segment whose number is beyond what an event can have. */
    static boolean isBeyond(Path file) {
        Matcher matcher = LONG_SEGMENT.matcher(String.valueOf(file.getFileName()));
        if (!matcher.matches()) {
            return false;
        }
        // Compared as text of one length: a long cannot hold all of them.
        String digits = "0".repeat(LONGEST - matcher.group(1).length()) + matcher.group(1);
        return digits.compareTo(Digits.padded(Limits.LAST_FOREIGN_NUMBER, LONGEST)) > 0;
    }

    /** A name that is not taken, for a segment that cannot be served. */
    Path aside(long first) {
        return Aside.name(segment(first));
    }
}
