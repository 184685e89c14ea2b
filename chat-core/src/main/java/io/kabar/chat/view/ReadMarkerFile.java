package io.kabar.chat.view;

import io.kabar.chat.RoomName;
import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.text.Digits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the users of this device left the rooms of their servers, in a text file: one {@code KEY NAME ROOM NUMBER TIME
 * EPOCH} a line, without the epoch where it is not known. Lines that say something else are passed over, and are gone with the next change; the newest {@link #MAX_LINES}
 * stay. Several programs may use one file at a time, and whoever reads it sees it whole: it is replaced, never changed.
 */
public final class ReadMarkerFile {

    /** Rooms remembered: more than anybody goes back to. */
    static final int MAX_LINES = 1_000;

    /** A file larger than this is none of ours: key, name, room, number and time take at most 400 bytes. */
    private static final long MAX_BYTES = 1L << 20;

    private final Path file;

    /** A file that need not exist yet. */
    public ReadMarkerFile(Path file) {
        this.file = file;
    }

    /** Where a user left the rooms of a server; nothing if the file cannot be read. Blocks. */
    public synchronized Map<RoomName, ReadMarker> read(ServerKey server, UserName user) {
        Map<RoomName, ReadMarker> markers = new HashMap<>();
        lines().forEach((place, marker) -> {
            if (place.server().equals(server.text()) && place.user().equals(user.key())) {
                markers.put(place.room(), marker);
            }
        });
        return markers;
    }

    /**
     * Keeps where a user left some rooms of a server; what is known of others stays. Blocks.
     *
     * @throws UncheckedIOException with a sentence, if it cannot be written
     */
    @SuppressWarnings("try") // the lock is only held
    public synchronized void write(ServerKey server, UserName user, Map<RoomName, ReadMarker> markers) {
        Path target = file.toAbsolutePath();
        try {
            Path folder = target.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Path lock = target.resolveSibling(target.getFileName() + ".lock");
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var held = channel.lock()) {
                Map<Place, ReadMarker> all = lines();
                markers.forEach((room, marker) -> all.put(new Place(server.text(), user.key(), room), marker));
                replace(target, newest(all));
            }
        } catch (IOException | OverlappingFileLockException e) {
            throw new UncheckedIOException(
                    "Where you left cannot be remembered: " + file + " cannot be written.", asIo(e));
        }
    }

    private static IOException asIo(Exception e) {
        return e instanceof IOException io ? io : new IOException(e);
    }

    private static void replace(Path target, List<String> lines) throws IOException {
        Path draft = Files.createTempFile(target.getParent(), ".read_markers", ".tmp");
        try {
            Files.write(draft, lines, StandardCharsets.UTF_8);
            try {
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static List<String> newest(Map<Place, ReadMarker> all) {
        return all.entrySet().stream()
                .sorted(Comparator.comparing(
                        (Map.Entry<Place, ReadMarker> entry) -> entry.getValue().at(), Comparator.reverseOrder()))
                .limit(MAX_LINES)
                .map(entry -> entry.getKey().server() + " " + entry.getKey().user() + " "
                        + entry.getKey().room().text() + " " + entry.getValue().sequence() + " "
                        + entry.getValue().at()
                        + (entry.getValue().epoch() == 0
                                ? ""
                                : " " + entry.getValue().epoch()))
                .toList();
    }

    private Map<Place, ReadMarker> lines() {
        Map<Place, ReadMarker> all = new LinkedHashMap<>();
        for (String line : text()) {
            String[] words = line.split(" ", -1);
            if (words.length < 5 || words.length > 6) {
                continue;
            }
            try {
                all.put(
                        new Place(words[0], words[1], new RoomName(words[2])),
                        new ReadMarker(
                                Digits.parseLong(words[3]),
                                Instant.parse(words[4]),
                                words.length == 5 ? 0 : Digits.parseLong(words[5])));
            } catch (IllegalArgumentException | DateTimeException e) {
                // Damaged, or of a version that knows more: the other lines serve.
            }
        }
        return all;
    }

    /** Not as UTF-8 by the book: one wrong byte must not cost all lines. */
    private List<String> text() {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
                return List.of();
            }
            return new ArrayList<>(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        } catch (IOException e) {
            return List.of(); // as good as none; that it cannot be written either is told by whoever writes
        }
    }

    private record Place(String server, String user, RoomName room) {}
}
