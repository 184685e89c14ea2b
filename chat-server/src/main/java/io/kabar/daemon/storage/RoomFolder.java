package io.kabar.daemon.storage;

import io.kabar.chat.RoomName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

    private static final Pattern SEGMENT = Pattern.compile("messages-(\\d{12,18})\\.csv");

    private static final Pattern ASIDE = Pattern.compile("messages-(\\d{12,18})\\.csv(\\.\\d+)?\\.damaged");

    static RoomFolder of(Path rooms, RoomName room) {
        return new RoomFolder(room, FolderName.path(rooms, room.text()));
    }

    /** The rooms that have a folder. */
    static List<RoomFolder> list(Path rooms) throws IOException {
        List<RoomFolder> found = new ArrayList<>();
        list(rooms, "", found);
        return found;
    }

    private static void list(Path parent, String prefix, List<RoomFolder> found) throws IOException {
        List<Path> folders;
        try (Stream<Path> content = Files.list(parent)) {
            folders = content.filter(Files::isDirectory).sorted().toList();
        }
        for (Path folder : folders) {
            String name = String.valueOf(folder.getFileName());
            if (FolderName.goesOn(name)) {
                list(folder, prefix + FolderName.part(name), found);
            } else {
                RoomName room = roomOf(prefix + name);
                if (room != null) {
                    found.add(new RoomFolder(room, folder));
                }
            }
        }
    }

    /** Null if the folder is not one that {@link #of} would make. */
    private static @Nullable RoomName roomOf(String encoded) {
        try {
            String text = FolderName.decode(encoded);
            RoomName room = new RoomName(text);
            return room.text().equals(text) && FolderName.encode(text).equals(encoded) ? room : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** First numbers of the segments, in order. */
    long[] segments() throws IOException {
        if (!Files.isDirectory(path)) {
            return new long[0];
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> SEGMENT.matcher(String.valueOf(file.getFileName())))
                    .filter(Matcher::matches)
                    .mapToLong(matcher -> Long.parseLong(matcher.group(1)))
                    .sorted()
                    .toArray();
        }
    }

    Path segment(long first) {
        return path.resolve(String.format("messages-%012d.csv", first));
    }

    SegmentIndex index(long first) {
        return new SegmentIndex(path.resolve(String.format("messages-%012d.index", first)));
    }

    Path topicFile() {
        return path.resolve("room.csv");
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

    private static boolean isAside(Path file, long upTo) {
        Matcher matcher = ASIDE.matcher(String.valueOf(file.getFileName()));
        return matcher.matches() && Long.parseLong(matcher.group(1)) <= upTo;
    }

    /** A name that is not taken, for a segment that cannot be served. */
    Path aside(long first) {
        Path segment = segment(first);
        Path aside = segment.resolveSibling(segment.getFileName() + ".damaged");
        for (int i = 2; Files.exists(aside); i++) {
            aside = segment.resolveSibling(segment.getFileName() + "." + i + ".damaged");
        }
        return aside;
    }
}
